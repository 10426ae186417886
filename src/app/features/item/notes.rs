//! What somebody adds to a record. Anybody may; the words of who told it stay as they are.

use super::state::{Found, add_note};
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::state::State;
use crate::ui::{
    Rank, WordsField, button, button_row, hint, live, live_list, name_or_somebody, part, plain,
};
use hearth_core::EntityId;
use hearth_core::circle::note::Note;
use leptos::prelude::*;

/// The notes, and a box for one more. What is typed stays when the screen is left.
pub(super) fn notes(id: EntityId, found: Found) -> AnyView {
    let state = State::get();
    let value = Signal::derive(move || state.note_of(id));
    let typed = Callback::new(move |words| state.keep_note(id, words));
    let trouble = RwSignal::new(None);
    let all = move || {
        found.with(|found| match found {
            Some(Ok(record)) => record.notes.clone(),
            _ => Vec::new(),
        })
    };
    let list = live_list(all, |note| note.id.0.to_vec(), one);
    let label = t(Key::NoteLabel);
    let field = view! { <WordsField id="note" label value typed/> };
    let add = button(Rank::Plain, "plus-circle", Key::NoteAdd, move || {
        add_note(state, id, trouble);
    });
    let why = plain("p", "field__error").set("role", "alert");
    plain("section", "no-print")
        .with(part(Key::NoteTitle))
        .with(
            plain("ul", "cards")
                .set("aria-live", "polite")
                .with(list)
                .view(),
        )
        .with(field.into_any())
        .with(why.with(live(move || trouble.get().map(t))).view())
        .with(button_row([add]))
        .view()
}

fn one(note: Note) -> AnyView {
    let by = by(&note);
    let words = plain("p", "record__words")
        .set("dir", "auto")
        .words(note.words);
    plain("li", "note").with(words.view()).with(hint(by)).view()
}

/// Who wrote it, and when.
pub(super) fn by(note: &Note) -> String {
    let who = if note.is_mine {
        t(Key::PeopleYou).to_owned()
    } else {
        name_or_somebody(&note.by)
    };
    let when = dates::write_moment(note.written, Language::on().dates());
    t_with(Key::NoteBy, &[("name", &who), ("when", &when)])
}
