//! One key's place in a sorted map.

/// The place of a key in a [`super::SortedMap`], filled or not.
#[derive(Debug)]
pub struct Entry<'a, K, V> {
    pub(super) list: &'a mut Vec<(K, V)>,
    pub(super) key: K,
    /// Where it is, or where it would go.
    pub(super) found: Result<usize, usize>,
}

impl<'a, K, V> Entry<'a, K, V> {
    /// The value there, made first if there is none.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        let at = match self.found {
            Ok(at) => at,
            Err(at) => {
                self.list.insert(at, (self.key, make()));
                at
            }
        };
        &mut self.list[at].1
    }

    /// The value there, or this one.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// The value there, or the type's first one.
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}
