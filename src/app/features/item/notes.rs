//! What somebody adds to a record. Anybody may; the words of who told it stay as they are.

use super::state::add_note;
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::state::State;
use crate::ui::{Rank, WordsField, button, live, live_list, name_or_somebody, part};
use hearth_core::EntityId;
use hearth_core::circle::note::Note;
use leptos::prelude::*;

/// The notes, and a box for one more. What is typed stays when the screen is left.
#[component]
pub(super) fn Notes(id: EntityId, notes: Memo<Vec<Note>>) -> impl IntoView {
    let state = State::get();
    let typed = Memo::new(move |_| {
        state
            .notes
            .with(|notes| notes.get(&id).cloned().unwrap_or_default())
    });
    let change = move |words| {
        state.notes.update(|notes| drop(notes.insert(id, words)));
    };
    let trouble = RwSignal::new(None::<&'static str>);
    let list = live_list(move || notes.get(), |note| note.id.0.to_vec(), one);
    view! {
        <section class="no-print">
            {part(Key::NoteTitle)}
            <ul class="cards" aria-live="polite">{list}</ul>
            <WordsField id="note" label=t(Key::NoteLabel) value=typed typed=Callback::new(change)>
                <p class="field__error" role="alert">{live(move || trouble.get())}</p>
            </WordsField>
            <div class="button-row">
                {button(Rank::Plain, "plus-circle", Key::NoteAdd, move || add_note(state, id, trouble))}
            </div>
        </section>
    }
}

fn one(note: Note) -> AnyView {
    let who = if note.is_mine {
        t(Key::PeopleYou).to_owned()
    } else {
        name_or_somebody(&note.by)
    };
    let when = dates::write_moment(note.written, Language::on().dates());
    let by = t_with(Key::NoteBy, &[("name", &who), ("when", &when)]);
    view! {
        <li class="note">
            <p class="record__words" dir="auto">{note.words}</p>
            <p class="field__hint" dir="auto">{by}</p>
        </li>
    }
    .into_any()
}
