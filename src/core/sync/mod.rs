//! How changes become what a person sees.
//!
//! Today one phone writes, so the greatest time of a field wins; the wire brings the merge by
//! what each author had seen, and it will live here.

mod view;

pub use view::{Entity, RowKey, View};
