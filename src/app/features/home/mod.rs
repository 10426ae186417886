//! Home: what to make, what is not saved yet, what is newest.

mod alone;
mod page;
mod standing;
mod store;
mod waiting;
mod words;

pub(crate) use page::Page;
