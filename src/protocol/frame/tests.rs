use super::*;
use crate::form::Object;
use crate::id::{BlobId, Hash};
use crate::key::Sign;
use crate::label::Label;
use crate::sample::*;
use crate::{Change, ChangeError, Key};
use proptest::prelude::*;

fn opens(world: &World, bytes: &[u8]) -> Option<Pack> {
    let frame = Frame::decode(bytes).ok()?;
    let keys = device(2).keys();
    frame.header.verify(&world.place(), &keys.signing).ok()?;
    let header = frame.header.read().ok()?;
    if header.device != keys.id() {
        return None;
    }
    frame.open(&world.place(), &key(1, 1)).ok()
}

#[test]
fn opens_what_was_signed_and_sealed() {
    let world = World::peopled();
    let (frame, pack) = world.frame(2, 1, Hash::ZERO, 3);
    let opened = opens(&world, &frame.encode()).unwrap();
    assert_eq!(opened, pack);
    let second = opened.change(1).unwrap().unwrap();
    assert_eq!(second.encode().unwrap(), change(1));
    assert_eq!(opened.head().unwrap().seen.len(), 1);
}

#[test]
fn any_damage_to_a_frame_is_noticed() {
    let world = World::peopled();
    let (frame, _) = world.frame(2, 1, Hash::ZERO, 2);
    for bytes in damaged(&frame.encode()) {
        assert_eq!(opens(&world, &bytes), None, "{bytes:02x?}");
    }
}

#[test]
fn a_frame_belongs_to_one_place_and_one_epoch() {
    let world = World::peopled();
    let (frame, pack) = world.frame(2, 1, Hash::ZERO, 1);
    let signing = device(2).keys().signing;
    let mut elsewhere = world.place();
    elsewhere.stream = stream(2);
    assert!(frame.header.verify(&elsewhere, &signing).is_err());
    assert!(frame.open(&elsewhere, &key(1, 1)).is_err());
    assert!(frame.open(&world.place(), &key(1, 2)).is_err());
    let mut claimed = Body::decode(&frame.body, frame.body.len()).unwrap();
    claimed.epoch = 2;
    let claimed = Frame::new(frame.header.clone(), &claimed);
    assert_eq!(
        claimed.open(&world.place(), &key(1, 1)),
        Err(BodyError::DoesNotOpen)
    );
    // A body goes under its own header only.
    let (other, _) = world.frame(2, 2, frame.header.hash(), 1);
    let swapped = Frame {
        header: other.header,
        body: frame.body,
    };
    assert_eq!(
        swapped.open(&world.place(), &key(1, 1)),
        Err(BodyError::DoesNotOpen)
    );
    drop(pack);
}

#[test]
fn a_body_sealed_again_keeps_its_header_and_opens_in_the_new_epoch() {
    let world = World::peopled();
    let (frame, pack) = world.frame(2, 1, Hash::ZERO, 2);
    let hash = frame.header.hash();
    let body = Body::seal(&pack, &world.place(), &hash, 2, &key(1, 2), [3; 24]).unwrap();
    let again = Frame::new(frame.header.clone(), &body);
    assert_eq!(again.header.hash(), frame.header.hash());
    assert_eq!(again.epoch(), Ok(2));
    assert_eq!(again.open(&world.place(), &key(1, 2)), Ok(pack));
}

#[test]
fn one_change_of_64_is_taken_out_and_the_signature_still_holds() {
    let world = World::peopled();
    let (frame, mut pack) = world.frame(2, 1, Hash::ZERO, 64);
    let root = pack.root();
    pack.take_out(10);
    assert_eq!(pack.root(), root);
    let hash = frame.header.hash();
    let body = Body::seal(&pack, &world.place(), &hash, 1, &key(1, 1), [4; 24]).unwrap();
    let redacted = Frame::new(frame.header.clone(), &body);
    let opened = opens(&world, &redacted.encode()).unwrap();
    assert_eq!(opened.change(10), Ok(None));
    assert_eq!(
        opened.change(11).unwrap().unwrap().encode().unwrap(),
        change(11)
    );
    assert!(
        !opened
            .encode()
            .windows(15)
            .any(|window| window == b"Words number 10")
    );
    let erased = ErasedFrame {
        device: device(2).id(),
        dev_seq: 1,
        header: hash,
        body: ErasedFrame::hash_body(&redacted.body),
    };
    assert!(erased.is_body(&redacted.body));
    assert!(!erased.is_body(&frame.body));
}

#[test]
fn other_words_under_a_signed_header_are_refused() {
    let world = World::peopled();
    let (frame, _) = world.frame(2, 1, Hash::ZERO, 2);
    let hash = frame.header.hash();
    let other = Body::seal(&pack(3), &world.place(), &hash, 1, &key(1, 1), [4; 24]).unwrap();
    let forged = Frame::new(frame.header, &other);
    assert_eq!(
        forged.open(&world.place(), &key(1, 1)),
        Err(BodyError::OtherPack)
    );
}

