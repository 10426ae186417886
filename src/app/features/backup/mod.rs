//! An encrypted file of everything, for the day the phone is lost.

mod done;
mod page;
mod passphrase;
mod state;

pub(crate) use page::Page;
