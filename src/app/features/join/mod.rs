//! Following somebody's invite: from the link to being in.

mod offer;
mod page;
mod paste;
mod stages;
mod state;

pub(crate) use page::Page;
