//! Brings back everything: what a backup file holds, or what the recovery words open. The words
//! are in signals until the worker has them, and in no draft, address or storage.

mod by_words;
mod fields;
mod page;
mod returning;
mod stages;
mod state;

pub(crate) use by_words::ByWords;
pub(crate) use page::Page;
