//! Going through a long map, and filling one.

use super::{Iter, LongMap, SortedMap};

/// What is in a [`LongMap`], lowest key first.
#[derive(Debug)]
pub struct LongIter<'a, K, V> {
    front: Iter<'a, K, V>,
    between: &'a [SortedMap<K, V>],
    back: Iter<'a, K, V>,
}

impl<'a, K, V> LongIter<'a, K, V> {
    pub(super) fn of(
        front: Iter<'a, K, V>,
        between: &'a [SortedMap<K, V>],
        back: Iter<'a, K, V>,
    ) -> Self {
        Self {
            front,
            between,
            back,
        }
    }

    pub(super) fn over(lists: &'a [SortedMap<K, V>]) -> Self {
        Self::of(Iter::default(), lists, Iter::default())
    }
}

impl<K, V> Clone for LongIter<'_, K, V> {
    fn clone(&self) -> Self {
        Self::of(self.front.clone(), self.between, self.back.clone())
    }
}

impl<'a, K, V> Iterator for LongIter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.front.next() {
                return Some(next);
            }
            let Some((first, rest)) = self.between.split_first() else {
                return self.back.next();
            };
            (self.front, self.between) = (first.iter(), rest);
        }
    }
}

impl<K, V> DoubleEndedIterator for LongIter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.back.next_back() {
                return Some(next);
            }
            let Some((last, rest)) = self.between.split_last() else {
                return self.front.next_back();
            };
            (self.back, self.between) = (last.iter(), rest);
        }
    }
}

impl<'a, K, V> IntoIterator for &'a LongMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = LongIter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K, V> IntoIterator for LongMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<SortedMap<K, V>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.lists.into_iter().flatten()
    }
}

impl<K: Ord, V> Extend<(K, V)> for LongMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, more: I) {
        for (key, value) in more {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for LongMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(all: I) -> Self {
        let mut map = Self::new();
        map.extend(all);
        map
    }
}
