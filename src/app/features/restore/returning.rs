//! The twelve words as they are typed. They stand in their fields, and end with the screen or as
//! soon as the worker has them.

use crate::browser::page;
use crate::i18n::{Key, t, t_with};
use crate::state::State;
use crate::ui::{failure_words, focus_word, mark_wrong_word, set_word, word_at};
use hearth_core::circle::words::{TypedWords, WordsFault};
use hearth_core::messages::{Failure, Request};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub(super) const COUNT: usize = 12;

/// Coming back on this screen. A handle: copying it copies no word.
#[derive(Clone, Copy)]
pub(super) struct Returning {
    state: State,
    pub(super) trouble: RwSignal<Option<String>>,
}

/// Several words in one field go into the fields from there on, and a space goes on to the next.
pub(super) fn take(place: usize, typed: &str) {
    // Also the numbers and dots of a list that was copied with them.
    let is_between = |letter: char| letter.is_ascii() && !letter.is_ascii_alphabetic();
    let (mut rest, mut next) = (typed, place);
    while let Some((word, after)) = rest.split_once(is_between) {
        if !word.is_empty() {
            set_word(next, word);
            next += 1;
        }
        rest = after;
    }
    if rest.len() == typed.len() {
        return;
    }
    if !rest.is_empty() {
        set_word(next, rest);
        next += 1;
    }
    focus_word(next.min(COUNT));
}

impl Returning {
    pub(super) fn new(state: State) -> Self {
        Self {
            state,
            trouble: RwSignal::new(None),
        }
    }

    /// The Enter key in a field: the next one, and after the last the answer.
    pub(super) fn enter(self, place: usize) {
        if place < COUNT {
            focus_word(place + 1);
        } else {
            self.ask();
        }
    }

    /// Gives the words to the worker, unless one is missing.
    pub(super) fn ask(self) {
        mark_wrong_word(0, "");
        self.trouble.set(None);
        let words = Vec::from_iter((1..=COUNT).map(word_at));
        if let Some(missing) = words.iter().position(String::is_empty) {
            return self.point_at(missing + 1, Key::ReturnMissing, "");
        }
        let typed = TypedWords(words.join(" "));
        spawn_local(async move {
            match self
                .state
                .change_circle(Request::RestoreByWords(typed))
                .await
            {
                // The fields are gone from the screen, and the words with them.
                Ok(()) => page::focus_heading(),
                Err(Failure::Words(fault)) => self.explain(&fault),
                Err(failure) => self.say(failure_words(&failure).to_owned()),
            }
        });
    }

    /// Ends it; what was told on this phone stays.
    pub(super) fn stop(self) {
        self.state.press_circle(Request::StopRestoring);
    }

    fn explain(self, fault: &WordsFault) {
        match fault {
            WordsFault::NotInList { place, word } => {
                self.point_at(*place, Key::ReturnNotInList, word);
            }
            _ => self.say(t(Key::ReturnNotFit).to_owned()),
        }
    }

    fn point_at(self, place: usize, why: Key, word: &str) {
        let number = place.to_string();
        let why = t_with(why, &[("number", &number), ("word", word)]);
        mark_wrong_word(place, &why);
    }

    fn say(self, trouble: String) {
        let _ = self.trouble.try_set(Some(trouble));
    }
}
