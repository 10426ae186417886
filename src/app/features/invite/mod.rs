//! Letting another phone or somebody else in: the question, the link, the four pictures.

mod ask;
mod compare;
mod made;
mod open;
mod page;
mod state;

pub(crate) use page::page;
