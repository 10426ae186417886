//! Taking somebody, or another phone of one's own, out: one quiet press, and one question before
//! anything happens.

use crate::browser::page;
use crate::i18n::{Key, t, t_with};
use crate::state::State;
use crate::ui::{Rank, button, button_row, nothing, plain, question};
use hearth_core::circle::Removal;
use hearth_core::messages::Request;
use hearth_core::{DeviceId, PersonId};
use leptos::prelude::*;

/// A person, or one phone of theirs.
pub(super) struct Leaver {
    pub(super) person: PersonId,
    pub(super) device: Option<DeviceId>,
    /// What the screen calls them.
    pub(super) name: String,
    pub(super) removal: Removal,
}

impl Leaver {
    fn words(&self, key: Key) -> String {
        t_with(key, &[("name", &self.name)])
    }

    /// That they read on until the server has heard of it; nothing otherwise.
    pub(super) fn waits(&self) -> Option<AnyView> {
        let words = plain("span", "settings-list__value").set("dir", "auto");
        let words = words.words(self.words(Key::PeopleOutWaits));
        (self.removal == Removal::Waiting).then(|| words.view())
    }

    /// The press and its question, where this phone can take them out.
    pub(super) fn control(self, state: State) -> AnyView {
        if self.removal != Removal::Possible {
            return nothing();
        }
        let id = match self.device {
            Some(device) => format!("out-{device}"),
            None => format!("out-{}", self.person),
        };
        let dialog = self.question(state, &id);
        let press = plain("button", "button button--quiet")
            .set("type", "button")
            .set("aria-label", self.words(Key::PeopleOutOf))
            .words(t(Key::PeopleOut))
            .pressed(move || page::show_dialog(&id));
        Vec::from([press.view(), dialog]).into_any()
    }

    fn question(&self, state: State, id: &str) -> AnyView {
        let (keep, out) = (id.to_owned(), id.to_owned());
        let (person, device) = (self.person, self.device);
        let what_happens = match device {
            Some(_) => t(Key::PeopleOutPhone).to_owned(),
            None => self.words(Key::PeopleOutLine),
        };
        let buttons = button_row([
            button(Rank::Main, "", Key::PeopleStays, move || {
                page::close_dialog(&keep);
            }),
            button(Rank::Danger, "", Key::PeopleOut, move || {
                page::close_dialog(&out);
                state.press_circle(Request::Remove { person, device });
            }),
        ]);
        question(id, self.words(Key::PeopleOutAsk), what_happens, buttons)
    }
}
