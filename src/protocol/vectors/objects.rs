//! One vector for each part of the protocol.

use super::*;
use crate::blob::{BlobCipher, BlobHasher};
use crate::control::ControlHead;
use crate::frame::*;
use crate::grant::Grant;
use crate::invite::{Anchor, Bundle, Claim, InviteFor, PICTURES, commit_to_number, draw_pictures};
use crate::label::Label;
use crate::log::{LogPoint, Receipt, Row, SignedHead};
use crate::pad::padded_length;
use crate::request::{Request, ServerTime};

#[test]
fn keys_and_labels() {
    let purposes = Label::ALL.iter().map(|label| {
        let hash = label.hash(&[b"part"]).to_string();
        let key = Key::new([7; 32]).derive_for(*label, &[b"part"]);
        json!({ "label": label.purpose(), "hash": hash, "derived": hex(key.expose()) })
    });
    let lengths = [1, 256, 257, 1_000, 100_000].map(|length| [length, padded_length(length)]);
    check(
        "keys",
        &json!({
            "devices": [secret(1), secret(2)],
            "part": hex(b"part"),
            "key": hex(&[7; 32]),
            "purposes": purposes.collect::<Vec<_>>(),
            "padme": lengths,
        }),
    );
}

#[test]
fn control_log() {
    let mut world = World::peopled();
    world.add(2, vec![recovery()]);
    world.add(
        3,
        vec![crate::control::Act::Arrived(crate::control::Arrived {})],
    );
    world.add(1, vec![removed(2, vec![cut(2, 5)]), world.advanced(1)]);
    let entries: Vec<_> = world
        .entries
        .iter()
        .map(|entry| hex(&entry.encode()))
        .collect();
    let hashes: Vec<_> = world
        .entries
        .iter()
        .map(|entry| entry.read().unwrap().head.hash.to_string())
        .collect();
    check(
        "control",
        &json!({
            "circle": world.id().to_string(),
            "entries": entries,
            "hashes": hashes,
            "founder": secret(1),
            "arrived": [device(3).id().to_string()],
            "stream_keys": [hex(key(1, 1).expose()), hex(key(1, 2).expose())],
            "later_version": hex(&later_entry(&ControlHead::START, 1).encode()),
        }),
    );
}

fn recovery() -> crate::control::Act {
    crate::control::Act::RecoverySet(crate::control::RecoverySet {
        keys: device(21).keys(),
        sealed_circle: Some(vec![1, 2, 3]),
    })
}

#[test]
fn frames() {
    let world = World::peopled();
    let place = world.place();
    let (frame, pack) = world.frame(2, 1, Hash::ZERO, 3);
    let header = frame.header.hash();
    let seal = |pack: &Pack, epoch, nonce| {
        let body = Body::seal(pack, &place, &header, epoch, &key(1, epoch), [nonce; 24]);
        Frame::new(frame.header.clone(), &body.unwrap())
    };
    let mut without = pack.clone();
    without.take_out(1);
    let redacted = seal(&without, 1, 11);
    let shown = ShownChange::new(&place, &frame.header, &pack, 2).unwrap();
    check(
        "frame",
        &json!({
            "circle": place.circle.to_string(),
            "stream": place.stream.to_string(),
            "author": secret(2),
            "stream_keys": [hex(key(1, 1).expose()), hex(key(1, 2).expose())],
            "frame": hex(&frame.encode()),
            "header_hash": header.to_string(),
            "root": pack.root().to_string(),
            "changes": (0..3).map(|number| hex(&change(number))).collect::<Vec<_>>(),
            "sealed_again": hex(&seal(&pack, 2, 12).encode()),
            "redacted": hex(&redacted.encode()),
            "redacted_index": 1,
            "redacted_body_hash": ErasedFrame::hash_body(&redacted.body).to_string(),
            "erase_frame": hex(&erase_frame(&world, &redacted).encode()),
            "shown_change": hex(&shown.encode()),
        }),
    );
}

fn erase_frame(world: &World, redacted: &Frame) -> Frame {
    let gone = crate::Change {
        kind: crate::change::ERASED_KIND,
        entity: EntityId([1; 16]),
        hlc: crate::Hlc(9),
        patch: crate::sorted::SortedMap::new(),
    };
    let head = pack(0).head().unwrap();
    let pack = Pack::new(&head, [([4; 16], gone.encode().unwrap())]).unwrap();
    let header = Header {
        device: device(2).id(),
        dev_seq: 2,
        prev: redacted.header.hash(),
        kind: FrameKind::Erase.number(),
        control: world.circle.head(),
        blobs: vec![],
        root: pack.root(),
        extensions: vec![(7, false, vec![1])],
        erased: Some(Erased {
            frames: vec![ErasedFrame {
                device: device(2).id(),
                dev_seq: 1,
                header: redacted.header.hash(),
                body: ErasedFrame::hash_body(&redacted.body),
            }],
            blobs: vec![BlobId([5; 16])],
        }),
    };
    let header = header.sign(&world.place(), &device(2).signer);
    let hash = header.hash();
    let body = Body::seal(&pack, &world.place(), &hash, 1, &key(1, 1), [13; 24]);
    Frame::new(header, &body.unwrap())
}

