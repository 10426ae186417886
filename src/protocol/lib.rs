//! What travels between devices and what proves it: formats, identifiers, clocks, sealing.
//!
//! An outside reviewer reads this folder alone. Nothing here does input or output, and no
//! word of the product's domain may enter: a *change* names a kind and fields by number only.
//!
//! `docs/protocol.md` will be the normative text; until the wire is built, `docs/store-format.md`
//! describes the parts that already reach a disk.

pub mod change;
pub mod clock;
pub mod id;
pub mod seal;
pub mod value;

pub use change::{Change, ChangeError};
pub use clock::{Hlc, HlcClock, Millis};
pub use id::EntityId;
pub use seal::{Key, SealError};
pub use value::{Value, ValueError};
