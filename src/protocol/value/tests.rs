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
            prop::collection::btree_map(any::<u64>(), inner, 0..5).prop_map(Value::Map),
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
