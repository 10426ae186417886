//! What is being asked before an invite is made, and what can be done with one.

use crate::browser::page;
use crate::browser::share::{Shared, copy, share};
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::failure_words;
use hearth_core::circle::{InviteView, Whom};
use hearth_core::messages::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The answers so far. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    /// Whether the question is on the screen although invites are waiting.
    pub(super) is_on: RwSignal<bool>,
    /// Whether it is for another phone of this person; nothing until that is said.
    pub(super) is_mine: RwSignal<Option<bool>>,
    /// Whether somebody else reads what was told before.
    pub(super) reads_all: RwSignal<bool>,
    pub(super) name: RwSignal<String>,
}

impl Asking {
    pub(super) fn new(is_moving: bool) -> Self {
        Self {
            is_on: RwSignal::new(false),
            is_mine: RwSignal::new(is_moving.then_some(true)),
            reads_all: RwSignal::new(true),
            name: RwSignal::default(),
        }
    }

    /// Chooses; the name that the others know already is filled in.
    pub(super) fn choose(self, state: State, is_mine: bool) {
        let known = state
            .circle
            .with_untracked(|circle| Some(circle.as_ref()?.people.first()?.name.clone()));
        if self.name.with_untracked(String::is_empty) {
            self.name.set(known.unwrap_or_default());
        }
        self.is_mine.set(Some(is_mine));
        page::focus_heading();
    }

    /// Makes the invite. `is_quick` is for a phone that is here now.
    pub(super) fn make(self, state: State, is_quick: bool) {
        let is_mine = self.is_mine.get_untracked() == Some(true);
        let reads_all = self.reads_all.get_untracked();
        let (whom, name) = if is_mine {
            (Whom::MyPhone, String::new())
        } else {
            (Whom::Person { reads_all }, self.name.get_untracked())
        };
        spawn_local(async move {
            let request = Request::Invite {
                whom,
                name,
                is_quick,
            };
            match state.change_circle(request).await {
                Ok(()) => {
                    let _ = self.is_mine.try_set(None);
                    let _ = self.is_on.try_set(false);
                    page::focus_heading();
                }
                Err(failure) => state.say(failure_words(&failure)),
            }
        });
    }
}

/// Takes an invite back, or clears one that is over.
pub(super) fn end(state: State, invite: &InviteView) {
    state.press_circle(Request::CancelInvite(invite.id));
}

/// The pictures are the same.
pub(super) fn approve(state: State, invite: &InviteView) {
    state.press_circle(Request::ApproveInvite(invite.id));
}

/// Puts the link on the clipboard.
pub(super) fn copy_link(state: State, link: String) {
    spawn_local(async move { say_shared(state, copy(&link).await) });
}

/// Gives the link to another app.
pub(super) fn share_link(state: State, link: &str) {
    let text = [t(Key::InviteText), "\n", link].concat();
    spawn_local(async move {
        say_shared(state, share(t(Key::InviteTitle), &text, &[]).await);
    });
}

fn say_shared(state: State, shared: Shared) {
    match shared {
        Shared::ByThePhone => {}
        Shared::Copied => state.say(t(Key::InviteCopied)),
        Shared::Not => state.say(t(Key::InviteNotCopied)),
    }
}
