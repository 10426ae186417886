//! Who reads what is told here, on which phones, and how it stands with the server.

mod page;
mod removal;
mod standing;
mod state;

pub(crate) use page::Page;
