//! The control log: who is in a circle, with which keys and rights, and which epochs there are.
//!
//! One linear chain of signed entries. Every member checks all of it from the first one, so the
//! server decides nothing. It holds keys, ids, flags and hashes: names and roles are content,
//! and no word that a person wrote may enter.

mod act;
mod ask;
mod circle;
mod entry;
mod fold;
mod rights;
mod rules;

pub use act::{
    Act, ActNumber, Arrived, Cut, DeviceAdded, Ended, EpochAdvanced, Genesis, MemberAdded,
    MinVersion, RecoverySet, Removed, RightsChanged, ServerSet, StreamAdded,
};
pub use ask::{Authorship, AuthorshipError, EraseError};
pub use circle::{Circle, Owed, Standing};
pub use entry::{ControlHead, Entry, EntryDraft, SignedEntry};
pub use fold::{Applied, ControlError};
pub use rights::{Rights, StreamRight};
pub use rules::RuleBroken;

#[cfg(test)]
pub(crate) mod tests;
