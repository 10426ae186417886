//! The answers to a pushed frame or entry. A frame that is not taken stays on the phone,
//! readable, whatever the answer says.

use crate::control::{AuthorshipError, ControlError, RuleBroken};
use crate::form::{Field, FormError, numbered};
use crate::value::Value;

numbered! {
    /// What became of a frame.
    pub enum FrameCode {
        /// Appended as this row.
        New = 1,
        /// It is this row already.
        Duplicate = 2,
        /// This number of its device comes first.
        Gap = 3,
        /// Another frame has its number: this store was cloned or went back.
        Conflict = 4,
        /// Seal its body again, in this epoch.
        StaleEpoch = 5,
        /// Not taken; see [`Refusal`].
        Refused = 6,
    }
}

numbered! {
    /// Why a frame is not taken.
    pub enum Refusal {
        /// Not a frame.
        Malformed = 1,
        /// Longer than a frame may be.
        TooLong = 2,
        /// Not signed by its device.
        BadSignature = 3,
        /// Its device is not active.
        NotActive = 4,
        /// Its device may not write there.
        MayNotWrite = 5,
        /// Its device is held, for a removal that is on its way.
        Held = 6,
        /// The server is full, or the circle's share is.
        Quota = 7,
        /// Of a version that the server does not know.
        LaterVersion = 8,
        /// Beyond the cut of its device.
        BeyondCut = 9,
        /// It names a control entry that the server does not have.
        OtherControl = 10,
        /// The circle has ended.
        Ended = 11,
        /// It erases what its device may not erase, or its redacted bodies do not match.
        MayNotErase = 12,
    }
}

numbered! {
    /// What became of a control entry.
    pub enum EntryCode {
        /// Appended at this place.
        New = 1,
        /// It is at this place already.
        Known = 2,
        /// It does not follow the head, which is this one: read, check again, sign again.
        WrongPlace = 3,
        /// An act breaks this rule ([`RuleBroken`]).
        RuleBroken = 4,
        /// Not signed by a key of the circle.
        BadSignature = 5,
        /// Not an entry.
        Malformed = 6,
        /// So many keys that have to come with it are missing.
        GrantsMissing = 7,
        /// Its cuts are not the last headers of the devices that it removes.
        CutsDiffer = 8,
        /// It holds a critical act, or is of a version, that the server does not know.
        LaterVersion = 9,
        /// The server founds no circle for this device, or has no room.
        NotTaken = 10,
        /// It pins another server's key: this server's own is the one that its card names.
        OtherServer = 11,
    }
}

/// What became of one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameAnswer {
    /// The code.
    pub code: FrameCode,
    /// The row, number, epoch or refusal that the code speaks of; else 0.
    pub detail: u64,
}

/// What became of one control entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryAnswer {
    /// The code.
    pub code: EntryCode,
    /// The place, rule or count that the code speaks of; else 0.
    pub detail: u64,
}

impl FrameAnswer {
    /// Not taken, for this reason.
    #[must_use]
    pub fn refused(refusal: Refusal) -> Self {
        Self {
            code: FrameCode::Refused,
            detail: refusal.number(),
        }
    }
}

impl From<AuthorshipError> for FrameAnswer {
    fn from(error: AuthorshipError) -> Self {
        Self::refused(match error {
            AuthorshipError::Epoch(epoch) => {
                return Self {
                    code: FrameCode::StaleEpoch,
                    detail: epoch,
                };
            }
            AuthorshipError::NotYet(_) | AuthorshipError::OtherHistory(_) => Refusal::OtherControl,
            AuthorshipError::NotActive => Refusal::NotActive,
            AuthorshipError::MayNotWrite => Refusal::MayNotWrite,
            AuthorshipError::BeyondCut => Refusal::BeyondCut,
            AuthorshipError::Closed => Refusal::Ended,
        })
    }
}

impl From<ControlError> for EntryAnswer {
    fn from(error: ControlError) -> Self {
        let (code, detail) = match error {
            ControlError::Form(FormError::Later(_)) => (EntryCode::LaterVersion, 0),
            ControlError::Form(_) => (EntryCode::Malformed, 0),
            ControlError::BadSignature => (EntryCode::BadSignature, 0),
            ControlError::WrongPlace(head) => (EntryCode::WrongPlace, head.seq),
            ControlError::TwoHistories(seq) => (EntryCode::WrongPlace, seq),
            ControlError::Rule(rule) => (EntryCode::RuleBroken, rule.number()),
        };
        Self { code, detail }
    }
}

impl EntryAnswer {
    /// The rule, where the code says that one was broken.
    #[must_use]
    pub fn rule(&self) -> Option<RuleBroken> {
        let is_rule = self.code == EntryCode::RuleBroken;
        is_rule.then(|| RuleBroken::from_number(self.detail))?
    }
}

impl Field for FrameAnswer {
    fn read(value: Value) -> Result<Self, FormError> {
        let (code, detail) = Field::read(value)?;
        let code = FrameCode::from_number(code).ok_or(FormError::Shape)?;
        Ok(Self { code, detail })
    }

    fn write(&self) -> Value {
        (self.code.number(), self.detail).write()
    }
}

impl Field for EntryAnswer {
    fn read(value: Value) -> Result<Self, FormError> {
        let (code, detail) = Field::read(value)?;
        let code = EntryCode::from_number(code).ok_or(FormError::Shape)?;
        Ok(Self { code, detail })
    }

    fn write(&self) -> Value {
        (self.code.number(), self.detail).write()
    }
}