#[test]
fn one_change_is_shown_alone_and_proves_its_author() {
    let world = World::peopled();
    let (frame, mut pack) = world.frame(2, 1, Hash::ZERO, 4);
    let shown = ShownChange::new(&world.place(), &frame.header, &pack, 2).unwrap();
    let bytes = shown.encode();
    let signing = device(2).keys().signing;
    let read = ShownChange::from_bytes(&bytes).unwrap();
    assert_eq!(read.verify(&signing), Ok(device(2).id()));
    assert_eq!(
        Change::decode(&read.change).unwrap().encode().unwrap(),
        change(2)
    );
    for bytes in damaged(&bytes) {
        let proof = ShownChange::from_bytes(&bytes).ok();
        let Some(proof) = proof else { continue };
        assert!(proof.verify(&signing).is_err(), "{bytes:02x?}");
    }
    let mut high = read;
    high.index = u64::MAX / 2;
    assert_eq!(high.verify(&signing), Err(ShownError::OtherChange));
    pack.take_out(2);
    assert_eq!(
        ShownChange::new(&world.place(), &frame.header, &pack, 2),
        None
    );
}

/// Anybody can sign a header that names somebody else.
#[test]
fn a_shown_change_is_by_whom_its_header_names() {
    let world = World::peopled();
    let (frame, pack) = world.frame(2, 1, Hash::ZERO, 1);
    let shown = ShownChange::new(&world.place(), &frame.header, &pack, 0).unwrap();
    assert_eq!(shown.is_by(&device(2).keys()), Ok(true));
    assert!(shown.is_by(&device(3).keys()).is_err());
    let header = frame.header.read().unwrap();
    let forged = header.sign(&world.place(), &device(3).signer);
    let forged = ShownChange::new(&world.place(), &forged, &pack, 0).unwrap();
    assert_eq!(forged.is_by(&device(3).keys()), Ok(false));
    assert!(forged.is_by(&device(2).keys()).is_err());
}

#[test]
fn an_erase_frame_names_what_goes_and_may_hold_no_change() {
    let world = World::peopled();
    let (target, _) = world.frame(2, 1, Hash::ZERO, 2);
    let empty = pack(0);
    let header = |kind: FrameKind, erased| Header {
        device: device(2).id(),
        dev_seq: 2,
        prev: target.header.hash(),
        kind: kind.number(),
        control: world.circle.head(),
        blobs: vec![],
        root: empty.root(),
        extensions: vec![],
        erased,
    };
    let erased = Erased {
        frames: vec![ErasedFrame {
            device: device(2).id(),
            dev_seq: 1,
            header: target.header.hash(),
            body: Hash([1; 32]),
        }],
        blobs: vec![BlobId([5; 16])],
    };
    let place = world.place();
    let finish = |header: Header| {
        let signed = header.sign(&place, &device(2).signer);
        let body = Body::seal(&empty, &place, &signed.hash(), 1, &key(1, 1), [4; 24]).unwrap();
        Frame::new(signed, &body).encode()
    };
    let good = finish(header(FrameKind::Erase, Some(erased.clone())));
    assert_eq!(opens(&world, &good), Some(empty.clone()));
    for bad in [
        header(FrameKind::Erase, None),
        header(FrameKind::Changes, Some(erased)),
        header(FrameKind::Changes, None),
    ] {
        assert_eq!(opens(&world, &finish(bad)), None);
    }
}

#[test]
fn the_frames_of_a_device_follow_one_another() {
    let world = World::peopled();
    let outline = |dev_seq, prev| {
        let (frame, _) = world.frame(2, dev_seq, prev, 1);
        frame.header.outline().unwrap()
    };
    let first = outline(1, Hash::ZERO);
    let second = outline(2, first.hash);
    let point = ChainPoint::START.after(&first).unwrap();
    assert_eq!(point.after(&second).unwrap().dev_seq, 2);
    assert_eq!(ChainPoint::START.after(&second), Err(ChainError::Gap(1)));
    assert_eq!(point.after(&first), Err(ChainError::Taken));
    let other = outline(2, Hash([1; 32]));
    assert_eq!(point.after(&other), Err(ChainError::OtherHistory));
}

#[test]
fn the_first_frame_alone_has_nothing_before_it() {
    let world = World::peopled();
    for (dev_seq, prev) in [(0, Hash::ZERO), (2, Hash::ZERO), (1, Hash([1; 32]))] {
        let (frame, _) = world.frame(2, dev_seq, prev, 1);
        assert!(frame.header.read().is_err());
    }
}

