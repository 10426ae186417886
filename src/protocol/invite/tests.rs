use super::*;
use crate::control::ControlHead;
use crate::form::Object;
use crate::id::{CircleId, Hash, InviteId, LogId};
use crate::sample::*;
use crate::{Key, Sign};
use proptest::prelude::*;
use std::collections::BTreeSet;

pub(crate) fn link() -> InviteLink {
    InviteLink {
        id: InviteId([1; 16]),
        secret: Key::new([0xfb; 32]),
    }
}

pub(crate) fn bundle() -> Bundle {
    Bundle {
        invite_for: InviteFor::Person.number(),
        circle: CircleId([2; 32]),
        control: ControlHead {
            seq: 3,
            hash: Hash([4; 32]),
        },
        inviter: device(1).keys(),
        server: device(50).signer.verify_key(),
        inviter_name: "Amina".into(),
        role: "Grandmother".into(),
        streams: vec!["Everything the family shares".into()],
        commitment: commit_to_number(&[9; 32]),
        expires: 1_000,
    }
}

pub(crate) fn claim() -> ClaimProof {
    let joiner = device(7);
    Claim::seal(
        &link(),
        joiner.keys(),
        Some(person(7)),
        "Zeynep".into(),
        &joiner.signer,
        [6; 24],
    )
    .unwrap()
}

#[test]
fn a_link_is_read_whole_or_from_its_end() {
    let address = link().to_address("https://hearth.example");
    assert!(address.starts_with("https://hearth.example/join#v1."));
    assert_eq!(InviteLink::read(&address), Ok(link()));
    let fragment = address.split('#').nth(1).unwrap();
    assert_eq!(InviteLink::read(&format!("  {fragment}\n")), Ok(link()));
    assert_eq!(InviteLink::read("v2.anything.new"), Err(NotALink::Later));
}

#[test]
fn a_damaged_link_is_told_from_a_later_one() {
    let address = link().to_address("");
    for length in 0..address.len() {
        let cut: String = address.chars().take(length).collect();
        assert_eq!(InviteLink::read(&cut), Err(NotALink::Damaged), "{cut}");
    }
    for text in [
        "",
        "v1",
        "v1..",
        "v0.a.b",
        "vx.a.b",
        "https://hearth.example/join",
    ] {
        assert_eq!(InviteLink::read(text), Err(NotALink::Damaged));
    }
}

#[test]
fn a_bundle_opens_under_its_own_secret_until_it_expires() {
    let sealed = bundle().seal(&link(), [5; 24]).unwrap();
    assert_eq!(Bundle::open(&sealed, &link()), Ok(bundle()));
    let mut other = link();
    other.secret = Key::new([0; 32]);
    assert!(Bundle::open(&sealed, &other).is_err());
    let mut other = link();
    other.id = InviteId([2; 16]);
    assert!(Bundle::open(&sealed, &other).is_err());
    assert!(!bundle().is_expired(999));
    assert!(bundle().is_expired(1_000));
}

#[test]
fn a_claim_proves_the_secret_to_the_server_and_its_keys_to_the_inviter() {
    let claim = claim();
    assert_eq!(claim.verify(&link().id, &link().proof_key()), Ok(()));
    let opened = Claim::open(&claim.sealed, &link()).unwrap();
    assert_eq!(opened.keys, device(7).keys());
    // The server cannot put another claim in its place: it lacks the secret.
    let mut without = link();
    without.secret = Key::new([0; 32]);
    let forged = Claim::seal(
        &without,
        device(8).keys(),
        None,
        "".into(),
        &device(8).signer,
        [6; 24],
    )
    .unwrap();
    assert!(forged.verify(&link().id, &link().proof_key()).is_err());
    // Nor can a joiner claim with keys that are somebody else's.
    let stolen = Claim::seal(
        &link(),
        device(9).keys(),
        None,
        "".into(),
        &device(8).signer,
        [6; 24],
    )
    .unwrap();
    assert!(Claim::open(&stolen.sealed, &link()).is_err());
}

#[test]
fn the_anchor_is_the_inviters_word() {
    let head = ControlHead {
        seq: 6,
        hash: Hash([1; 32]),
    };
    let streams = vec![(stream(1), LogId([3; 16]), 12, Hash([4; 32]))];
    let seal = |signer: u8| {
        Anchor::seal(
            &link(),
            head.clone(),
            streams.clone(),
            &device(signer).signer,
            [6; 24],
        )
        .unwrap()
    };
    let inviter = device(1).keys().signing;
    let opened = Anchor::open(&seal(1), &link(), &inviter).unwrap();
    assert_eq!(
        (opened.control, opened.streams),
        (head.clone(), streams.clone())
    );
    assert!(Anchor::open(&seal(2), &link(), &inviter).is_err());
}

#[test]
fn any_damage_to_an_invite_is_noticed() {
    let sealed = bundle().seal(&link(), [5; 24]).unwrap();
    assert!(damaged(&sealed).all(|bytes| Bundle::open(&bytes, &link()).is_err()));
    let claim = claim();
    assert!(damaged(&claim.sealed).all(|bytes| Claim::open(&bytes, &link()).is_err()));
    for bytes in damaged(&claim.encode()) {
        let read = ClaimProof::from_bytes(&bytes);
        let verified = read.is_ok_and(|read| read.verify(&link().id, &link().proof_key()).is_ok());
        assert!(!verified);
    }
    let head = ControlHead {
        seq: 6,
        hash: Hash([1; 32]),
    };
    let anchor = Anchor::seal(&link(), head, vec![], &device(1).signer, [6; 24]).unwrap();
    let inviter = device(1).keys().signing;
    assert!(damaged(&anchor).all(|bytes| Anchor::open(&bytes, &link(), &inviter).is_err()));
}

#[test]
fn both_screens_draw_the_same_pictures_and_other_keys_draw_others() {
    let sealed = bundle().seal(&link(), [5; 24]).unwrap();
    let draw = |claim: &[u8], number| draw_pictures(&sealed, claim, number, &bundle().commitment);
    let pictures = draw(&claim().sealed, &[9; 32]).unwrap();
    assert!(
        pictures
            .iter()
            .all(|place| usize::from(*place) < PICTURES.len())
    );
    assert_eq!(draw(&claim().sealed, &[9; 32]), Ok(pictures));
    assert_ne!(draw(b"another claim", &[9; 32]), Ok(pictures));
    assert_eq!(
        draw(&claim().sealed, &[8; 32]),
        Err(InviteError::OtherNumber)
    );
}

#[test]
fn the_pictures_are_64_different_things() {
    assert_eq!(PICTURES.iter().collect::<BTreeSet<_>>().len(), 64);
}

proptest! {
    #[test]
    fn never_panics_on_noise(text in ".{0,120}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = InviteLink::read(&text);
        prop_assert!(Bundle::open(&bytes, &link()).is_err());
        prop_assert!(Claim::open(&bytes, &link()).is_err());
        let _ = ClaimProof::from_bytes(&bytes);
    }

    #[test]
    fn every_link_reads_back(id in any::<[u8; 16]>(), secret in any::<[u8; 32]>()) {
        let link = InviteLink { id: InviteId(id), secret: Key::new(secret) };
        prop_assert_eq!(InviteLink::read(&link.to_address("http://localhost:8787")), Ok(link));
    }
}
