//! A story: something that was lived through, told by whoever wants to tell it.

use crate::record::{FieldSpec, Input, WORDS};

/// Who told it.
pub const WHO_TOLD: u64 = 16;
/// How it felt.
pub const FEELING: u64 = 17;
/// What helped.
pub const HELPED: u64 = 18;
/// What got in the way.
pub const IN_THE_WAY: u64 = 19;

/// What a story asks, in the order of the screen.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec {
        field: WORDS,
        name: "story.words",
        input: Input::Words,
    },
    FieldSpec {
        field: FEELING,
        name: "story.feeling",
        input: Input::Faces(&[
            "happy", "calm", "mixed", "worried", "sad", "angry", "unknown", "unsaid",
        ]),
    },
    FieldSpec {
        field: WHO_TOLD,
        name: "story.who",
        input: Input::Choice(&["child", "adult", "together", "other", "unknown", "unsaid"]),
    },
    FieldSpec {
        field: HELPED,
        name: "story.helped",
        input: Input::Words,
    },
    FieldSpec {
        field: IN_THE_WAY,
        name: "story.way",
        input: Input::Words,
    },
];
