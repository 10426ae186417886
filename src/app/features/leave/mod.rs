//! Removing everything from this phone, once it is said what only this phone has.

mod page;
mod state;

pub(crate) use page::page;
