//! Bytes from somebody who means harm, for every object of the protocol: nothing panics, what is
//! taken has one spelling, and what it may hold is bounded.

use crate::control::*;
use crate::exchange::*;
use crate::form::{FormError, Object};
use crate::frame::*;
use crate::grant::Grant;
use crate::id::Hash;
use crate::invite::*;
use crate::key::DeviceKeys;
use crate::limits::{LONGEST_EXCHANGE, MOST_ITEMS};
use crate::log::*;
use crate::request::ServerTime;
use crate::sample::*;
use crate::sorted::SortedMap;
use crate::tables::every_object;
use crate::value::tests::any_value;
use crate::{Value, ValueError};
use proptest::prelude::*;
use std::sync::LazyLock;

/// An object read from bytes and written again.
type Read = fn(&[u8]) -> Result<Vec<u8>, FormError>;

fn reader<T: Object>() -> (&'static [(u64, &'static str)], Read) {
    let read: Read = |bytes| T::decode(bytes, LONGEST_EXCHANGE).map(|object| object.encode());
    (T::FIELDS, read)
}

/// Whatever is taken is written as it came.
fn check_all(bytes: &[u8]) -> Result<(), TestCaseError> {
    for (fields, read) in every_object!(reader) {
        if let Ok(written) = read(bytes) {
            prop_assert_eq!(written, bytes, "{:?}", fields);
        }
    }
    Ok(())
}

/// Real messages, of many nested objects.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let world = World::peopled();
    let (frame, _) = world.frame(2, 1, Hash::ZERO, 3);
    let bundle = crate::invite::tests::bundle();
    let entry = world.sign(1, vec![removed(2, vec![cut(2, 5)]), world.advanced(1)]);
    let draft = EntryDraft {
        seq: 9,
        prev: Hash([1; 32]),
        signer: device(1).id(),
        acts: entry.read().unwrap().acts.unwrap(),
    };
    vec![
        crate::exchange::tests::request().encode(),
        crate::exchange::tests::answer().encode(),
        frame.header.bytes().to_vec(),
        frame.body,
        draft.encode(),
        bundle.encode(),
        device(1).keys().encode(),
    ]
});

/// A map with the fields of some object and anything in them.
fn any_object() -> impl Strategy<Value = Vec<u8>> {
    let fields = prop::collection::btree_map(1..12u64, any_value(), 0..8);
    fields.prop_map(|fields| {
        let mut fields: SortedMap<u64, Value> = fields.into_iter().collect();
        fields.insert(0, Value::Int(1));
        Value::Map(fields).encode()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_is_taken_in_two_spellings(
        noise in prop::collection::vec(any::<u8>(), 0..300), object in any_object(),
        seed in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
        put in prop::collection::vec(any::<u8>(), 0..6), cut in 0..6usize,
    ) {
        check_all(&noise)?;
        check_all(&object)?;
        let mut mutated = SEEDS[seed.index(SEEDS.len())].clone();
        check_all(&mutated)?;
        let from = at.index(mutated.len());
        let to = (from + cut).min(mutated.len());
        mutated.splice(from..to, put);
        check_all(&mutated)?;
    }
}

#[test]
fn no_field_of_any_object_is_a_way_to_fill_the_memory() {
    let lists = Value::List(vec![Value::List(vec![]); MOST_ITEMS]);
    for (fields, read) in every_object!(reader) {
        for (number, name) in fields {
            let map = SortedMap::from([(0, Value::Int(1)), (*number, lists.clone())]);
            let refused = read(&Value::Map(map).encode());
            let expected = FormError::Value(ValueError::TooMany);
            assert_eq!(refused, Err(expected), "{name}");
        }
    }
}
