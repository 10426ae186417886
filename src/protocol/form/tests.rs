use super::*;
use crate::control::{ControlHead, Rights, StreamRight};
use crate::id::{Hash, StreamId};
use proptest::prelude::*;

fn head() -> ControlHead {
    ControlHead {
        seq: 3,
        hash: Hash([4; 32]),
    }
}

fn with(change: impl FnOnce(&mut Fields)) -> Vec<u8> {
    let Ok(Value::Map(mut fields)) = Value::decode(&head().encode()) else {
        panic!("an object is a map");
    };
    change(&mut fields);
    Value::Map(fields).encode()
}

fn read(bytes: &[u8]) -> Result<ControlHead, FormError> {
    ControlHead::decode(bytes, 100)
}

#[test]
fn an_object_has_exactly_its_fields() {
    assert_eq!(read(&head().encode()), Ok(head()));
    let wrong = [
        with(|fields| drop(fields.remove(&1))),
        with(|fields| drop(fields.remove(&0))),
        with(|fields| drop(fields.insert(9, Value::Null))),
        with(|fields| drop(fields.insert(1, Value::Null))),
        with(|fields| drop(fields.insert(1, Value::Int(-1)))),
        with(|fields| drop(fields.insert(2, Value::Bytes(vec![0; 31])))),
        with(|fields| drop(fields.insert(0, Value::Int(0)))),
    ];
    for bytes in wrong {
        assert_eq!(read(&bytes), Err(FormError::Shape), "{bytes:02x?}");
    }
}

#[test]
fn a_later_version_is_told_apart_from_damage() {
    let later = with(|fields| drop(fields.insert(0, Value::Int(2))));
    assert_eq!(read(&later), Err(FormError::Later(2)));
    assert_eq!(
        ControlHead::decode(&head().encode(), 10),
        Err(FormError::TooLong)
    );
}

#[test]
fn absent_has_one_spelling() {
    let rights = Rights {
        manage: true,
        streams: vec![],
        ends: None,
    };
    let Value::Map(mut fields) = rights.write() else {
        panic!("an object is a map");
    };
    assert!(!fields.contains_key(&3));
    fields.insert(3, Value::Null);
    assert_eq!(Rights::read(Value::Map(fields)), Err(FormError::Shape));
}

proptest! {
    #[test]
    fn reads_back_what_it_wrote(
        manage in any::<bool>(), ends in prop::option::of(0..u64::MAX / 2),
        streams in prop::collection::vec((any::<[u8; 16]>(), 0..u64::MAX / 2, any::<bool>(), any::<bool>()), 0..5),
    ) {
        let streams = streams.into_iter().map(|(stream, read_from, write, withdraw)| StreamRight {
            stream: StreamId(stream), read_from, write, withdraw,
        }).collect();
        let rights = Rights { manage, streams, ends };
        prop_assert_eq!(Rights::decode(&rights.encode(), 10_000), Ok(rights));
    }
}
