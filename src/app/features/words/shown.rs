//! The twelve words, large and numbered. They are English in every language.

use super::state::{Making, Step};
use crate::browser::page;
use crate::i18n::Key;
use crate::ui::{Rank, button, button_row, heading, lead, plain, together};
use leptos::prelude::*;

const LIST: &str = "twelve";

/// All twelve, and the press that says they are on paper.
pub(super) fn shown(making: Making) -> AnyView {
    let words = making.words();
    let words = words.into_iter().map(|word| {
        let word = plain("span", "").words(word).view();
        plain("li", "").with(word).view()
    });
    let list = plain("ol", "twelve notranslate")
        .set("id", LIST)
        .set("dir", "ltr")
        .set("lang", "en")
        .set("translate", "no")
        .with_all(words);
    together([
        heading(Key::WordsWrite),
        lead(Key::WordsPaper),
        list.view(),
        button_row([
            button(Rank::Main, "check", Key::WordsWritten, move || {
                let _ = making.go(Step::Asked);
            }),
            button(Rank::Plain, "printer", Key::ItemPrint, print),
        ]),
    ])
}

/// A page that is printed without this press has no word on it.
fn print() {
    if let Some(list) = page::element(LIST) {
        list.set_class_name("twelve twelve--asked notranslate");
    }
    page::print();
}
