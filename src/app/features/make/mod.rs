//! Making a record, or changing one: everything on one calm page, kept as it is typed.

mod child;
mod choose;
mod form;
mod handout;
mod page;
mod photos;
mod state;
mod unsaved;
mod when;

pub(crate) use child::NewName;
pub(crate) use choose::Choose;
pub(crate) use handout::{EditPage, HandOver};
pub(crate) use page::{Edit, Page};
pub(crate) use unsaved::UnsavedList;
