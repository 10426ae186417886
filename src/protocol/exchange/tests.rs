use super::*;
use crate::control::AuthorshipError;
use crate::form::{FormError, Object};
use crate::grant::Grant;
use crate::id::{BlobId, Hash, InviteId, LogId};
use crate::limits::LONGEST_EXCHANGE;
use crate::log::{LogPoint, SignedHead};
use crate::sample::*;
use crate::{Sign, log};
use proptest::prelude::*;

pub(crate) fn request() -> ExchangeRequest {
    let world = World::peopled();
    let (frame, _) = world.frame(2, 1, Hash::ZERO, 2);
    let point = LogPoint::start(&world.place(), LogId([3; 16]));
    let keys = [(stream(1), 1, key(1, 1))];
    let grant = Grant::seal(&world.id(), &device(3).keys(), &keys, [5; 32]).unwrap();
    ExchangeRequest {
        circle: world.id(),
        control: world.circle.head(),
        entries: vec![NewEntry {
            entry: world.sign(1, vec![member(9, rights(false, vec![]))]),
            grants: vec![grant.clone()],
        }],
        streams: vec![StreamRequest {
            stream: stream(1),
            have: Some(point.clone()),
            frames: vec![PushedFrame {
                frame: frame.encode(),
                again: false,
                bodies: vec![(Hash([1; 32]), vec![1, 2])],
            }],
            shown: Some(SignedHead::sign(
                &world.place(),
                &point,
                5,
                &device(50).signer,
            )),
            missing: vec![(device(3).id(), 4)],
        }],
        wanted: vec![(stream(1), 1)],
        grants: vec![grant],
    }
}

pub(crate) fn answer() -> ExchangeAnswer {
    let asked = request();
    let pushed = &asked.streams[0];
    let row = LogRow {
        seq: 1,
        received_at: 9,
        frame: pushed.frames[0].frame.clone(),
    };
    ExchangeAnswer {
        time: 77,
        control: asked.control,
        appended: vec![EntryAnswer {
            code: EntryCode::WrongPlace,
            detail: 5,
        }],
        entries: vec![asked.entries[0].entry.clone()],
        streams: vec![StreamAnswer {
            stream: stream(1),
            log: LogId([3; 16]),
            pushed: vec![FrameAnswer {
                code: FrameCode::Gap,
                detail: 4,
            }],
            rows: vec![row.clone()],
            head: pushed.shown.clone(),
            more: true,
            holds: Some(vec![(device(2).id(), 7)]),
            found: vec![row],
            start: pushed.have.clone(),
        }],
        grants: asked.grants,
        wanted: vec![(device(3).id(), stream(1), 1)],
        more: false,
    }
}

#[test]
fn an_exchange_reads_back_both_ways() {
    let bytes = request().encode();
    assert_eq!(
        ExchangeRequest::decode(&bytes, LONGEST_EXCHANGE),
        Ok(request())
    );
    let bytes = answer().encode();
    assert_eq!(
        ExchangeAnswer::decode(&bytes, LONGEST_EXCHANGE),
        Ok(answer())
    );
    assert_eq!(
        ExchangeAnswer::decode(&vec![0; LONGEST_EXCHANGE + 1], LONGEST_EXCHANGE),
        Err(FormError::TooLong)
    );
}

#[test]
fn any_cut_exchange_is_refused_whole_and_no_damage_panics() {
    let bytes = request().encode();
    for length in 0..bytes.len() {
        assert!(ExchangeRequest::decode(&bytes[..length], LONGEST_EXCHANGE).is_err());
    }
    for bytes in damaged(&bytes) {
        let _ = ExchangeRequest::decode(&bytes, LONGEST_EXCHANGE);
    }
    for bytes in damaged(&answer().encode()) {
        let _ = ExchangeAnswer::decode(&bytes, LONGEST_EXCHANGE);
    }
}

#[test]
fn a_refusal_says_what_to_do() {
    let answers = [
        (AuthorshipError::Epoch(4), FrameCode::StaleEpoch, 4),
        (AuthorshipError::NotActive, FrameCode::Refused, 4),
        (AuthorshipError::MayNotWrite, FrameCode::Refused, 5),
        (AuthorshipError::BeyondCut, FrameCode::Refused, 9),
        (AuthorshipError::NotYet(9), FrameCode::Refused, 10),
        (AuthorshipError::Closed, FrameCode::Refused, 11),
    ];
    for (error, code, detail) in answers {
        assert_eq!(FrameAnswer::from(error), FrameAnswer { code, detail });
    }
    let mut world = World::peopled();
    let error = world.try_add(2, vec![removed(1, vec![])]).unwrap_err();
    let answer = EntryAnswer::from(error);
    assert_eq!(answer.rule(), Some(crate::control::RuleBroken::NotManaging));
}

#[test]
fn the_other_messages_read_back() {
    fn reads_back<T: Object + PartialEq + std::fmt::Debug>(object: &T) {
        let bytes = object.encode();
        assert_eq!(T::decode(&bytes, bytes.len()).as_ref(), Ok(object));
        for bytes in damaged(&bytes) {
            let _ = T::decode(&bytes, bytes.len());
        }
    }
    let place = log::tests::place();
    let (circle, stream, blob) = (place.circle, place.stream, BlobId([4; 16]));
    let signer = device(50).signer;
    let receipt = crate::log::Receipt::sign(&place, blob, 9, Hash([5; 32]), 99, &signer);
    reads_back(&BlobPut {
        circle,
        stream,
        blob,
        length: 9,
        hash: Hash([5; 32]),
        offset: 0,
        bytes: vec![1; 9],
    });
    reads_back(&BlobPutAnswer {
        have: 9,
        receipt: Some(receipt),
    });
    reads_back(&BlobGet {
        circle,
        stream,
        blob,
        offset: 3,
    });
    reads_back(&BlobGetAnswer {
        length: 9,
        bytes: vec![1; 6],
    });
    reads_back(&HoldRequest {
        circle,
        devices: vec![device(2).id()],
    });
    reads_back(&HoldAnswer {
        cuts: vec![cut(2, 3)],
        until: 60_000,
    });
    let (link, claim) = (crate::invite::tests::link(), crate::invite::tests::claim());
    let invite = InviteId([1; 16]);
    reads_back(&InvitePut {
        circle,
        invite,
        proof_key: link.proof_key(),
        bundle: vec![1],
        expires: 5,
    });
    reads_back(&InviteGet { invite });
    reads_back(&InviteClaim {
        invite,
        claim: claim.clone(),
    });
    reads_back(&InviteReveal {
        invite,
        number: [9; 32],
    });
    reads_back(&RecoveryFind {
        key: crate::id::DeviceId([1; 16]),
    });
    reads_back(&RecoveryFound {
        sealed: vec![vec![1; 73], vec![2; 73]],
    });
    reads_back(&InviteApprove {
        invite,
        anchor: vec![1],
    });
    reads_back(&InviteState {
        bundle: vec![1],
        claim: Some(claim),
        claims: 2,
        number: Some([9; 32]),
        anchor: None,
    });
    reads_back(&ServerCard {
        key: signer.verify_key(),
        time: 5,
    });
    reads_back(&LiveRequest { circle });
}

proptest! {
    #[test]
    fn never_panics_on_noise(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(ExchangeRequest::decode(&bytes, LONGEST_EXCHANGE).is_err());
        prop_assert!(ExchangeAnswer::decode(&bytes, LONGEST_EXCHANGE).is_err());
    }
}
