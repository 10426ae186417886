//! A store in memory, for tests and the simulation. It can be told to fail at a step, so that
//! a crash between any two steps can be played.

use crate::ports::{Row, Source, SourceError, Store, StoreError, Table, Write};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::rc::Rc;

type Rows = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

/// Clones share their rows, as two tabs share a database.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    rows: Rc<RefCell<Rows>>,
    writes_left: Rc<Cell<Option<usize>>>,
    scans_left: Rc<Cell<Option<usize>>>,
    failure: Rc<RefCell<Option<StoreError>>>,
}

impl MemoryStore {
    /// After `writes` more transactions every further one fails with `error`.
    pub fn fail_after(&self, writes: usize, error: StoreError) {
        self.writes_left.set(Some(writes));
        *self.failure.borrow_mut() = Some(error);
    }

    /// After `scans` more of them every further one finds the store lost.
    pub fn lose_after(&self, scans: usize) {
        self.scans_left.set(Some(scans));
    }

    /// Works again.
    pub fn heal(&self) {
        self.writes_left.set(None);
        self.scans_left.set(None);
    }

    /// Changes the bytes of a row behind the engine's back.
    pub fn damage(&self, table: Table, key: &[u8], damage: impl FnOnce(&mut Vec<u8>)) {
        if let Some(value) = self.rows.borrow_mut().get_mut(&(table, key.to_vec())) {
            damage(value);
        }
    }

    /// Every byte of every key and value, for tests that look for what must not be there.
    #[must_use]
    pub fn all_bytes(&self) -> Vec<u8> {
        self.rows
            .borrow()
            .iter()
            .flat_map(|((_, key), value)| [&**key, &**value].concat())
            .collect()
    }
}

impl Store for MemoryStore {
    async fn write(&self, steps: Vec<Write>) -> Result<(), StoreError> {
        match self.writes_left.get() {
            Some(0) => {
                let failure = self.failure.borrow().clone();
                return Err(failure.unwrap_or(StoreError::Full));
            }
            Some(left) => self.writes_left.set(Some(left - 1)),
            None => {}
        }
        let mut rows = self.rows.borrow_mut();
        // What was there before each step, to go back by: a copy of everything would be the largest part of a large store.
        let mut undo = Vec::with_capacity(steps.len());
        for step in steps {
            let (place, value) = match step {
                Write::Put { table, key, value } => ((table, key), Some(value)),
                Write::Delete { table, key } => ((table, key), None),
                Write::Expect { table, key, what } => {
                    let found = rows.get(&(table, key)).map(Vec::as_slice);
                    if what.is_met(found) {
                        continue;
                    }
                    for (place, before) in undo.into_iter().rev() {
                        put(&mut rows, place, before);
                    }
                    return Err(StoreError::Refused("another tab was here".into()));
                }
            };
            let before = put(&mut rows, place.clone(), value);
            undo.push((place, before));
        }
        Ok(())
    }

    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.rows.borrow().get(&(table, key.to_vec())).cloned())
    }

    async fn scan(
        &self,
        table: Table,
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        match self.scans_left.get() {
            Some(0) => return Err(StoreError::Lost("told to".into())),
            left => self.scans_left.set(left.map(|left| left - 1)),
        }
        let start = match after {
            Some(key) => Bound::Excluded((table, key.to_vec())),
            None => Bound::Included((table, vec![])),
        };
        let rows = self.rows.borrow();
        let found = rows
            .range((start, Bound::Unbounded))
            .take_while(|((of, _), _)| *of == table);
        Ok(found
            .take(limit)
            .map(|((_, key), value)| (key.clone(), value.clone()))
            .collect())
    }

    async fn keys(&self, table: Table) -> Result<Vec<Vec<u8>>, StoreError> {
        let rows = self.rows.borrow();
        Ok(rows
            .keys()
            .filter(|(of, _)| *of == table)
            .map(|(_, key)| key.clone())
            .collect())
    }
}

/// A file in memory.
impl Source for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, SourceError> {
        let rest = usize::try_from(from).ok().and_then(|from| self.get(from..));
        let bytes = rest.and_then(|rest| rest.get(..length));
        bytes.map(<[u8]>::to_vec).ok_or_else(SourceError::cut_off)
    }
}

/// Gives back what was there.
fn put(rows: &mut Rows, place: (Table, Vec<u8>), value: Option<Vec<u8>>) -> Option<Vec<u8>> {
    match value {
        Some(value) => rows.insert(place, value),
        None => rows.remove(&place),
    }
}
