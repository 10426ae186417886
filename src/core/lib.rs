//! The domain, by feature, and the engine that keeps it: what a family records, how it is
//! saved, found, changed and taken back.
//!
//! No input or output happens here, and neither Leptos nor web-sys may enter: what the engine
//! needs from the world it asks through the traits of [`ports`]. The same code runs in the
//! browser's worker, in the native tests and in the simulation.

pub mod achievement;
mod backup;
pub mod child;
pub mod circle;
pub mod day;
pub mod draft;
pub mod feedback;
pub mod handout;
pub mod messages;
pub mod photo;
pub mod ports;
pub mod record;
pub mod story;
pub mod sync;
pub mod timeline;
pub mod vault;

#[cfg(feature = "testing")]
pub mod conformance;
#[cfg(feature = "testing")]
pub mod memory;
#[cfg(any(test, feature = "testing"))]
pub mod world;

pub use day::Day;
pub use hearth_protocol::{DeviceId, EntityId, Key, Millis, PersonId};
