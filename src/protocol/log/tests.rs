use super::*;
use crate::form::Object;
use crate::frame::Place;
use crate::id::{BlobId, CircleId, Hash, LogId, StreamId};
use crate::key::Sign;
use crate::limits::LONGEST_SMALL_MESSAGE;
use crate::sample::{damaged, device};
use proptest::prelude::*;

pub(crate) fn place() -> Place {
    Place {
        circle: CircleId([1; 32]),
        stream: StreamId([2; 16]),
    }
}

fn row(seq: u64, received_at: u64) -> Row {
    Row {
        seq,
        received_at,
        header: Hash([seq as u8; 32]),
    }
}

fn after(rows: &[Row]) -> Result<LogPoint, LogError> {
    let start = LogPoint::start(&place(), LogId([3; 16]));
    rows.iter().try_fold(start, |point, row| point.after(row))
}

#[test]
fn rows_follow_one_another_and_time_does_not_go_back() {
    assert!(after(&[row(1, 10), row(2, 10), row(3, 11)]).is_ok());
    assert_eq!(after(&[row(1, 10), row(3, 11)]), Err(LogError::Gap(2)));
    assert_eq!(after(&[row(1, 10), row(1, 10)]), Err(LogError::Gap(2)));
    assert_eq!(after(&[row(1, 10), row(2, 9)]), Err(LogError::TimeWentBack));
}

#[test]
fn order_times_and_headers_are_all_in_the_running_hash() {
    let mut second = row(2, 20);
    let usual = after(&[row(1, 10), second]).unwrap();
    second.received_at = 21;
    assert_ne!(after(&[row(1, 10), second]).unwrap().running, usual.running);
    second = row(2, 20);
    second.header = Hash([9; 32]);
    assert_ne!(after(&[row(1, 10), second]).unwrap().running, usual.running);
    let other_log = LogPoint::start(&place(), LogId([4; 16]));
    assert_ne!(other_log.running, after(&[]).unwrap().running);
}

#[test]
fn a_signed_head_covers_the_same_copy_only() {
    let server = device(50);
    let point = after(&[row(1, 10), row(2, 20)]).unwrap();
    let head = SignedHead::sign(&place(), &point, 99, &server.signer);
    assert_eq!(head.verify(&server.signer.verify_key()), Ok(()));
    assert!(head.covers(&place(), &point));
    let mut elsewhere = place();
    elsewhere.stream = StreamId([8; 16]);
    assert!(!head.covers(&elsewhere, &point));
    assert!(!head.covers(&place(), &after(&[row(1, 10)]).unwrap()));
    assert!(!head.covers(&place(), &after(&[row(1, 11), row(2, 20)]).unwrap()));
    assert!(head.verify(&device(51).signer.verify_key()).is_err());
}

#[test]
fn any_damage_to_a_head_or_receipt_is_noticed() {
    let server = device(50);
    let key = server.signer.verify_key();
    let point = after(&[row(1, 10)]).unwrap();
    let head = SignedHead::sign(&place(), &point, 99, &server.signer).encode();
    for bytes in damaged(&head) {
        let read = SignedHead::decode(&bytes, LONGEST_SMALL_MESSAGE);
        assert!(!read.is_ok_and(|head| head.verify(&key).is_ok()));
    }
    let receipt = Receipt::sign(
        &place(),
        BlobId([4; 16]),
        9,
        Hash([5; 32]),
        99,
        &server.signer,
    );
    assert_eq!(receipt.verify(&key), Ok(()));
    for bytes in damaged(&receipt.encode()) {
        let read = Receipt::decode(&bytes, LONGEST_SMALL_MESSAGE);
        assert!(!read.is_ok_and(|receipt| receipt.verify(&key).is_ok()));
    }
}

proptest! {
    #[test]
    fn another_order_gives_another_hash(headers in prop::collection::vec(any::<[u8; 32]>(), 2..6), at in any::<prop::sample::Index>()) {
        let rows = |headers: &[[u8; 32]]| -> Vec<Row> {
            let numbered = headers.iter().zip(1..);
            numbered.map(|(header, seq)| Row { seq, received_at: 1, header: Hash(*header) }).collect()
        };
        let mut turned = headers.clone();
        let at = at.index(headers.len() - 1);
        turned.swap(at, at + 1);
        prop_assume!(turned != headers);
        prop_assert_ne!(after(&rows(&headers)), after(&rows(&turned)));
    }
}
