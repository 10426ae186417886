use super::*;
use proptest::prelude::*;

pub(crate) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        ".{0,40}".prop_map(Value::Text),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::btree_map(any::<u64>(), inner, 0..5)
                .prop_map(|map| Value::Map(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_back_what_it_wrote(value in any_value()) {
        prop_assert_eq!(Value::decode(&value.encode()), Ok(value));
    }

    #[test]
    fn never_panics_on_noise(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Value::decode(&bytes);
    }

    #[test]
    fn has_one_spelling_only(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        if let Ok(value) = Value::decode(&bytes) {
            prop_assert_eq!(value.encode(), bytes);
        }
    }
}

#[test]
fn refuses_other_spellings_of_a_value() {
    let cases: [(&str, &[u8]); 7] = [
        ("a long zero", &[0x18, 0x00]),
        ("a trailing byte", &[0x00, 0x00]),
        ("an indefinite list", &[0x9f, 0x00, 0xff]),
        ("a repeated key", &[0xa2, 0x01, 0x00, 0x01, 0x00]),
        ("keys out of order", &[0xa2, 0x02, 0x00, 0x01, 0x00]),
        ("a float", &[0xf9, 0x00, 0x00]),
        ("a tag", &[0xc0, 0x00]),
    ];
    for (name, bytes) in cases {
        assert!(Value::decode(bytes).is_err(), "{name} was taken");
    }
}

#[test]
fn refuses_to_go_deeper_than_its_limit() {
    let mut bytes = vec![0x81; 9];
    bytes.push(0x00);
    assert_eq!(Value::decode(&bytes), Err(ValueError::TooDeep));
    assert!(Value::decode(&bytes[1..]).is_ok());
}

/// A list of as many of these bytes as a whole exchange has room for.
fn filled_with(unit: &[u8]) -> Vec<u8> {
    let count = (crate::limits::LONGEST_EXCHANGE - 5) / unit.len();
    let mut bytes = vec![0x9a];
    bytes.extend(u32::try_from(count).unwrap().to_be_bytes());
    bytes.extend(unit.repeat(count));
    bytes
}

/// How many things lie in a value, and how many of them, itself included, are maps.
fn count(value: &Value) -> (usize, usize) {
    let (own, inner): (usize, Vec<&Value>) = match value {
        Value::List(items) => (0, items.iter().collect()),
        Value::Map(entries) => (1, entries.values().collect()),
        _ => (0, vec![]),
    };
    let counts = inner.iter().map(|value| count(value));
    counts.fold((inner.len(), own), |sum, more| {
        (sum.0 + more.0, sum.1 + more.1)
    })
}

#[test]
fn a_short_message_cannot_fill_the_memory() {
    let deep_lists = [0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x00];
    let deep_maps = [0xa1, 0, 0xa1, 0, 0xa1, 0, 0xa1, 0, 0xa1, 0, 0xa1, 0, 0];
    for unit in [
        &[0x00][..],
        &[0x80],
        &[0xa0],
        &[0x81, 0x00],
        &[0xa1, 0, 0],
        &deep_lists,
        &deep_maps,
    ] {
        let read = Value::decode(&filled_with(unit)).map(drop);
        assert_eq!(read, Err(ValueError::TooMany), "{unit:02x?}");
    }
}

#[test]
fn a_length_that_is_only_claimed_is_refused() {
    for bytes in [
        &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..],
        &[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x9a, 0x00, 0x01, 0xff, 0xff],
        &[0x82, 0x00],
    ] {
        assert!(Value::decode(bytes).is_err(), "{bytes:02x?}");
    }
}

#[test]
fn as_much_as_is_allowed_is_read_and_no_more() {
    let read = |item: Value, number| {
        let bytes = Value::List(vec![item; number]).encode();
        Value::decode(&bytes).map(drop)
    };
    let map = Value::Map(SortedMap::new());
    assert_eq!(read(Value::Null, MOST_ITEMS), Ok(()));
    assert_eq!(read(Value::Null, MOST_ITEMS + 1), Err(ValueError::TooMany));
    assert_eq!(read(map.clone(), MOST_MAPS), Ok(()));
    assert_eq!(read(map, MOST_MAPS + 1), Err(ValueError::TooMany));
}

proptest! {
    #[test]
    fn what_is_read_is_bounded(bytes in prop::collection::vec(prop_oneof![Just(0x81), Just(0xa1), Just(0x80), 0..4u8], 0..400)) {
        if let Ok(value) = Value::decode(&bytes) {
            let (items, maps) = count(&value);
            prop_assert!(items <= MOST_ITEMS && maps <= MOST_MAPS);
        }
    }
}

#[test]
fn a_map_is_refused_at_its_first_key_that_is_out_of_order() {
    // {1: null, 0: and then nothing}: what would follow is never read.
    assert_eq!(
        Value::decode(&[0xa2, 0x01, 0xf6, 0x00]),
        Err(ValueError::NotCanonical)
    );
    assert_eq!(
        Value::decode(&[0xa2, 0x01, 0xf6, 0x01]),
        Err(ValueError::NotCanonical)
    );
}
