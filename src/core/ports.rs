//! What the engine asks of the world: a store that keeps rows, a clock, random bytes.
//!
//! The store sees sealed bytes only. One [`Store::write`] is one transaction: all of it is
//! durable when it answers, or none of it happened.

use crate::Day;
use hearth_protocol::Millis;

/// The parts of a store. Names are part of the format: `docs/store-format.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Small facts of the vault.
    Meta,
    /// Every save there ever was, in order of time.
    Changes,
    /// What is being written now.
    Drafts,
    /// Photos and thumbnails.
    Blobs,
    /// Circles: who this phone is there, keys, entries, how far each log is known.
    Circles,
    /// Frames: our own and other people's.
    Frames,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 6] = [
        Self::Meta,
        Self::Changes,
        Self::Drafts,
        Self::Blobs,
        Self::Circles,
        Self::Frames,
    ];

    /// Its name on disk and in the sealing of its rows.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Changes => "changes",
            Self::Drafts => "drafts",
            Self::Blobs => "blobs",
            Self::Circles => "circles",
            Self::Frames => "frames",
        }
    }
}

/// One step of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Keeps a row, over an older one of the same key.
    Put {
        /// Where.
        table: Table,
        /// Under which key.
        key: Vec<u8>,
        /// The sealed bytes.
        value: Vec<u8>,
    },
    /// Forgets a row; fine where there is none.
    Delete {
        /// Where.
        table: Table,
        /// Which key.
        key: Vec<u8>,
    },
    /// Changes nothing, and undoes the whole transaction where another tab was here meanwhile.
    Expect {
        /// Where.
        table: Table,
        /// Under which key.
        key: Vec<u8>,
        /// What must be there when the transaction begins.
        what: Expected,
    },
}

impl Write {
    /// The table that the step touches.
    #[must_use]
    pub fn table(&self) -> Table {
        match self {
            Self::Put { table, .. } | Self::Delete { table, .. } | Self::Expect { table, .. } => {
                *table
            }
        }
    }
}

/// What a transaction counts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// No row.
    Nothing,
    /// A row, whatever it says.
    Something,
    /// A row of exactly these sealed bytes.
    Exactly(Vec<u8>),
}

impl Expected {
    /// Whether what was found is what was counted on.
    #[must_use]
    pub fn is_met(&self, found: Option<&[u8]>) -> bool {
        match self {
            Self::Nothing => found.is_none(),
            Self::Something => found.is_some(),
            Self::Exactly(bytes) => found == Some(bytes),
        }
    }
}

/// A key and its value.
pub type Row = (Vec<u8>, Vec<u8>);

/// Why a store did not do what was asked. Nothing of the transaction happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no room: words can still fit where a photo does not.
    #[error("the phone has no room left for this")]
    Full,
    /// The connection was lost, and opening it again did not help.
    #[error("the store does not answer: {0}")]
    Lost(String),
    /// A newer version of the app wrote the store: this one does not open it.
    #[error("the store is of a newer version")]
    Later,
    /// What was open is not there any more: the browser cleared it.
    #[error("the browser cleared the store")]
    Gone,
    /// The transaction was refused or undone.
    #[error("the store refused: {0}")]
    Refused(String),
}

/// Keeps rows by table and key, keys in the order of their bytes.
#[expect(
    async_fn_in_trait,
    reason = "one thread in the browser; the native stores are for tests"
)]
pub trait Store {
    /// Does all the steps in one durable transaction, in their order, or none of them.
    ///
    /// # Errors
    /// [`StoreError`], and then nothing was written; [`StoreError::Refused`] where a
    /// [`Write::Expect`] was not met.
    async fn write(&self, steps: Vec<Write>) -> Result<(), StoreError>;

    /// The value of a key, if there is one.
    ///
    /// # Errors
    /// [`StoreError::Lost`]
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Up to `limit` rows whose key is greater than `after`, in order.
    ///
    /// # Errors
    /// [`StoreError::Lost`]
    async fn scan(
        &self,
        table: Table,
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError>;

    /// Every key of a table, in order.
    ///
    /// # Errors
    /// [`StoreError::Lost`]
    async fn keys(&self, table: Table) -> Result<Vec<Vec<u8>>, StoreError>;
}

/// A file that somebody chose, read in pieces and never whole.
#[expect(
    async_fn_in_trait,
    reason = "one thread in the browser; the native ones are for tests"
)]
pub trait Source {
    /// Its bytes.
    fn length(&self) -> u64;

    /// So many of its bytes from there on. Never asked past its end.
    ///
    /// # Errors
    /// [`SourceError`]
    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, SourceError>;
}

/// The file can no longer be read: it was moved or deleted, or its stick was pulled out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file can no longer be read: {0}")]
pub struct SourceError(pub String);

impl SourceError {
    /// It is shorter than it was.
    #[must_use]
    pub fn cut_off() -> Self {
        Self("it is shorter than it was".into())
    }
}

/// Tells the time. It may be wrong by years: nothing is ever refused for it.
pub trait Clock {
    /// Milliseconds since 1970.
    fn now(&self) -> Millis;

    /// Minutes east of UTC at a moment.
    fn offset(&self, at: Millis) -> i32;

    /// The day of a moment, where the person is.
    fn day_of(&self, at: Millis) -> Day {
        Day::from_millis(at, self.offset(at))
    }

    /// Today, where the person is.
    fn today(&self) -> Day {
        self.day_of(self.now())
    }
}

/// The system has no random bytes to give. Nothing can be sealed without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this phone gives no random numbers")]
pub struct NoRandomness;

/// Gives random bytes that nobody can guess.
pub trait Random {
    /// Fills the bytes.
    ///
    /// # Errors
    /// [`NoRandomness`]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}
