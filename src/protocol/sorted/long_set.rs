//! A set in many short lists.

use super::LongMap;

/// A set for what may become many.
#[derive(Clone, Debug)]
pub struct LongSet<T>(LongMap<T, ()>);

impl<T> LongSet<T> {
    /// A set with nothing in it.
    #[must_use]
    pub const fn new() -> Self {
        Self(LongMap::new())
    }

    /// How many it holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, lowest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.0.keys()
    }

    /// Drops what `is_kept` says no to.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&T) -> bool) {
        self.0.retain(|one, ()| is_kept(one));
    }

    /// Drops everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<T: Ord> LongSet<T> {
    /// Whether it is in the set.
    #[must_use]
    pub fn contains(&self, one: &T) -> bool {
        self.0.contains_key(one)
    }

    /// Puts it in; whether it was not there before.
    pub fn insert(&mut self, one: T) -> bool {
        self.0.insert(one, ()).is_none()
    }

    /// Takes it out; whether it was there.
    pub fn remove(&mut self, one: &T) -> bool {
        self.0.remove(one).is_some()
    }
}

impl<T> Default for LongSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> IntoIterator for LongSet<T> {
    type Item = T;
    type IntoIter = std::iter::Map<<LongMap<T, ()> as IntoIterator>::IntoIter, fn((T, ())) -> T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(one, ())| one)
    }
}

impl<T: Ord> Extend<T> for LongSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, more: I) {
        for one in more {
            self.insert(one);
        }
    }
}

impl<T: Ord> FromIterator<T> for LongSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        let mut set = Self::new();
        set.extend(all);
        set
    }
}
