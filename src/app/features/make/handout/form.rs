//! The form: what goes on the page, for whom, one's own words, and the page itself.

use super::choose::choose;
use super::on_it::on_it;
use super::state::Making;
use crate::features::make::form::{KeptMark, Trouble, WORDS_ID, ending, mark_of};
use crate::features::make::state::Writing;
use crate::i18n::{Key, word_of};
use crate::ui::{LineField, Weight, WordsField, lead, notice, text, trouble};
use hearth_core::handout::TO;
use hearth_core::record::WORDS;
use leptos::prelude::*;

/// All of it.
pub(super) fn form(writing: Writing) -> AnyView {
    let making = Making::new(writing);
    let to = Callback::new(move |name| writing.set_answer(TO, name));
    let own = Callback::new(move |words| writing.set_answer(WORDS, words));
    view! {
        {lead(Key::HandoutLead)}
        <form class="form" data-journal=move || mark_of(&writing.state.journal.state())
            data-draft=writing.draft.to_string() novalidate on:submit=|event| event.prevent_default()>
            <Trouble writing/>
            {choose(making)}
            {trouble(making.trouble)}
            <LineField id="handout-to" label=word_of("handout.to") value=writing.answer(TO) typed=to/>
            <WordsField id=WORDS_ID label=word_of("handout.words") value=writing.answer(WORDS) typed=own>
                <KeptMark writing/>
            </WordsField>
            {on_it(making)}
            {notice(Weight::Info, text(Key::HandoutWho))}
            {ending(writing)}
        </form>
    }
    .into_any()
}
