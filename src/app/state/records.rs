//! Records as every screen needs them: the newest, the timeline as it was left, blobs, names.

use super::State;
use crate::link;
use hearth_core::EntityId;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::record::{Record, Summary};
use hearth_core::timeline::Filter;
use leptos::prelude::*;

/// A part of the timeline as it was last read, so that coming back shows it at once.
#[derive(Clone, Copy)]
pub(crate) struct Listed {
    pub(crate) filter: RwSignal<Filter>,
    pub(crate) limit: RwSignal<usize>,
    pub(crate) records: RwSignal<Vec<Summary>>,
    pub(crate) total: RwSignal<usize>,
    pub(crate) is_read: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Listed {
    pub(crate) fn new(filter: Filter, limit: usize) -> Self {
        Self {
            filter: RwSignal::new(filter),
            limit: RwSignal::new(limit),
            records: RwSignal::default(),
            total: RwSignal::new(0),
            is_read: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Reads it now, and again whenever records, filter or length change, as long as the caller's
    /// screen is there.
    pub(crate) fn follow(self, state: State) {
        Effect::new(move |_| {
            state.changes.track();
            if state.door.get() != super::Door::Open {
                return;
            }
            let (filter, limit) = (self.filter.get(), self.limit.get());
            leptos::task::spawn_local(self.read(filter, limit));
        });
    }

    async fn read(self, filter: Filter, limit: usize) {
        let answer = link::ask(Request::Timeline {
            filter,
            offset: 0,
            limit,
        })
        .await;
        // Another filter was chosen meanwhile, or the screen is gone: its own answer counts.
        if self.filter.try_get_untracked() != Some(filter) {
            return;
        }
        match answer {
            Ok(Response::Page(page)) => {
                self.failure.set(None);
                self.total.set(page.total);
                self.records.set(page.records);
                self.is_read.set(true);
            }
            Ok(_) => self.failure.set(Some(link::unexpected())),
            Err(failure) => self.failure.set(Some(failure)),
        }
    }
}

impl State {
    /// One record.
    ///
    /// # Errors
    /// The worker's.
    pub(crate) async fn read_record(self, id: EntityId) -> Result<Record, Failure> {
        match link::ask(Request::Read(id)).await? {
            Response::Record(record) => Ok(*record),
            _ => Err(link::unexpected()),
        }
    }

    /// A blob's bytes.
    ///
    /// # Errors
    /// The worker's: [`Failure::NotFound`] where it has not come yet.
    pub(crate) async fn read_blob(self, id: EntityId) -> Result<Vec<u8>, Failure> {
        match link::ask(Request::Blob(id)).await? {
            Response::Bytes(bytes) => Ok(bytes),
            _ => Err(link::unexpected()),
        }
    }

    /// A child's name.
    pub(crate) fn child_name(self, id: EntityId) -> Option<String> {
        self.children.with(|children| {
            let child = children.iter().find(|child| child.id == id)?;
            Some(child.name.clone())
        })
    }
}
