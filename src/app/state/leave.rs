//! Leaving this version for the next: never over words that are not kept.

use super::{Journalled, State};
use crate::browser::hearth;
use crate::i18n::{Key, t};
use leptos::prelude::*;

impl State {
    /// Adopts the new version as soon as the journal has everything.
    pub(crate) fn use_update(self) {
        leptos::task::spawn_local(async move {
            self.journal.settle(None).await;
            match self.journal.state_now() {
                Journalled::Kept => hearth::use_update(),
                _ => self.say(t(Key::UpdateWaits)),
            }
        });
    }

    /// Puts it off until it is announced again or the app is opened anew.
    pub(crate) fn put_off_update(self) {
        self.is_update_ready.set(false);
    }
}
