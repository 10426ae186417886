//! Three of the words, typed back from the paper.

use super::state::{Making, Step};
use crate::i18n::{Key, t};
use crate::ui::{
    Heading, Rank, button, button_row, lead, plain, together, trouble_words, word_field,
};
use leptos::prelude::*;

/// The three fields.
pub(super) fn asked(making: Making) -> AnyView {
    let fields = making.asked().map(|place| {
        word_field(
            place,
            Box::new(|_| ()),
            Box::new(move || making.enter(place)),
        )
    });
    let form = plain("div", "form")
        .with_all(fields)
        .with(trouble_words(making.trouble))
        .with(button_row([
            button(Rank::Main, "check", Key::WordsCheckPress, move || {
                making.check()
            }),
            button(Rank::Plain, "eye", Key::WordsAgain, move || {
                let _ = making.go(Step::Shown);
            }),
        ]));
    together([
        view! { <Heading text=t(Key::WordsCheck)/> }.into_any(),
        lead(Key::WordsCheckLine),
        form.view(),
    ])
}
