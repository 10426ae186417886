//! One entry of the chain: signed, one or more acts, all of them or none.
//!
//! Version, place and signer are the same in every version, so an old app chains and keeps
//! what it cannot understand.

use super::act::Act;
use crate::change::VERSION;
use crate::form::{Field, Fields, FormError, Object, from_fields, object, read_any_version};
use crate::id::{DeviceId, Hash};
use crate::key::{BadSignature, Sign, Signature, VerifyKey};
use crate::label::Label;
use crate::limits::{LONGEST_ENTRY, MOST_ACTS};
use crate::value::Value;

object! {
    /// Which entry is the newest: its number, from 1, and its hash.
    pub struct ControlHead, "control head" {
        /// Its number.
        seq: u64 = 1,
        /// Its hash.
        hash: Hash = 2,
    }
}

impl ControlHead {
    /// What stands before the first entry.
    pub const START: Self = Self {
        seq: 0,
        hash: Hash::ZERO,
    };
}

object! {
    /// What is signed of an entry.
    pub struct EntryDraft, "control entry" {
        /// Its place, from 1 without gaps.
        seq: u64 = 1,
        /// Hash of the entry before it.
        prev: Hash = 2,
        /// The device or recovery key that signs.
        signer: DeviceId = 3,
        /// In order.
        acts: Vec<Act> = 4,
    }
}

impl EntryDraft {
    /// Signs it. The bytes of the result are what is stored and sent.
    pub fn sign(&self, signer: &impl Sign) -> SignedEntry {
        let payload = self.encode();
        let hash = Label::Entry.hash(&[&payload]);
        SignedEntry {
            signature: signer.sign(Label::EntrySigned, &[&hash.0]),
            payload,
        }
    }
}

/// An entry as it is stored and sent: `[payload, signature]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedEntry {
    payload: Vec<u8>,
    signature: Signature,
}

/// What an entry says, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The version it was made by.
    pub version: u64,
    /// Its place and name: the hash leaves the signature out.
    pub head: ControlHead,
    /// Hash of the entry before it.
    pub prev: Hash,
    /// Who signed.
    pub signer: DeviceId,
    /// Its acts; `None` in an entry of a later version.
    pub acts: Option<Vec<Act>>,
}

impl SignedEntry {
    /// The bytes of this entry.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        (self.payload.clone(), self.signature).write().encode()
    }

    /// Reads one entry that fills all the bytes. Its signature is not checked yet.
    ///
    /// # Errors
    /// See [`FormError`]; no input panics.
    pub fn decode(bytes: &[u8]) -> Result<Self, FormError> {
        if bytes.len() > LONGEST_ENTRY {
            return Err(FormError::TooLong);
        }
        let (payload, signature) = Field::read(Value::decode(bytes)?)?;
        Ok(Self { payload, signature })
    }

    /// What it says.
    ///
    /// # Errors
    /// See [`FormError`]; an entry of a later version is no error.
    pub fn read(&self) -> Result<Entry, FormError> {
        let (version, mut fields) = read_any_version(&self.payload, LONGEST_ENTRY)?;
        let (draft, acts) = if version == VERSION.unsigned_abs() {
            let mut draft: EntryDraft = from_fields(&mut fields)?;
            if draft.acts.is_empty() || draft.acts.len() > MOST_ACTS {
                return Err(FormError::Shape);
            }
            let acts = std::mem::take(&mut draft.acts);
            (draft, Some(acts))
        } else {
            (outer_form(&mut fields)?, None)
        };
        Ok(Entry {
            version,
            head: ControlHead {
                seq: draft.seq,
                hash: Label::Entry.hash(&[&self.payload]),
            },
            prev: draft.prev,
            signer: draft.signer,
            acts,
        })
    }

    /// Whether the owner of this key signed it.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, key: &VerifyKey) -> Result<(), BadSignature> {
        let hash = Label::Entry.hash(&[&self.payload]);
        key.verify(Label::EntrySigned, &[&hash.0], &self.signature)
    }
}

impl Field for SignedEntry {
    fn read(value: Value) -> Result<Self, FormError> {
        let bytes: Vec<u8> = Field::read(value)?;
        Self::decode(&bytes)
    }

    fn write(&self) -> Value {
        Value::Bytes(self.encode())
    }
}

/// The fields that every version has.
fn outer_form(fields: &mut Fields) -> Result<EntryDraft, FormError> {
    Ok(EntryDraft {
        seq: Field::take(fields, 1)?,
        prev: Field::take(fields, 2)?,
        signer: Field::take(fields, 3)?,
        acts: Vec::new(),
    })
}
