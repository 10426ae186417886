//! One sort for every list.

use std::cmp::Ordering;

/// Collects one by one: `collect` into a `BTreeMap` or `BTreeSet` sorts first, and brings a
/// sort of its own for every pair of types.
pub fn gather<C: Default + Extend<T>, T>(all: impl IntoIterator<Item = T>) -> C {
    let mut gathered = C::default();
    gathered.extend(all);
    gathered
}

/// Sorts a list by what `key` says of each, asked once; those with equal keys stay as they stood.
pub fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if list.len() < 2 {
        return;
    }
    let keys: Vec<K> = list.iter().map(key).collect();
    let places = sort_places(keys.len(), &mut |a, b| keys.get(a).cmp(&keys.get(b)));
    let mut taken: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    let in_order = places
        .into_iter()
        .filter_map(|at| taken.get_mut(at)?.take());
    list.extend(in_order);
}

/// Where to look for the first, the second, the third. One for all types: the comparison is told.
fn sort_places(count: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| order(*a, *b));
    places
}