#[test]
fn log() {
    let place = crate::log::tests::place();
    let server = device(50).signer;
    let rows = [
        (1, 1_000, [1; 32]),
        (2, 1_000, [2; 32]),
        (3, 2_000, [3; 32]),
    ];
    let mut point = LogPoint::start(&place, LogId([3; 16]));
    let mut running = vec![point.running.to_string()];
    for (seq, received_at, header) in rows {
        let header = Hash(header);
        point = point
            .after(&Row {
                seq,
                received_at,
                header,
            })
            .unwrap();
        running.push(point.running.to_string());
    }
    let blob = BlobId([4; 16]);
    let receipt = Receipt::sign(&place, blob, 9, Hash([5; 32]), 99, &server);
    check(
        "log",
        &json!({
            "circle": place.circle.to_string(),
            "stream": place.stream.to_string(),
            "log": LogId([3; 16]).to_string(),
            "rows": rows.map(|(seq, at, header)| json!([seq, at, hex(&header)])),
            "running": running,
            "server": hex(&server.verify_key().0),
            "head": hex(&SignedHead::sign(&place, &point, 99, &server).encode()),
            "receipt": hex(&receipt.encode()),
        }),
    );
}

#[test]
fn grants() {
    let mut world = World::peopled();
    world.add(1, vec![world.advanced(1)]);
    let keys = [(stream(1), 1, key(1, 1)), (stream(1), 2, key(1, 2))];
    let grant = Grant::seal(&world.id(), &device(2).keys(), &keys, [5; 32]).unwrap();
    let commits = [1, 2].map(|epoch| world.circle.commit(&stream(1), epoch).unwrap().to_string());
    check(
        "grant",
        &json!({
            "circle": world.id().to_string(),
            "stream": stream(1).to_string(),
            "to": secret(2),
            "grant": hex(&grant.encode()),
            "keys": keys.map(|(_, epoch, key)| json!([epoch, hex(key.expose())])),
            "commits": commits,
        }),
    );
}

#[test]
fn attachments() {
    let place = crate::log::tests::place();
    let blob = BlobId([4; 16]);
    let cipher = BlobCipher::new(&Key::new([3; 32]), &place.circle, &place.stream, &blob);
    let content: Vec<u8> = (0..70_000).map(|at| (at % 251) as u8).collect();
    let hash = |sealed: &[u8]| {
        let mut hasher = BlobHasher::default();
        hasher.update(sealed);
        hasher.finish().to_string()
    };
    let (short, long) = (cipher.seal(&content[..300]), cipher.seal(&content));
    let (short, long) = (short.unwrap(), long.unwrap());
    check(
        "blob",
        &json!({
            "circle": place.circle.to_string(),
            "stream": place.stream.to_string(),
            "blob": blob.to_string(),
            "key": hex(&[3; 32]),
            "content": "byte number i is i modulo 251",
            "short": { "length": 300, "sealed": hex(&short), "hash": hash(&short) },
            "long": { "length": 70_000, "sealed_length": long.len(), "hash": hash(&long) },
        }),
    );
}

#[test]
fn invites() {
    let link = crate::invite::tests::link();
    let bundle = crate::invite::tests::bundle();
    let claim = crate::invite::tests::claim();
    let head = ControlHead {
        seq: 6,
        hash: Hash([1; 32]),
    };
    let streams = vec![(stream(1), LogId([3; 16]), 12, Hash([4; 32]))];
    let anchor = Anchor::seal(&link, head, streams, &device(1).signer, [8; 24]).unwrap();
    let sealed: Vec<u8> = Bundle::seal(&bundle, &link, [5; 24]).unwrap();
    let number = [9; 32];
    let drawn = draw_pictures(&sealed, &claim.sealed, &number, &commit_to_number(&number)).unwrap();
    assert_eq!(Claim::open(&claim.sealed, &link).unwrap().name, "Zeynep");
    check(
        "invite",
        &json!({
            "address": link.to_address("https://hearth.example"),
            "id": link.id.to_string(),
            "secret": hex(link.secret.expose()),
            "invite_for": InviteFor::Person.number(),
            "inviter": secret(1),
            "joiner": secret(7),
            "bundle": hex(&sealed),
            "role": bundle.role,
            "claim": hex(&claim.encode()),
            "name": "Zeynep",
            "proof_key": hex(&link.proof_key().0),
            "anchor": hex(&anchor),
            "number": hex(&number),
            "pictures": drawn.map(|place| PICTURES[usize::from(place)]),
        }),
    );
}

#[test]
fn requests() {
    let asked = Request {
        origin: "https://hearth.example",
        method: "POST",
        path: "/api/exchange",
        body: b"body",
    };
    let proof = asked.prove(device(1).id(), 1_700_000_000_000, &device(1).signer);
    let server = device(50).signer;
    check(
        "request",
        &json!({
            "origin": asked.origin,
            "method": asked.method,
            "path": asked.path,
            "body": hex(asked.body),
            "device": secret(1),
            "header": proof.to_header(),
            "server": hex(&server.verify_key().0),
            "server_time": hex(&ServerTime::tell(1_700_000_200_000, &proof, &server).encode()),
        }),
    );
}

#[test]
fn exchange() {
    use crate::exchange::tests::{answer, request};
    check(
        "exchange",
        &json!({
            "request": hex(&request().encode()),
            "answer": hex(&answer().encode()),
            "circle": request().circle.to_string(),
        }),
    );
}

#[test]
fn recovery_words() {
    let phrase = crate::recovery::Phrase::new(std::array::from_fn(|at| 16 - at as u8));
    let secret = phrase.secret();
    let (signing, sealing) = secret.seeds();
    let circle = CircleId([0x5c; 32]);
    let sealed = secret.seal_circle(&circle, [9; 24]).unwrap();
    check(
        "recovery",
        &json!({
            "words": phrase.words().join(" "),
            "signing_seed": hex(&signing),
            "sealing_seed": hex(&sealing),
            "signing": hex(&secret.keys().signing.0),
            "sealing": hex(&secret.keys().sealing),
            "id": secret.keys().id().to_string(),
            "circle": circle.to_string(),
            "sealed_circle": hex(&sealed),
        }),
    );
}
