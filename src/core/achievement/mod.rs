//! A home achievement: something the child did, where, who led it and how much help it took.

use crate::record::{FieldSpec, Input, WORDS};

/// Where it happened.
pub const PLACE: u64 = 16;
/// Who led: the child, an adult, or both together.
pub const LED_BY: u64 = 17;
/// How much help it took.
pub const HELP: u64 = 18;

/// What a home achievement asks, in the order of the screen.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec {
        field: WORDS,
        name: "achievement.words",
        input: Input::Words,
    },
    FieldSpec {
        field: PLACE,
        name: "achievement.place",
        input: Input::Choice(&[
            "home",
            "outside",
            "family",
            "club",
            "shop",
            "elsewhere",
            "unknown",
            "unsaid",
        ]),
    },
    FieldSpec {
        field: LED_BY,
        name: "achievement.led",
        input: Input::Choice(&["child", "together", "adult", "unknown", "unsaid"]),
    },
    FieldSpec {
        field: HELP,
        name: "achievement.help",
        input: Input::Choice(&["none", "words", "showing", "hands", "unknown", "unsaid"]),
    },
];
