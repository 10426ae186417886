//! A map in many short lists.

use std::borrow::Borrow;
use std::ops::{Bound, RangeBounds};

use super::{Iter, LongIter, SortedMap};

/// A list that grows beyond this is cut in two. Entering moves half of it at most.
const LONGEST: usize = 128;

/// A map for what may become many: sorted lists one after the other, none of them empty.
#[derive(Clone, Debug)]
pub struct LongMap<K, V> {
    pub(super) lists: Vec<SortedMap<K, V>>,
    len: usize,
}

impl<K, V> LongMap<K, V> {
    /// A map with nothing in it.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            lists: Vec::new(),
            len: 0,
        }
    }

    /// How many keys it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Everything, lowest key first.
    #[must_use]
    pub fn iter(&self) -> LongIter<'_, K, V> {
        LongIter::over(&self.lists)
    }

    /// The keys, lowest first.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// The values, that of the lowest key first.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// The values, open to change.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.lists.iter_mut().flat_map(SortedMap::values_mut)
    }

    /// Drops what `is_kept` says no to.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&K, &mut V) -> bool) {
        self.lists.retain_mut(|list| {
            list.retain(&mut is_kept);
            !list.is_empty()
        });
        self.len = self.lists.iter().map(SortedMap::len).sum();
    }

    /// Drops everything.
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// What has the highest key.
    #[must_use]
    pub fn last_key_value(&self) -> Option<(&K, &V)> {
        self.lists.last()?.last_key_value()
    }
}

impl<K: Ord, V> LongMap<K, V> {
    /// The list that has the key if any has: the first that does not end before it.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> usize
    where
        K: Borrow<Q>,
    {
        self.lists.partition_point(|list| {
            list.last_key_value()
                .is_some_and(|(last, _)| last.borrow() < key)
        })
    }

    /// The value of a key.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.lists.get(self.place(key))?.get(key)
    }

    /// The value of a key, open to change.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key);
        self.lists.get_mut(at)?.get_mut(key)
    }

    /// Whether the key is there.
    #[must_use]
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Sets the key's value; the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let count = self.lists.len();
        let at = self.place(&key).min(count.saturating_sub(1));
        let Some(list) = self.lists.get_mut(at) else {
            self.lists.push(SortedMap::from([(key, value)]));
            self.len = 1;
            return None;
        };
        let old = list.insert(key, value);
        self.len += usize::from(old.is_none());
        if list.len() > LONGEST {
            // What comes in order leaves full lists behind.
            let kept = if at + 1 == count {
                LONGEST
            } else {
                LONGEST / 2
            };
            let rest = list.split_off(kept);
            self.lists.insert(at + 1, rest);
        }
        old
    }

    /// Takes the key out; the value it had.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key);
        let list = self.lists.get_mut(at)?;
        let value = list.remove(key)?;
        self.len -= 1;
        if list.is_empty() {
            self.lists.remove(at);
        }
        Some(value)
    }

    /// The value of a key, made first if there is none.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V
    where
        K: Copy,
    {
        if !self.contains_key(&key) {
            self.insert(key, make());
        }
        let at = self.place(&key);
        // It is there by now.
        let list = &mut self.lists[at];
        let (Ok(found) | Err(found)) = list.find(&key);
        &mut list.0[found].1
    }

    /// The value of a key, or the type's first one.
    pub fn get_or_default(&mut self, key: K) -> &mut V
    where
        K: Copy,
        V: Default,
    {
        self.get_or_insert_with(key, V::default)
    }

    /// What lies in a range of keys, lowest first.
    pub fn range(&self, range: impl RangeBounds<K>) -> LongIter<'_, K, V> {
        let bounds = (range.start_bound(), range.end_bound());
        let first = self.bounding(bounds.0).unwrap_or(0);
        let last = self.bounding(bounds.1).unwrap_or(self.lists.len());
        let part = |at: usize| match self.lists.get(at) {
            Some(list) => list.range(bounds),
            None => Iter::default(),
        };
        if first >= last {
            return LongIter::of(part(first), &[], Iter::default());
        }
        let between = self.lists.get(first + 1..last).unwrap_or_default();
        LongIter::of(part(first), between, part(last))
    }

    /// What lies between two keys, both of them in it, lowest first, the values open to change.
    pub fn between_mut(&mut self, first: &K, last: &K) -> impl Iterator<Item = (&K, &mut V)> {
        let at = self.place(first);
        let lists = self.lists.iter_mut().skip(at);
        lists
            .flat_map(SortedMap::iter_mut)
            .skip_while(move |(key, _)| *key < first)
            .take_while(move |(key, _)| *key <= last)
    }

    /// The list that a bound falls into.
    fn bounding(&self, bound: Bound<&K>) -> Option<usize> {
        match bound {
            Bound::Included(key) | Bound::Excluded(key) => Some(self.place(key)),
            Bound::Unbounded => None,
        }
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for LongMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for LongMap<K, V> {}

impl<K, V> Default for LongMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
