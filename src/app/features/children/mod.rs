//! The children's names.

mod item;
mod page;

pub(crate) use page::Page;
