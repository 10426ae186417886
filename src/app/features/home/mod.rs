//! Home: what to make, what is not saved yet, what is newest.

mod page;

pub(crate) use page::Page;
