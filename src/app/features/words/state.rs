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
use std::cell::RefCell;

thread_local! {
    /// The words on the screen; nothing while there are none.
    static MADE: RefCell<Option<NewWords>> = const { RefCell::new(None) };
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
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
    /// A [`Step`], as a kind of signal that is there already: each kind has its own machinery.
    step: RwSignal<u32>,
    pub(super) trouble: RwSignal<Option<String>>,
}

impl Making {
    pub(super) fn new(state: State) -> Self {
        on_cleanup(|| {
            MADE.take();
            spawn_local(async {
                // A worker that is gone has forgotten them already.
                let _: Result<Response, Failure> = link::ask(Request::ForgetWords).await;
            });
        });
        Self {
            state,
            step: RwSignal::new(Step::Why as u32),
            trouble: RwSignal::new(None),
        }
    }

    /// Has new words made, and shows them.
    pub(super) fn make(self) {
        spawn_local(async move {
            match link::ask(Request::MakeWords).await {
                Ok(Response::Words(made)) => {
                    MADE.set(Some(made));
                    if !self.go(Step::Shown) {
                        MADE.take();
                    }
                }
                Ok(_) => self.say(failure_words(&link::unexpected())),
                Err(Failure::NoCircle) => self.say(t(Key::WordsNothing)),
                Err(failure) => self.say(failure_words(&failure)),
            }
        });
    }

    /// How far it is.
    pub(super) fn step(self) -> Step {
        const SHOWN: u32 = Step::Shown as u32;
        const ASKED: u32 = Step::Asked as u32;
        const DONE: u32 = Step::Done as u32;
        match self.step.get() {
            SHOWN => Step::Shown,
            ASKED => Step::Asked,
            DONE => Step::Done,
            _ => Step::Why,
        }
    }

    /// The next step, or one back; false where the screen was left meanwhile.
    pub(super) fn go(self, step: Step) -> bool {
        self.quiet();
        // A screen that was left takes no focus.
        let is_here = self.step.try_set(step as u32).is_none();
        if is_here {
            page::focus_heading();
        }
        is_here
    }

    /// All twelve; none before they were made.
    pub(super) fn words(self) -> Vec<String> {
        let words = MADE.with_borrow(|made| made.as_ref().map(|made| made.words.clone()));
        words.unwrap_or_default()
    }

    /// The places of the three that are asked for, from 1.
    pub(super) fn asked(self) -> [usize; 3] {
        let asked = MADE.with_borrow(|made| made.as_ref().map(|made| made.asked));
        asked.unwrap_or_default().map(usize::from)
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
                    MADE.take();
                    let _ = self.go(Step::Done);
                    // More may be safe now.
                    self.state.note_change();
                }
                Err(Failure::Words(WordsFault::Other { place })) => self.point_at(place),
                Err(Failure::Words(WordsFault::NotMade)) => {
                    let _ = self.go(Step::Why);
                    self.say(t(Key::WordsGone));
                }
                Err(failure) => self.say(failure_words(&failure)),
            }
        });
    }

    fn point_at(self, place: usize) {
        let why = t_with(Key::WordsWrong, &[("number", &place.to_string())]);
        mark_wrong_word(place, &why);
    }

    fn say(self, trouble: &str) {
        let _ = self.trouble.try_set(Some(trouble.to_owned()));
    }

    fn quiet(self) {
        mark_wrong_word(0, "");
        let _ = self.trouble.try_set(None);
    }
}
