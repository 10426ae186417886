//! The words while their screen stands, and the three that were typed back. All of it ends with
//! the screen, here and in the worker.

use crate::browser::page;
use crate::i18n::{Key, t, t_with};
use crate::link;
use crate::state::State;
use crate::ui::{failure_words, focus_word, mark_wrong_word, word_at};
use hearth_core::circle::words::{NewWords, WordsFault};
use hearth_core::messages::{Failure, Request, Response};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// What they are.
    Why,
    /// All twelve.
    Shown,
    /// Three of them, typed back.
    Asked,
    /// They count.
    Done,
}

/// The making on this screen; what is typed stands in its fields. A handle: copying it copies no word.
#[derive(Clone, Copy)]
pub(super) struct Making {
    pub(super) state: State,
    pub(super) step: RwSignal<Step>,
    made: StoredValue<Option<NewWords>>,
    pub(super) trouble: RwSignal<Option<String>>,
}

impl Making {
    pub(super) fn new(state: State) -> Self {
        on_cleanup(|| {
            spawn_local(async {
                // A worker that is gone has forgotten them already.
                let _: Result<Response, Failure> = link::ask(Request::ForgetWords).await;
            });
        });
        Self {
            state,
            step: RwSignal::new(Step::Why),
            made: StoredValue::new(None),
            trouble: RwSignal::new(None),
        }
    }

    /// Has new words made, and shows them.
    pub(super) fn make(self) {
        spawn_local(async move {
            match link::ask(Request::MakeWords).await {
                Ok(Response::Words(made)) => {
                    if self.made.try_set_value(Some(made)).is_none() {
                        self.go(Step::Shown);
                    }
                }
                Ok(_) => self.say(failure_words(&link::unexpected())),
                Err(Failure::NoCircle) => self.say(t(Key::WordsNothing)),
                Err(failure) => self.say(failure_words(&failure)),
            }
        });
    }

    /// The next step, or one back.
    pub(super) fn go(self, step: Step) {
        self.quiet();
        // A screen that was left takes no focus.
        if self.step.try_set(step).is_none() {
            page::focus_heading();
        }
    }

    /// All twelve; none before they were made.
    pub(super) fn words(self) -> Vec<String> {
        let words = |made: &Option<NewWords>| made.as_ref().map(|made| made.words.clone());
        self.made.with_value(words).unwrap_or_default()
    }

    /// The places of the three that are asked for, from 1.
    pub(super) fn asked(self) -> [usize; 3] {
        let asked = |made: &Option<NewWords>| made.as_ref().map(|made| made.asked);
        let asked = self.made.with_value(asked).unwrap_or_default();
        asked.map(usize::from)
    }

    /// The Enter key in a field: the next one, and after the last the answer.
    pub(super) fn enter(self, place: usize) {
        match self.asked().into_iter().find(|next| *next > place) {
            Some(next) => focus_word(next),
            None => self.check(),
        }
    }

    /// Has the three compared; right ones make all twelve count.
    pub(super) fn check(self) {
        self.quiet();
        let typed = self.asked().map(word_at);
        spawn_local(async move {
            match self.state.change_circle(Request::ConfirmWords(typed)).await {
                Ok(()) => {
                    let _ = self.made.try_set_value(None);
                    self.go(Step::Done);
                    // More may be safe now.
                    self.state.note_change();
                }
                Err(Failure::Words(WordsFault::Other { place })) => self.point_at(place),
                Err(Failure::Words(WordsFault::NotMade)) => {
                    self.go(Step::Why);
                    self.say(t(Key::WordsGone));
                }
                Err(failure) => self.say(failure_words(&failure)),
            }
        });
    }

    fn point_at(self, place: usize) {
        self.say(&t_with(Key::WordsWrong, &[("number", &place.to_string())]));
        mark_wrong_word(place);
    }

    fn say(self, trouble: &str) {
        let _ = self.trouble.try_set(Some(trouble.to_owned()));
    }

    fn quiet(self) {
        mark_wrong_word(0);
        let _ = self.trouble.try_set(None);
    }
}
