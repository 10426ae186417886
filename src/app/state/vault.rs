//! The vault's door: opening it, and hearing what other tabs and phones change.

use super::State;
use crate::browser::page;
use crate::link::{self, Heard};
use crate::route::Route;
use hearth_core::messages::{Failure, Opened, Request, Response};
use hearth_storage::settings::{self, Witness};
use leptos::prelude::*;

/// Whether the vault is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    Opening,
    Open,
    Failed(Failure),
}

impl State {
    /// Opens the vault that this phone used last.
    pub(crate) fn open_vault(self) {
        self.door.set(Door::Opening);
        leptos::task::spawn_local(async move {
            let opened = open(move |heard| self.hear(heard)).await;
            match opened {
                Ok(opened) => self.enter(opened),
                Err(failure) => self.door.set(Door::Failed(failure)),
            }
        });
    }

    fn enter(self, opened: Opened) {
        // Without the note the next start takes the one vault that is there.
        let _: Result<(), settings::NotKept> = settings::set_vault(opened.vault);
        self.children.set(opened.children);
        self.drafts.set(opened.drafts);
        self.health.set(opened.health);
        self.note_cleared(opened.is_new && settings::witness() == Witness::Kept);
        if !opened.is_new {
            self.hold_on();
        }
        // A door that stands open already stays: somebody may be writing behind it.
        if self.door.get_untracked() != Door::Open {
            self.door.set(Door::Open);
        }
        leptos::task::spawn_local(self.read_circle());
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Ended => self
                .door
                .set(Door::Failed(Failure::Lost("the worker is gone".into()))),
            // It waits there until all is gone, and then says so.
            Heard::Removed => page::begin_anew(Route::Leave.address()),
            Heard::Circle(circle) => self.take_circle(*circle),
            Heard::Cleared => leptos::task::spawn_local(async move {
                if let Ok(opened) = ask_to_open().await {
                    self.note_cleared(true);
                    self.enter(opened);
                    self.note_change();
                    // What is being written goes into the store that took the old one's place.
                    self.journal.retry();
                }
            }),
            Heard::Changed => {
                self.note_change();
                leptos::task::spawn_local(self.read_circle());
                leptos::task::spawn_local(self.read_drafts());
            }
        }
    }

    /// Records changed: whatever shows some reads them again.
    pub(crate) fn note_change(self) {
        self.changes.update(|count| *count += 1);
    }

    /// Reads what is not saved yet.
    pub(crate) async fn read_drafts(self) {
        if let Ok(Response::Drafts(drafts)) = link::ask(Request::Drafts).await {
            self.drafts.set(drafts);
        }
    }
}

async fn open(hear: impl Fn(Heard) + Clone + 'static) -> Result<Opened, Failure> {
    link::connect(hear).await?;
    ask_to_open().await
}

async fn ask_to_open() -> Result<Opened, Failure> {
    let vault = settings::vault();
    match link::ask(Request::Open { vault }).await? {
        Response::Opened(opened) => Ok(opened),
        _ => Err(link::unexpected()),
    }
}
