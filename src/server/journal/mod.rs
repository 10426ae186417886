//! What must outlive the database and its backups: control entries with their keys, and what was erased. Written beside the database before
//! anything is acknowledged, and done again at every start, so that a restored backup neither forgets who was removed nor
//! brings an erased word back.

use std::fmt::Debug;
use std::io;

use hearth_protocol::control::SignedEntry;
use hearth_protocol::form::{Field, FormError};
use hearth_protocol::frame::Place;
use hearth_protocol::grant::Grant;
use hearth_protocol::{BlobId, CircleId, DeviceId, Hash, StreamId, Value};

use crate::api::{Api, No};
use crate::db::{Database, DatabaseError, Erasure};

mod file;
mod replay;

pub use file::FileJournal;
pub use replay::replay;

/// Where records go.
pub trait Journal: Debug + Send + Sync {
    /// Keeps a record on durable storage. After a failure every further one fails as well, until the server is started again.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn keep(&self, record: &Record) -> io::Result<()>;
}

/// Something that must not be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A control entry that was appended.
    Entry {
        /// To which circle.
        circle: CircleId,
        /// The entry.
        entry: SignedEntry,
        /// The keys that came with it. Its signer may never have heard that it was appended, and
        /// then nobody else has them.
        grants: Vec<Grant>,
    },
    /// Bodies and attachments that went.
    Erased(Erased),
}

/// Bodies and attachments that went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// From which stream.
    pub place: Place,
    /// The frames, with the bodies that took the place.
    pub frames: Vec<Erasure>,
    /// The attachments.
    pub blobs: Vec<BlobId>,
}

type EntryForm = (u64, CircleId, SignedEntry);
type KeyedForm = (u64, CircleId, SignedEntry, Vec<Grant>);
type FrameForm = (DeviceId, u64, Hash, Vec<u8>);
type ErasedForm = (u64, (CircleId, StreamId), Vec<FrameForm>, Vec<BlobId>);

const ENTRY: u64 = 1;
const ERASED: u64 = 2;
/// An entry with keys.
const KEYED: u64 = 3;

impl Record {
    /// Its bytes: deterministic CBOR, a list that begins with the number of its kind.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let value = match self {
            Self::Entry {
                circle,
                entry,
                grants,
            } if grants.is_empty() => (ENTRY, *circle, entry.clone()).write(),
            Self::Entry {
                circle,
                entry,
                grants,
            } => (KEYED, *circle, entry.clone(), grants.clone()).write(),
            Self::Erased(erased) => {
                let frames = erased.frames.iter().map(|erasure| {
                    let Erasure {
                        device,
                        dev_seq,
                        header,
                        body,
                    } = erasure.clone();
                    (device, dev_seq, header, body)
                });
                let place = (erased.place.circle, erased.place.stream);
                let form: ErasedForm = (ERASED, place, frames.collect(), erased.blobs.clone());
                form.write()
            }
        };
        value.encode()
    }

    /// Reads one that fills all the bytes.
    ///
    /// # Errors
    /// See [`FormError`]; no input panics.
    pub fn decode(bytes: &[u8]) -> Result<Self, FormError> {
        let value = Value::decode(bytes)?;
        let kind = value.as_list().and_then(|parts| parts.first()?.as_int());
        if kind == i64::try_from(ENTRY).ok() {
            let (_, circle, entry) = EntryForm::read(value)?;
            return Ok(Self::Entry {
                circle,
                entry,
                grants: Vec::new(),
            });
        }
        if kind == i64::try_from(KEYED).ok() {
            let (_, circle, entry, grants) = KeyedForm::read(value)?;
            return Ok(Self::Entry {
                circle,
                entry,
                grants,
            });
        }
        let (kind, (circle, stream), frames, blobs) = ErasedForm::read(value)?;
        let frames = frames.into_iter();
        match kind {
            ERASED => Ok(Self::Erased(Erased {
                place: Place { circle, stream },
                frames: frames
                    .map(|(device, dev_seq, header, body)| Erasure {
                        device,
                        dev_seq,
                        header,
                        body,
                    })
                    .collect(),
                blobs,
            })),
            _ => Err(FormError::Shape),
        }
    }
}

impl<D: Database> Api<D> {
    pub(crate) fn write_journal(&self, record: &Record) -> Result<(), No> {
        let Some(journal) = &self.journal else {
            return Ok(());
        };
        journal.keep(record).map_err(|error| {
            tracing::error!(%error, "the journal could not be written");
            DatabaseError::Journal.into()
        })
    }
}
