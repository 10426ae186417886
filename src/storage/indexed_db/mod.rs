//! The one place that talks to IndexedDB: core's [`Store`] over a vault's database.
//!
//! A write is one transaction with strict durability, queued without awaiting anything, and
//! answered only after its `complete` event. A connection can end at any time (another tab
//! brings a newer version, the browser's database process dies): then it is opened again.

mod bytes;
mod connection;
mod deletion;
mod migrations;
mod problem;
mod transaction;

pub(crate) use bytes::{from_js as bytes_from_js, to_js as bytes_to_js};
pub(crate) use problem::Problem;

use crate::reserve;
use connection::Connection;
use hearth_core::EntityId;
use hearth_core::ports::{Row, Store, StoreError, Table, Write};
use idb::{Transaction, TransactionMode};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The object store of the vault key, which core knows nothing of.
pub(crate) const KEYS: &str = "keys";

/// How often a lost connection is opened again for one task.
const REOPENINGS: usize = 3;

/// A vault's database. Clones share one connection.
#[derive(Clone)]
pub struct IndexedDb {
    name: Rc<str>,
    connection: Rc<RefCell<Option<Rc<Connection>>>>,
    /// The key's row as it was read first: what comes in the place of a cleared store has another.
    mark: Rc<RefCell<Option<Vec<u8>>>>,
    is_gone: Rc<Cell<bool>>,
    on_close: OnClose,
}

/// Called when the browser ends a connection by itself.
type OnClose = Rc<RefCell<Option<Box<dyn Fn()>>>>;

impl IndexedDb {
    /// The database of a vault; it is made where there is none, with all its object stores.
    ///
    /// # Errors
    /// [`StoreError`]: it does not open.
    pub async fn open(vault: EntityId) -> Result<Self, StoreError> {
        let store = Self {
            name: format!("{}{vault}", crate::vaults::NAME_PREFIX).into(),
            connection: Rc::default(),
            mark: Rc::default(),
            is_gone: Rc::default(),
            on_close: Rc::default(),
        };
        store.with_connection(async |_| Ok(())).await?;
        Ok(store)
    }

    /// Ends the connection; the next use opens it again.
    pub fn close(&self) {
        *self.connection.borrow_mut() = None;
    }

    /// Deletes the database. Whoever else has it open lets go; one that does not is an error, and
    /// then it goes when they end.
    pub(crate) async fn delete(&self) -> Result<(), StoreError> {
        self.close();
        Ok(deletion::delete(&self.name).await?)
    }

    /// Calls `heard` from now on when the browser ends a connection by itself: it may have cleared
    /// the store, which the next use finds out.
    pub fn hear_close(&self, heard: impl Fn() + 'static) {
        *self.on_close.borrow_mut() = Some(Box::new(heard));
    }