#[test]
fn unknown_extensions_are_stepped_over_or_ask_for_an_update() {
    let world = World::peopled();
    let (frame, _) = world.frame(2, 1, Hash::ZERO, 1);
    let mut header = frame.header.read().unwrap();
    assert!(header.is_understood());
    header.extensions = vec![(7, false, vec![1])];
    assert!(header.is_understood());
    header.extensions.push((8, true, vec![]));
    assert!(!header.is_understood());
    header.extensions.clear();
    header.kind = 9;
    assert!(!header.is_understood());
}

#[test]
fn a_frame_of_a_later_version_is_chained_and_kept() {
    let world = World::peopled();
    let fields = crate::sorted::SortedMap::from([
        (0, crate::Value::Int(2)),
        (1, crate::Value::Bytes(device(2).id().0.to_vec())),
        (2, crate::Value::Int(1)),
        (3, crate::Value::Bytes(vec![0; 32])),
        (50, crate::Value::Text("nobody knows yet".into())),
    ]);
    let bytes = crate::Value::Map(fields).encode();
    let hash = Label::Header.hash(&[&bytes]);
    let place = world.place();
    let parts: [&[u8]; 3] = [&place.circle.0, &place.stream.0, &hash.0];
    let signature = device(2).signer.sign(Label::Frame, &parts);
    let later = Frame {
        header: SignedHeader::new(bytes, signature),
        body: vec![0xff; 300],
    };
    let kept = Frame::decode(&later.encode()).unwrap();
    let outline = kept.header.outline().unwrap();
    assert_eq!(
        (outline.version, outline.dev_seq, outline.hash),
        (2, 1, hash)
    );
    assert_eq!(
        kept.header.verify(&place, &device(2).keys().signing),
        Ok(())
    );
    assert_eq!(kept.header.read(), Err(FormError::Later(2)));
    assert_eq!(
        kept.open(&place, &key(1, 1)),
        Err(BodyError::Form(FormError::Later(2)))
    );
    let (next, _) = world.frame(2, 2, outline.hash, 1);
    assert_eq!(next.header.read().unwrap().prev, outline.hash);
}

#[test]
fn a_change_of_a_later_version_stays_in_the_bytes() {
    let later = crate::Value::List(vec![crate::Value::Int(2)]).encode();
    let head = pack(0).head().unwrap();
    let pack = Pack::new(&head, [([1; 16], later.clone()), ([2; 16], change(1))]).unwrap();
    let read = Pack::decode(&pack.encode()).unwrap();
    assert_eq!(read.change(0), Err(ChangeError::Later(2)));
    assert!(read.change(1).unwrap().is_some());
    assert!(matches!(&read.items()[0], PackItem::Kept { change, .. } if *change == later));
}

#[test]
fn a_pack_is_written_as_its_form_says() {
    let mut pack = pack(3);
    pack.take_out(1);
    let form = PackForm {
        head: pack.head().unwrap().encode(),
        items: pack.items().to_vec(),
    };
    assert_eq!(pack.encode(), form.encode());
}

#[test]
fn the_largest_pack_fits_a_frame_and_more_is_two_frames() {
    let world = World::peopled();
    let head = pack(0).head().unwrap();
    // Noise does not deflate.
    let mut noise = Vec::new();
    while noise.len() < crate::limits::LONGEST_PACK {
        noise.extend(Label::Draw.hash(&[&noise.len().to_be_bytes()]).0);
    }
    let half = |from: usize| noise[from..from + 97_000].to_vec();
    let full = Pack::new(&head, [([1; 16], half(0)), ([2; 16], half(97_000))]).unwrap();
    let body = Body::seal(&full, &world.place(), &Hash::ZERO, 1, &key(1, 1), [1; 24]).unwrap();
    let left = crate::limits::LONGEST_FRAME - body.to_bytes().len();
    assert!(
        left > crate::limits::LONGEST_HEADER + 100,
        "{left} bytes left"
    );
    let long = ([1; 16], vec![0; crate::limits::LONGEST_CHANGE + 1]);
    assert_eq!(Pack::new(&head, [long]), Err(PackError::TooMuch));
    let many = (0..65).map(|number| ([number; 16], vec![1]));
    assert_eq!(Pack::new(&head, many), Err(PackError::TooMuch));
    let three = [([1; 16], half(0)), ([2; 16], half(1)), ([3; 16], half(2))];
    assert_eq!(Pack::new(&head, three), Err(PackError::TooMuch));
}

#[test]
fn sizes_of_bodies_say_little() {
    let world = World::peopled();
    let size = |changes| world.frame(2, 1, Hash::ZERO, changes).0.body.len();
    assert_eq!(size(1), size(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn never_panics_on_noise(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let world = World::founded();
        prop_assert_eq!(opens(&world, &bytes), None);
        let _ = ShownChange::from_bytes(&bytes);
        let _ = Pack::decode(&bytes);
        let frame = Frame { header: SignedHeader::new(bytes.clone(), crate::Signature([0; 64])), body: bytes };
        let _ = (frame.header.outline(), frame.header.read(), frame.open(&world.place(), &Key::new([1; 32])));
    }
}
