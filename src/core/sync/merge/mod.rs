//! Merge by what each author had seen (`docs/protocol.md`, 5 and 6): changes in any order, told
//! once or twice, become the same entities on every device, and every value stays readable.
//!
//! A version of a field is buried only by one whose author had seen it. Clocks, arrival and the
//! order of the log decide nothing but which of two concurrent versions is shown on top.
//!
//! [`SeenIndex`] turns the claims of pack heads into what each frame's author had seen, [`View`]
//! folds changes with their [`Origin`] into [`Entity`]s. No input, output, keys or formats may
//! enter here, and no word of a feature but the number of the field that deletes.

mod begin;
mod entity;
mod gather;
mod index;
mod kept;
mod name;
mod origin;
mod time;
mod vector;
mod version;
mod view;

pub use begin::{BEGINS, Rule};
pub use entity::Entity;
pub use index::{Added, SeenIndex};
pub use kept::KeptChange;
pub use name::{Name, RowKey};
pub use origin::{Origin, has_seen};
pub use time::{LARGEST_LEAD, Placed, clamped};
pub use vector::SeenVector;
pub use version::Version;
pub use view::View;

#[cfg(test)]
mod tests;
