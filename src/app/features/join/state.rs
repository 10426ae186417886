//! The link that came or was pasted, and the answers to an invite. The link is a key: it is held
//! by a signal until the worker has it, and by nothing that a browser writes down.

use crate::browser::kind::{Browser, browser, is_apple_phone};
use crate::browser::page;
use crate::browser::share::{Shared, copy};
use crate::i18n::{Key, t};
use crate::state::{Door, State};
use crate::ui::failure_key;
use hearth_core::messages::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Joining on this screen. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(super) struct Joining {
    state: State,
    pub(super) pasted: RwSignal<String>,
    /// What the others call this person, or what this phone is called.
    pub(super) name: RwSignal<String>,
    pub(super) trouble: RwSignal<Option<Key>>,
    /// The home screen's app is another place than this browser: the link would be used up here.
    pub(super) is_better_installed: RwSignal<bool>,
}

impl Joining {
    /// Follows a link that the app was opened with, as soon as the vault is open.
    pub(super) fn new(state: State) -> Self {
        let joining = Self {
            state,
            pasted: RwSignal::default(),
            name: RwSignal::default(),
            trouble: RwSignal::new(None),
            is_better_installed: RwSignal::new(is_apple_phone() && browser() != Browser::Installed),
        };
        Effect::new(move |_| {
            let link = state.link.get();
            let is_open = state.door.get() == Door::Open;
            if let Some(link) = link.filter(|_| is_open && !joining.is_better_installed.get()) {
                state.link.set(None);
                joining.read(link);
            }
        });
        joining
    }

    /// Follows the text that was pasted.
    pub(super) fn read_pasted(self) {
        let pasted = self.pasted.get_untracked();
        if pasted.trim().is_empty() {
            return self.trouble.set(Some(Key::JoinEmpty));
        }
        self.read(pasted);
    }

    fn read(self, link: String) {
        self.press(Request::ReadInvite(link));
    }

    /// Yes.
    pub(super) fn accept(self) {
        let name = self.name.get_untracked();
        self.press(Request::AcceptInvite { name });
    }

    /// These pictures are on both phones.
    pub(super) fn confirm(self, pictures: [u8; 4]) {
        self.press(Request::ConfirmJoin(pictures));
    }

    /// The other phone shows others.
    pub(super) fn refuse(self) {
        self.press(Request::RefuseJoin);
    }

    /// No, or not any more.
    pub(super) fn leave(self) {
        self.pasted.set(String::new());
        self.press(Request::LeaveInvite);
    }

    /// Joins in this browser, whatever is on the home screen.
    pub(super) fn stay_here(self) {
        self.is_better_installed.set(false);
    }

    /// Takes the link that came along to the home screen's app.
    pub(super) fn copy_link(self) {
        let Some(link) = self.state.link.get_untracked() else {
            return;
        };
        let address = [page::origin(), link].concat();
        spawn_local(async move {
            self.state.say(match copy(&address).await {
                Shared::Not => t(Key::InviteNotCopied),
                _ => t(Key::InviteCopied),
            });
        });
    }

    fn press(self, request: Request) {
        self.trouble.set(None);
        spawn_local(async move {
            match self.state.change_circle(request).await {
                Ok(()) => page::focus_heading(),
                Err(failure) => drop(self.trouble.try_set(Some(failure_key(&failure)))),
            }
        });
    }
}
