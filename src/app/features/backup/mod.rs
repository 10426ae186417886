//! An encrypted file of everything, for the day the phone is lost; and one that anyone can read.

mod copy;
mod done;
mod page;
mod passphrase;
mod state;

pub(crate) use page::Page;
