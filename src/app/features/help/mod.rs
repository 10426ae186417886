//! Whom to call, and how Hearth works.

mod page;

pub(crate) use page::Page;
