//! Counting what only this phone has, and removing it all.

use crate::browser::page;
use crate::i18n::Key;
use crate::link;
use crate::route::Route;
use crate::state::{Door, State};
use crate::ui::failure_key;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::vault::OnlyHere;
use hearth_storage::settings::{self, Witness};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is on the screen.
#[derive(Clone, Copy)]
pub(super) struct Leaving {
    pub(super) here: RwSignal<Option<OnlyHere>>,
    pub(super) is_going: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<Key>>,
}

impl Leaving {
    pub(super) fn new() -> Self {
        Self {
            here: RwSignal::new(None),
            is_going: RwSignal::new(false),
            trouble: RwSignal::new(None),
        }
    }

    /// Counts now, and whenever something changed or was sent.
    pub(super) fn follow(self, state: State) {
        Effect::new(move |_| {
            state.changes.track();
            state.circle.track();
            if state.door.get() == Door::Open {
                spawn_local(async move {
                    let _: bool = self.count().await;
                });
            }
        });
    }

    /// Whether that is what the screen says already.
    async fn count(self) -> bool {
        match link::ask(Request::OnlyHere).await {
            Ok(Response::OnlyHere(here)) => {
                let is_said = self.here.try_get_untracked() == Some(Some(here.clone()));
                if !is_said {
                    let _ = self.here.try_set(Some(here));
                }
                return is_said;
            }
            Ok(_) => self.fail(&link::unexpected()),
            Err(failure) => self.fail(&failure),
        }
        false
    }

    fn fail(self, failure: &Failure) {
        let _ = self.trouble.try_set(Some(failure_key(failure)));
        let _ = self.is_going.try_set(false);
    }

    /// Asks the server now.
    pub(super) fn look(self) {
        spawn_local(async move {
            if let Err(failure) = link::ask(Request::LookForNews).await {
                self.fail(&failure);
            }
        });
    }

    /// Removes it all; only what was named on the screen, or is safe.
    pub(super) fn remove(self) {
        self.trouble.set(None);
        spawn_local(async move {
            if !self.count().await {
                return;
            }
            let _ = self.is_going.try_set(true);
            let vault = settings::vault();
            // Whatever comes between: the next start is not to say that the browser cleared it.
            settings::note(Witness::Nothing);
            match link::ask(Request::RemoveVault).await {
                Ok(_) => {
                    if let Some(vault) = vault {
                        settings::forget(vault);
                    }
                    page::begin_anew(Route::Home.address());
                }
                Err(failure) => {
                    settings::note(Witness::Kept);
                    self.fail(&failure);
                }
            }
        });
    }
}
