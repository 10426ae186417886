//! Home: what to make, what is not saved yet, what is newest.

mod page;
mod standing;

pub(crate) use page::Page;
