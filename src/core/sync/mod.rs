//! How changes become what a person sees.
//!
//! Today one phone writes, so the greatest time of a field wins ([`View`]). With the wire comes
//! the merge by what each author had seen: [`merge`].

pub mod merge;
mod view;

pub use view::{Entity, RowKey, View};
