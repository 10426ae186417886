//! Home: what to make, what is not saved yet, what is newest.

mod alone;
mod install;
mod page;
mod standing;
mod store;
mod waiting;
mod words;

pub(crate) use install::install;
pub(crate) use page::Page;
