//! What travels between devices and what proves it: formats, identifiers, clocks, sealing.
//!
//! An outside reviewer reads this folder alone. Nothing here does input or output, and no
//! word of the product's domain may enter: a *change* names a kind and fields by number only.
//!
//! `docs/protocol.md` is the normative text, and a test holds its tables against this code;
//! `docs/store-format.md` describes what lies on the phone. Randomness and time are inputs, so the
//! same code runs in the browser, on the server and in a simulation.

mod base64;
pub mod blob;
pub mod change;
pub mod clock;
pub mod control;
mod deflate;
pub mod exchange;
pub mod form;
pub mod frame;
pub mod grant;
#[cfg(test)]
mod hostile;
pub mod id;
pub mod invite;
pub mod key;
pub mod label;
pub mod limits;
pub mod log;
mod pad;
pub mod recovery;
pub mod request;
#[cfg(test)]
mod sample;
pub mod seal;
pub mod sorted;
#[cfg(test)]
mod tables;
pub mod value;
#[cfg(test)]
mod vectors;

pub use change::{Change, ChangeError};
pub use clock::{Hlc, HlcClock, Millis};
pub use form::{FormError, Object};
pub use id::{BlobId, CircleId, DeviceId, EntityId, Hash, InviteId, LogId, PersonId, StreamId};
pub use key::{DeviceKeys, DeviceSecret, Sign, Signature, VerifyKey};
pub use seal::{Key, SealError};
pub use sorted::{SortedMap, SortedSet};
pub use value::{Value, ValueError};
