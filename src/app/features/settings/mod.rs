//! Language, looks, and how this phone keeps what is saved.

mod install;
mod looks;
mod page;
mod phone;
mod photos;

pub(crate) use page::Page;
