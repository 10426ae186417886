//! A page to hand over: what was chosen from what was told, for a meeting or a file.
//!
//! It holds the words as they were when it was made, so that it goes on saying what was handed out,
//! whatever becomes of the records. What was hidden does not go into it.

mod sheet;
#[cfg(test)]
mod tests;

pub use sheet::{Content, Line, Part, Sheet};

use crate::record::{FieldSpec, Input, WORDS};

/// To whom it goes.
pub const TO: u64 = 16;
/// What stands on it: a [`Sheet`].
pub const SHEET: u64 = 17;

/// What a page asks, in the order of the screen.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec {
        field: WORDS,
        name: "handout.words",
        input: Input::Words,
    },
    FieldSpec {
        field: TO,
        name: "handout.to",
        input: Input::Line,
    },
    FieldSpec {
        field: SHEET,
        name: "handout.sheet",
        input: Input::Sheet,
    },
];
