//! Making recovery words: why, the twelve of them, three typed back, and how it stands. The words
//! are in signals and in the worker's memory as long as this screen stands, and nowhere else: no
//! draft, address, storage or clipboard may hold them.

mod asked;
mod declining;
mod news;
mod page;
mod shown;
mod standing;
mod state;
mod why;

pub(crate) use declining::{ask_to_decline, declining};
pub(crate) use news::news;
pub(crate) use page::Page;
pub(crate) use standing::words_line;
