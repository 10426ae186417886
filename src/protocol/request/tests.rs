use super::*;
use crate::form::Object;
use crate::sample::device;
use proptest::prelude::*;

const ASKED: Request<'static> = Request {
    origin: "https://hearth.example",
    method: "POST",
    path: "/api/exchange?a=1",
    body: b"body",
};

fn proof() -> RequestProof {
    ASKED.prove(device(1).id(), 1_000_000, &device(1).signer)
}

#[test]
fn every_part_of_a_request_is_signed() {
    let key = device(1).keys().signing;
    assert_eq!(proof().verify(&ASKED, &key), Ok(()));
    for changed in [
        Request {
            origin: "https://hearth.example:1",
            ..ASKED
        },
        Request {
            method: "PUT",
            ..ASKED
        },
        Request {
            path: "/api/exchange?a=2",
            ..ASKED
        },
        Request {
            body: b"bode",
            ..ASKED
        },
        Request {
            origin: "https://hearth.exampleP",
            method: "OST",
            ..ASKED
        },
    ] {
        assert!(proof().verify(&changed, &key).is_err(), "{changed:?}");
    }
    let mut other = proof();
    other.time += 1;
    assert!(other.verify(&ASKED, &key).is_err());
    let mut other = proof();
    other.device = device(2).id();
    assert!(other.verify(&ASKED, &key).is_err());
    assert!(proof().verify(&ASKED, &device(2).keys().signing).is_err());
}

#[test]
fn a_clock_may_differ_by_two_minutes() {
    for now in [880_000, 1_000_000, 1_120_000] {
        assert_eq!(proof().check_time(now), Ok(()));
    }
    for now in [0, 879_999, 1_120_001, u64::MAX] {
        assert_eq!(proof().check_time(now), Err(WrongClock));
    }
}

#[test]
fn the_servers_time_answers_one_request_only() {
    let server = device(50);
    let key = server.signer.verify_key();
    let told = ServerTime::tell(77, &proof(), &server.signer);
    assert_eq!(told.verify(&proof(), &key), Ok(77));
    let other = ASKED.prove(device(1).id(), 5, &device(1).signer);
    assert!(told.verify(&other, &key).is_err());
    for bytes in crate::sample::damaged(&told.encode()) {
        let read = ServerTime::decode(&bytes, 200);
        assert!(!read.is_ok_and(|read| read.verify(&proof(), &key).is_ok()));
    }
}

#[test]
fn a_header_has_one_spelling() {
    let header = proof().to_header();
    assert_eq!(RequestProof::from_header(&header), Ok(proof()));
    for wrong in [
        header.replace("v1", "v2"),
        header.replace(".1000000.", ".+1000000."),
        header.replace(".1000000.", ".01000000."),
        header.to_uppercase(),
        format!("{header}."),
        format!("{header}A"),
        format!(" {header}"),
        String::new(),
    ] {
        assert_eq!(RequestProof::from_header(&wrong), Err(NotAProof), "{wrong}");
    }
}

#[test]
fn any_damage_to_a_header_is_noticed() {
    let key = device(1).keys().signing;
    for bytes in crate::sample::damaged(proof().to_header().as_bytes()) {
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let read = RequestProof::from_header(&text);
        assert!(
            !read.is_ok_and(|read| read.verify(&ASKED, &key).is_ok()),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn never_panics_on_noise(text in ".{0,200}") {
        prop_assert_eq!(RequestProof::from_header(&text), Err(NotAProof));
    }
}