    /// Whether the browser cleared the store while it was open here. What lies there now is none
    /// of this store's, and nothing more is read or written.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.is_gone.get()
    }

    /// As a browser does whose database process dies.
    #[cfg(test)]
    pub(crate) fn end_by_force(&self) {
        let connection = self.connection.borrow().clone();
        connection.unwrap().end_by_force();
    }

    /// The key was read: from here on an empty store, or one with another key, is another one.
    pub(crate) fn know(&self, mark: Vec<u8>) {
        *self.mark.borrow_mut() = Some(mark);
    }

    /// One durable transaction over `tables`: everything that `queue` asks for, or nothing.
    /// `queue` may run again, on a new connection, where the first was lost.
    pub(crate) async fn write_in(
        &self,
        tables: &[&str],
        queue: impl Fn(&Transaction) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.with_connection(async |connection| {
            transaction::write(connection.begin_strict(tables)?, &queue).await
        })
        .await
    }

    /// One reading transaction over `tables`. `read` may await nothing but its requests.
    pub(crate) async fn read_in<T>(
        &self,
        tables: &[&str],
        read: impl AsyncFn(&Transaction) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.with_connection(async |connection| {
            let transaction = connection
                .database()
                .transaction(tables, TransactionMode::ReadOnly)?;
            read(&transaction).await
        })
        .await
    }

    async fn with_connection<T>(
        &self,
        task: impl AsyncFn(&Connection) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let mut reopenings = 0;
        loop {
            let outcome = match self.connect().await {
                Ok(connection) => task(&connection).await,
                Err(problem) => Err(problem),
            };
            match outcome {
                Err(Problem::Lost(_)) if reopenings < REOPENINGS => {
                    reopenings += 1;
                    self.close();
                }
                outcome => return outcome,
            }
        }
    }

    async fn connect(&self) -> Result<Rc<Connection>, Problem> {
        let current = self.connection.borrow().clone();
        if let Some(connection) = current.filter(|connection| connection.is_open()) {
            return Ok(connection);
        }
        let mark = self.mark.borrow().clone();
        let may_make = mark.is_none();
        let opening = Connection::open(&self.name, migrations::VERSION, may_make, &self.on_close);
        let connection = match opening.await {
            Ok(connection) if self.is_same(&connection, mark).await? => Rc::new(connection),
            Ok(_) | Err(Problem::Gone) => {
                self.is_gone.set(true);
                return Err(Problem::Gone);
            }
            Err(problem) => return Err(problem),
        };
        *self.connection.borrow_mut() = Some(connection.clone());
        Ok(connection)
    }

    /// Whether the store is the one that was open before: another tab may have begun a new one.
    async fn is_same(
        &self,
        connection: &Connection,
        mark: Option<Vec<u8>>,
    ) -> Result<bool, Problem> {
        if mark.is_none() {
            return Ok(true);
        }
        let transaction = connection
            .database()
            .transaction(&[KEYS], TransactionMode::ReadOnly)?;
        let keys = transaction.object_store(KEYS)?;
        let row = keys.get(crate::vault_key::place())?.await?;
        Ok(row.map(|row| crate::vault_key::mark_of(&row)) == mark)
    }
}

impl Store for IndexedDb {
    async fn write(&self, steps: Vec<Write>) -> Result<(), StoreError> {
        if steps.is_empty() {
            return Ok(());
        }
        let has_media = steps.iter().any(is_media);
        if has_media && !reserve::keep().await {
            return Err(StoreError::Full);
        }
        let mut tables: Vec<&str> = Vec::new();
        for step in &steps {
            let table = step.table().name();
            if !tables.contains(&table) {
                tables.push(table);
            }
        }
        let queue = |transaction: &Transaction| {
            steps
                .iter()
                .try_for_each(|step| transaction::queue(transaction, step))
        };
        let mut may_give_up = !has_media;
        loop {
            match self.write_in(&tables, queue).await {
                Err(Problem::Full) if may_give_up => reserve::give_up().await,
                done => return Ok(done?),
            }
            may_give_up = false;
        }
    }

    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let table = table.name();
        let value = self
            .read_in(&[table], async |transaction| {
                let store = transaction.object_store(table)?;
                Ok(store.get(bytes::to_js(key))?.await?)
            })
            .await?;
        Ok(value.as_ref().map(bytes::value_from_js))
    }

    async fn scan(
        &self,
        table: Table,
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        if limit == 0 {
            // IndexedDB takes 0 for "all".
            return Ok(vec![]);
        }
        let (keys, values) = self
            .read_in(&[table.name()], async |transaction| {
                transaction::read_rows(transaction, table, after, limit).await
            })
            .await?;
        let rows = keys.iter().zip(&values);
        Ok(rows
            .filter_map(|(key, value)| {
                Some((bytes::key_from_js(key)?, bytes::value_from_js(value)))
            })
            .collect())
    }

    async fn keys(&self, table: Table) -> Result<Vec<Vec<u8>>, StoreError> {
        let table = table.name();
        let keys = self
            .read_in(&[table], async |transaction| {
                let store = transaction.object_store(table)?;
                Ok(store.get_all_keys(None, None)?.await?)
            })
            .await?;
        Ok(keys.iter().filter_map(bytes::key_from_js).collect())
    }
}

fn is_media(step: &Write) -> bool {
    matches!(
        step,
        Write::Put {
            table: Table::Blobs,
            ..
        }
    )
}

#[cfg(test)]
mod tests;
