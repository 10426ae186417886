//! The twelve words, large and numbered. They are English in every language.

use super::state::{Making, Step};
use crate::browser::page;
use crate::i18n::{Key, t};
use crate::ui::{Heading, Rank, button, button_row, lead, plain, together};
use leptos::prelude::*;

/// All twelve, and the press that says they are on paper.
pub(super) fn shown(making: Making) -> AnyView {
    let words = making.words();
    let words = words.into_iter().map(|word| {
        let word = plain("span", "").words(word).view();
        plain("li", "").with(word).view()
    });
    let list = plain("ol", "twelve notranslate")
        .set("dir", "ltr")
        .set("lang", "en")
        .set("translate", "no")
        .with_all(words);
    together([
        view! { <Heading text=t(Key::WordsWrite)/> }.into_any(),
        lead(Key::WordsPaper),
        list.view(),
        button_row([
            button(Rank::Main, "check", Key::WordsWritten, move || {
                let _ = making.go(Step::Asked);
            }),
            button(Rank::Plain, "printer", Key::ItemPrint, page::print),
        ]),
    ])
}
