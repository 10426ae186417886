//! The pack: what is inside a body. A head that says what its author had seen, and the changes,
//! each with a salt of its own, so that one can be taken out and leave nothing to guess at.

use crate::change::{Change, ChangeError, VERSION};
use crate::form::{Field, FormError, Object, object, read_versioned};
use crate::id::{DeviceId, Hash, LogId};
use crate::label::Label;
use crate::limits::{LONGEST_CHANGE, LONGEST_PACK, MOST_CHANGES, MOST_SEEN};
use crate::value::Value;
use minicbor::Encoder;

/// Bytes to make room for, for each change: of a story of some lines, and its salt.
const USUAL_ITEM: usize = 640;

/// Why bytes are not a pack, or changes cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Not of the form of a pack.
    #[error(transparent)]
    Form(#[from] FormError),
    /// Too many changes, or too long together.
    #[error("more than a pack holds")]
    TooMuch,
}

object! {
    /// What the author had seen when it wrote this pack.
    pub struct PackHead, "pack head" {
        /// 16 random bytes, so that the hash of this head tells nobody what is in it.
        salt: [u8; 16] = 1,
        /// The newest frame of each other device, where it moved since the author's last pack.
        seen: Vec<Seen> = 2,
        /// How far the author's copy of the log went: its name, the last row's number, 8 bytes of
        /// the running hash there.
        log: Option<(LogId, u64, [u8; 8])> = 3,
    }
}

object! {
    /// A frame that was seen. Where the 8 bytes do not match, it counts as not seen.
    pub struct Seen, "seen" {
        /// Whose frame.
        device: DeviceId = 1,
        /// Its number.
        dev_seq: u64 = 2,
        /// The first 8 bytes of its header's hash.
        header: [u8; 8] = 3,
    }
}

/// One place in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackItem {
    /// A change, as its author wrote it.
    Kept {
        /// 16 random bytes.
        salt: [u8; 16],
        /// See [`Change`].
        change: Vec<u8>,
    },
    /// A change was here; its hash stays.
    TakenOut(Hash),
}

/// The content of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The bytes of its [`PackHead`].
    head: Vec<u8>,
    /// In the order they were made.
    items: Vec<PackItem>,
}

impl Pack {
    /// Packs changes, each with its salt.
    ///
    /// # Errors
    /// [`PackError::TooMuch`]: make two frames of them.
    pub fn new(
        head: &PackHead,
        changes: impl IntoIterator<Item = ([u8; 16], Vec<u8>)>,
    ) -> Result<Self, PackError> {
        let changes = changes.into_iter();
        Self {
            head: head.encode(),
            items: changes
                .map(|(salt, change)| PackItem::Kept { salt, change })
                .collect(),
        }
        .check()
    }

    /// What its author had seen.
    ///
    /// # Errors
    /// See [`FormError`].
    pub fn head(&self) -> Result<PackHead, FormError> {
        let head = PackHead::decode(&self.head, LONGEST_PACK)?;
        if head.seen.len() > MOST_SEEN {
            return Err(FormError::Shape);
        }
        Ok(head)
    }

    /// What is in it, in order.
    #[must_use]
    pub fn items(&self) -> &[PackItem] {
        &self.items
    }

    /// The change at a place, if it is still there.
    ///
    /// # Errors
    /// See [`ChangeError`]; a change of a later version stays in the bytes.
    pub fn change(&self, index: usize) -> Result<Option<Change>, ChangeError> {
        match self.items.get(index) {
            Some(PackItem::Kept { change, .. }) => Change::decode(change).map(Some),
            _ => Ok(None),
        }
    }

    /// What the header signs: the hash over the hashes of head and items.
    #[must_use]
    pub fn root(&self) -> Hash {
        root_of(&self.hashes())
    }

    /// Takes the change at this place out; the root stays as it was.
    pub fn take_out(&mut self, index: usize) {
        if let Some(item) = self.items.get_mut(index) {
            *item = PackItem::TakenOut(item.hash());
        }
    }

    /// The hash of the head, then of each item.
    pub(super) fn hashes(&self) -> Vec<Hash> {
        let head = Label::PackHead.hash(&[&self.head]);
        let items = self.items.iter().map(PackItem::hash);
        std::iter::once(head).chain(items).collect()
    }

    /// The bytes of its [`PackForm`], each copied once: ten thousand saves are told in packs.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.head.len() + self.items.len() * USUAL_ITEM);
        // Writing to a Vec cannot fail.
        let _: Result<(), minicbor::encode::Error<_>> = self.write(&mut Encoder::new(&mut bytes));
        bytes
    }

    fn encoded_length(&self) -> usize {
        let mut length = Length(0);
        // Counting cannot fail.
        let _: Result<(), minicbor::encode::Error<_>> = self.write(&mut Encoder::new(&mut length));
        length.0
    }

    fn write<W: minicbor::encode::Write>(
        &self,
        out: &mut Encoder<W>,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        out.map(3)?.u8(0)?.i64(VERSION)?;
        out.u8(1)?.bytes(&self.head)?;
        out.u8(2)?.array(self.items.len() as u64)?;
        for item in &self.items {
            match item {
                PackItem::Kept { salt, change } => out.array(2)?.bytes(salt)?.bytes(change)?,
                PackItem::TakenOut(hash) => out.bytes(&hash.0)?,
            };
        }
        Ok(())
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, PackError> {
        let mut fields = read_versioned(bytes, LONGEST_PACK)?;
        let PackForm { head, items } = crate::form::from_fields(&mut fields)?;
        let pack = Self { head, items }.check()?;
        pack.head()?;
        Ok(pack)
    }

    fn check(self) -> Result<Self, PackError> {
        let fits = self.items.iter().all(|item| match item {
            PackItem::Kept { change, .. } => change.len() <= LONGEST_CHANGE,
            PackItem::TakenOut(_) => true,
        });
        if !fits || self.items.len() > MOST_CHANGES || self.encoded_length() > LONGEST_PACK {
            return Err(PackError::TooMuch);
        }
        Ok(self)
    }
}

/// Counts what is written to it.
struct Length(usize);

impl minicbor::encode::Write for Length {
    type Error = core::convert::Infallible;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        self.0 += bytes.len();
        Ok(())
    }
}

impl PackItem {
    pub(super) fn hash(&self) -> Hash {
        match self {
            Self::Kept { salt, change } => hash_change(salt, change),
            Self::TakenOut(hash) => *hash,
        }
    }
}

impl Field for PackItem {
    fn read(value: Value) -> Result<Self, FormError> {
        match value {
            Value::List(_) => {
                let (salt, change) = Field::read(value)?;
                Ok(Self::Kept { salt, change })
            }
            _ => Field::read(value).map(Self::TakenOut),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Kept { salt, change } => (*salt, change.clone()).write(),
            Self::TakenOut(hash) => hash.write(),
        }
    }
}

pub(super) fn hash_change(salt: &[u8; 16], change: &[u8]) -> Hash {
    Label::Change.hash(&[salt, change])
}

pub(super) fn root_of(hashes: &[Hash]) -> Hash {
    let parts: Vec<&[u8]> = hashes.iter().map(|hash| &hash.0[..]).collect();
    Label::Root.hash(&parts)
}

object! {
    /// How a pack lies in a body.
    pub(crate) struct PackForm, "pack" {
        /// The bytes of the pack head.
        head: Vec<u8> = 1,
        /// `[salt, change]`, or the hash of a change that was taken out.
        items: Vec<PackItem> = 2,
    }
}
