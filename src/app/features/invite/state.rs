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
    pub(super) whom: RwSignal<Option<Whom>>,
    pub(super) name: RwSignal<String>,
}

impl Asking {
    pub(super) fn new() -> Self {
        Self {
            is_on: RwSignal::new(false),
            whom: RwSignal::new(None),
            name: RwSignal::default(),
        }
    }

    /// Chooses; the name that the others know already is filled in.
    pub(super) fn choose(self, state: State, whom: Whom) {
        let known = state
            .circle
            .with_untracked(|circle| Some(circle.as_ref()?.people.first()?.name.clone()));
        if self.name.with_untracked(String::is_empty) {
            self.name.set(known.unwrap_or_default());
        }
        self.whom.set(Some(whom));
        page::focus_heading();
    }

    /// Makes the invite. `is_quick` is for a phone that is here now.
    pub(super) fn make(self, state: State, is_quick: bool) {
        let Some(whom) = self.whom.get_untracked() else {
            return;
        };
        let name = match whom {
            Whom::MyPhone => String::new(),
            Whom::Person { .. } => self.name.get_untracked(),
        };
        spawn_local(async move {
            let request = Request::Invite {
                whom,
                name,
                is_quick,
            };
            match state.change_circle(request).await {
                Ok(()) => {
                    let _ = self.whom.try_set(None);
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
