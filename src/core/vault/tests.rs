//! The vault over the in-memory store.

mod backup;
mod bin;
mod crashes;
mod drafts;
mod earlier;
mod records;
mod tabs;

use super::*;
use crate::Day;
use crate::draft::DraftPatch;
use crate::memory::MemoryStore;
use crate::messages::{Request, Response};
use crate::photo::PreparedPhoto;
use crate::record::{Record, RecordKind, WORDS};
use crate::timeline::{Filter, Page};
use crate::world::{NOON, World, photo};
use hearth_protocol::{Key, Millis};

pub(super) const DAY: Millis = 86_400_000;

pub(super) struct Phone {
    pub(super) store: MemoryStore,
    pub(super) world: World,
    pub(super) vault: Vault<MemoryStore, World>,
}

impl Phone {
    pub(super) fn new() -> Self {
        Self::start(MemoryStore::default(), World::new())
    }

    fn start(store: MemoryStore, world: World) -> Self {
        let key = Key::new([7; 32]);
        let vault = pollster::block_on(Vault::open(store.clone(), &key, world.clone())).unwrap();
        Self {
            store,
            world,
            vault,
        }
    }

    /// The process ends and starts again: only what is in the store is left.
    pub(super) fn restart(self) -> Self {
        self.store.heal();
        Self::start(self.store, self.world)
    }

    /// A second tab over the same store.
    pub(super) fn second_tab(&self) -> Self {
        Self::start(self.store.clone(), self.world.clone())
    }

    pub(super) fn try_ask(&mut self, request: Request) -> Result<Response, Failure> {
        pollster::block_on(self.vault.answer(request, None))
    }

    pub(super) fn ask(&mut self, request: Request) -> Response {
        self.try_ask(request).unwrap()
    }

    pub(super) fn begin(&mut self, kind: RecordKind) -> Draft {
        let Response::Draft(draft) = self.ask(Request::Begin(kind)) else {
            panic!("no draft")
        };
        *draft
    }

    pub(super) fn edit(&mut self, id: EntityId) -> Draft {
        let Response::Draft(draft) = self.ask(Request::Edit(id)) else {
            panic!("no draft")
        };
        *draft
    }

    pub(super) fn try_save(&mut self, draft: &Draft) -> Result<Record, Failure> {
        let save = Request::Save {
            draft: draft.id,
            kind: draft.kind,
            patch: patch_of(draft),
        };
        self.try_ask(save).map(|answer| match answer {
            Response::Saved(record) => *record,
            other => panic!("not saved: {other:?}"),
        })
    }

    /// Tells a story in these words.
    pub(super) fn tell(&mut self, words: &str) -> Record {
        let mut draft = self.begin(RecordKind::Story);
        draft.fields.insert(WORDS, words.into());
        self.try_save(&draft).unwrap()
    }

    pub(super) fn journal(&mut self, draft: &Draft) -> Result<Response, Failure> {
        self.try_ask(Request::Journal {
            draft: draft.id,
            kind: draft.kind,
            patch: patch_of(draft),
        })
    }

    pub(super) fn add_photo(
        &mut self,
        draft: &Draft,
        photo: PreparedPhoto,
    ) -> Result<Draft, Failure> {
        let request = Request::AddPhoto {
            draft: draft.id,
            kind: draft.kind,
        };
        match pollster::block_on(self.vault.answer(request, Some(photo)))? {
            Response::Draft(draft) => Ok(*draft),
            other => panic!("no draft: {other:?}"),
        }
    }

    pub(super) fn read(&mut self, id: EntityId) -> Record {
        let Response::Record(record) = self.ask(Request::Read(id)) else {
            panic!("no record")
        };
        *record
    }

    pub(super) fn timeline(&mut self, filter: Filter) -> Page {
        let request = Request::Timeline {
            filter,
            offset: 0,
            limit: 1_000,
        };
        let Response::Page(page) = self.ask(request) else {
            panic!("no page")
        };
        page
    }

    pub(super) fn words(&mut self) -> Vec<String> {
        self.timeline(Filter::default())
            .records
            .into_iter()
            .map(|record| record.words)
            .collect()
    }

    pub(super) fn tidy(&mut self) {
        pollster::block_on(self.vault.tidy()).unwrap();
    }

    pub(super) fn blobs(&self) -> usize {
        pollster::block_on(self.store.keys(Table::Blobs))
            .unwrap()
            .len()
    }
}

pub(super) fn patch_of(draft: &Draft) -> DraftPatch {
    DraftPatch {
        child: draft.child,
        day: draft.day,
        fields: draft.fields.clone(),
    }
}
