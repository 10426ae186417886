//! Twelve numbered fields, as the words stand on paper. All of them may be pasted into one.

use super::returning::{COUNT, Returning, take};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::ui::{
    Rank, button, button_link, button_row, hint, lead, plain, together, trouble_words, word_fields,
};
use leptos::prelude::*;

/// The fields and the press.
pub(super) fn fields(returning: Returning) -> AnyView {
    let entered = move |place| returning.enter(place);
    let fields = word_fields(1..=COUNT, take, Box::new(entered));
    let file = Route::Restore.address();
    let form = plain("div", "form")
        .with(fields)
        .with(trouble_words(returning.trouble))
        .with(button_row([
            button(Rank::Main, "check", Key::ReturnOpen, move || {
                returning.ask();
            }),
            button_link(Rank::Plain, "upload-simple", Key::ReturnFile, file),
        ]));
    together([lead(Key::ReturnLead), hint(t(Key::ReturnHint)), form.view()])
}
