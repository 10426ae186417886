use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{LongMap, LongSet, SortedMap, SortedSet, gather, sort_by_key};

fn pairs() -> impl Strategy<Value = Vec<(u8, u32)>> {
    proptest::collection::vec((any::<u8>(), any::<u32>()), 0..80)
}

/// Enough for several lists of a long map.
fn many() -> impl Strategy<Value = Vec<(u16, u32)>> {
    let key = prop_oneof![any::<u16>(), 0..300_u16];
    proptest::collection::vec((key, any::<u32>()), 0..900)
}

proptest! {
    #[test]
    fn a_sorted_map_answers_as_a_tree_does(put in pairs(), taken in proptest::collection::vec(any::<u8>(), 0..40), from: u8, to: u8) {
        let (mut list, mut tree) = (SortedMap::new(), BTreeMap::new());
        for (key, value) in put {
            prop_assert_eq!(list.insert(key, value), tree.insert(key, value));
        }
        for key in taken {
            prop_assert_eq!(list.get(&key), tree.get(&key));
            prop_assert_eq!(list.contains_key(&key), tree.contains_key(&key));
            prop_assert_eq!(list.remove(&key), tree.remove(&key));
        }
        prop_assert_eq!(list.len(), tree.len());
        prop_assert!(list.iter().eq(tree.iter()));
        prop_assert!(list.iter().rev().eq(tree.iter().rev()));
        prop_assert_eq!(list.last_key_value(), tree.last_key_value());
        let (from, to) = (from.min(to), from.max(to));
        prop_assert!(list.range(from..to).eq(tree.range(from..to)));
        prop_assert!(list.range(from..=to).eq(tree.range(from..=to)));
        prop_assert!(list.range(..to).eq(tree.range(..to)));
        let held = list.entry(from).or_default();
        *held = held.wrapping_add(1);
        let value = tree.entry(from).or_default();
        *value = value.wrapping_add(1);
        prop_assert!(list.into_iter().eq(tree));
    }

    #[test]
    fn a_long_map_answers_as_a_tree_does(
        put in many(),
        taken in proptest::collection::vec(any::<u16>(), 0..400),
        from: u16,
        to: u16,
        is_in_order: bool,
    ) {
        let mut put = put;
        if is_in_order {
            put.sort_by_key(|(key, _)| *key);
        }
        let (mut long, mut tree) = (LongMap::new(), BTreeMap::new());
        for (key, value) in put {
            prop_assert_eq!(long.insert(key, value), tree.insert(key, value));
        }
        for key in taken {
            prop_assert_eq!(long.get(&key), tree.get(&key));
            prop_assert_eq!(long.contains_key(&key), tree.contains_key(&key));
            prop_assert_eq!(long.remove(&key), tree.remove(&key));
            *long.get_or_default(key / 3) ^= 1;
            *tree.entry(key / 3).or_default() ^= 1;
        }
        prop_assert_eq!(long.len(), tree.len());
        prop_assert!(long.iter().eq(tree.iter()));
        prop_assert!(long.iter().rev().eq(tree.iter().rev()));
        prop_assert!(long.keys().eq(tree.keys()));
        prop_assert!(long.values().eq(tree.values()));
        prop_assert_eq!(long.last_key_value(), tree.last_key_value());
        let (from, to) = (from.min(to), from.max(to));
        prop_assert!(long.range(from..to).eq(tree.range(from..to)));
        prop_assert!(long.range(from..=to).rev().eq(tree.range(from..=to).rev()));
        prop_assert!(long.range(..to).eq(tree.range(..to)));
        prop_assert!(long.range(from..).eq(tree.range(from..)));
        prop_assert!(long.between_mut(&from, &to).eq(tree.range_mut(from..=to)));
        long.retain(|key, _| key % 5 == 0);
        tree.retain(|key, _| key % 5 == 0);
        prop_assert_eq!(long.len(), tree.len());
        prop_assert!(long.values_mut().eq(tree.values_mut()));
        prop_assert!(long.into_iter().eq(tree));
    }

    #[test]
    fn a_long_set_answers_as_a_tree_does(put: Vec<u16>, taken: Vec<u16>) {
        let mut long: LongSet<u16> = put.iter().copied().collect();
        let mut tree: BTreeSet<u16> = gather(put);
        for one in taken {
            prop_assert_eq!(long.insert(one), tree.insert(one));
            prop_assert_eq!(long.remove(&one), tree.remove(&one));
            prop_assert!(!long.contains(&one));
        }
        prop_assert_eq!(long.len(), tree.len());
        prop_assert!(long.iter().eq(tree.iter()));
        prop_assert!(long.into_iter().eq(tree));
    }

    #[test]
    fn a_sorted_set_answers_as_a_tree_does(put: Vec<u8>, taken: Vec<u8>) {
        let mut list: SortedSet<u8> = put.iter().copied().collect();
        let mut tree: BTreeSet<u8> = gather(put);
        for one in taken {
            prop_assert_eq!(list.insert(one), tree.insert(one));
            prop_assert_eq!(list.remove(&one), tree.remove(&one));
            prop_assert!(!list.contains(&one));
        }
        prop_assert!(list.iter().eq(tree.iter()));
        prop_assert_eq!(list.first(), tree.first());
    }

    #[test]
    fn a_list_is_sorted_as_std_sorts_it(mut list in pairs()) {
        let mut expected = list.clone();
        expected.sort_by_key(|(key, _)| *key % 8);
        sort_by_key(&mut list, |(key, _)| *key % 8);
        prop_assert_eq!(list, expected);
    }
}
