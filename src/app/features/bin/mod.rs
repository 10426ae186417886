//! The bin: thirty days to change one's mind.

mod item;
mod page;
mod state;

pub(crate) use page::Page;
