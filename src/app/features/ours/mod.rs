//! The timeline: everything by the day it happened.

mod days;
mod filters;
mod list;
mod page;

pub(crate) use page::Page;
