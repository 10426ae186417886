//! Feedback: a compliment, a suggestion or a complaint, and to whom.
//!
//! Nobody receives it yet: until the feedback loop is built it is the family's own paper.

use crate::record::{FieldSpec, Input, WORDS};

/// Compliment, suggestion or complaint.
pub const SORT: u64 = 16;
/// To whom, in the family's own words.
pub const TO: u64 = 17;

/// What feedback asks, in the order of the screen.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec {
        field: SORT,
        name: "feedback.sort",
        input: Input::Choice(&["compliment", "suggestion", "complaint", "unknown", "unsaid"]),
    },
    FieldSpec {
        field: TO,
        name: "feedback.to",
        input: Input::Line,
    },
    FieldSpec {
        field: WORDS,
        name: "feedback.words",
        input: Input::Words,
    },
];
