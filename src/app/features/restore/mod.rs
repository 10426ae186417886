//! Brings back what a backup file holds.

mod page;
mod state;

pub(crate) use page::Page;
