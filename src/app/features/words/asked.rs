//! Three of the words, typed back from the paper.

use super::state::{Making, Step};
use crate::i18n::Key;
use crate::ui::{
    Rank, button, button_row, heading, lead, plain, together, trouble_words, word_fields,
};
use leptos::prelude::*;

/// The three fields.
pub(super) fn asked(making: Making) -> AnyView {
    let entered = move |place| making.enter(place);
    let fields = word_fields(making.asked(), |_, _| (), Box::new(entered));
    let form = plain("div", "form")
        .with(fields)
        .with(trouble_words(making.trouble))
        .with(button_row([
            button(Rank::Main, "check", Key::WordsCheckPress, move || {
                making.check();
            }),
            button(Rank::Plain, "eye", Key::WordsAgain, move || {
                let _ = making.go(Step::Shown);
            }),
        ]));
    together([
        heading(Key::WordsCheck),
        lead(Key::WordsCheckLine),
        form.view(),
    ])
}
