use super::*;
use crate::value::tests::any_value;
use proptest::prelude::*;

fn any_change() -> impl Strategy<Value = Change> {
    (
        0..=i64::MAX as u64,
        any::<[u8; 16]>(),
        0..=i64::MAX as u64,
        prop::collection::btree_map(any::<u64>(), any_value(), 0..6),
    )
        .prop_map(|(kind, entity, hlc, patch)| Change {
            kind,
            entity: EntityId(entity),
            hlc: Hlc(hlc),
            patch: patch.into_iter().collect(),
        })
}

proptest! {
    #[test]
    fn reads_back_what_it_wrote(change in any_change()) {
        // A patch may nest deeper than the list and the map around it allow: then it is not written.
        if let Ok(bytes) = change.encode() {
            prop_assert_eq!(Change::decode(&bytes), Ok(change));
        }
    }

    #[test]
    fn any_flipped_bit_reads_as_something_else_or_nothing(
        change in any_change(), at in any::<prop::sample::Index>(), bit in 0..8u8,
    ) {
        let Ok(mut bytes) = change.encode() else {
            return Ok(());
        };
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert_ne!(Change::decode(&bytes), Ok(change));
    }
}

#[test]
fn its_bytes_are_the_golden_ones() {
    let change = Change {
        kind: 2,
        entity: EntityId([7; 16]),
        hlc: Hlc::at(1_700_000_000_000),
        patch: SortedMap::from([
            (4, Value::Text("He rode his bike".into())),
            (5, Value::Null),
        ]),
    };
    let expected = "85010250070707070707070707070707070707071b018bcfe568000000a204704865207\
                    26f6465206869732062696b6505f6";
    let hex: String = change
        .encode()
        .unwrap()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(hex, expected.replace(char::is_whitespace, ""));
}

#[test]
fn a_later_version_is_told_apart_from_damage() {
    let later = Value::List(vec![Value::Int(2), Value::Text("unknown".into())]).encode();
    assert_eq!(Change::decode(&later), Err(ChangeError::Later(2)));
    assert_eq!(Change::decode(&[0x80]), Err(ChangeError::Shape));
}

#[test]
fn refuses_a_change_that_other_devices_would_refuse() {
    let change = Change {
        kind: 2,
        entity: EntityId([7; 16]),
        hlc: Hlc(1),
        patch: SortedMap::from([(4, Value::Text("a".repeat(LONGEST_CHANGE)))]),
    };
    assert_eq!(change.encode(), Err(ChangeError::TooLong));
    let nested = (0..7).fold(Value::Null, |inner, _| Value::List(vec![inner]));
    let change = Change {
        patch: SortedMap::from([(4, nested)]),
        ..change
    };
    assert_eq!(
        change.encode(),
        Err(ChangeError::Value(ValueError::TooDeep))
    );
}
