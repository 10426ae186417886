//! One phone: a vault over a store, driven by the messages that a screen sends.

use crate::dice::Dice;
use crate::server::ORIGIN;
use crate::surroundings::Surroundings;
use hearth_core::draft::{Draft, DraftPatch};
use hearth_core::memory::MemoryStore;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::photo::PreparedPhoto;
use hearth_core::ports::{Store, Table, Write};
use hearth_core::record::{Record, RecordKind};
use hearth_core::sync::replica::{Newcomer, Replica};
use hearth_core::timeline::{Filter, Page};
use hearth_core::vault::Vault;
use hearth_core::{EntityId, Key, Millis};
use std::cell::Cell;
use std::rc::Rc;

pub(crate) struct Phone {
    pub(crate) store: MemoryStore,
    pub(crate) surroundings: Surroundings,
    pub(crate) vault: Vault<MemoryStore, Surroundings>,
    key: Key,
    pub(crate) has_server: bool,
    /// The number of the call whose answer has not come.
    pub(crate) in_flight: Option<u64>,
    /// The number of the newest call of this process.
    pub(crate) last: u64,
    /// How often the process began: an answer to a process that ended reaches nobody.
    pub(crate) life: u64,
    /// The keys it comes into the family's circle with, until it is in it.
    pub(crate) newcomer: Option<Newcomer>,
    pub(crate) is_removed: bool,
    /// Switched off, lost, or not there yet: it neither talks nor is looked at.
    pub(crate) is_away: bool,
    /// The last reply was nothing to go on from at once.
    pub(crate) must_wait: bool,
}

impl Phone {
    pub(crate) fn new(number: u8, real: Rc<Cell<Millis>>, dice: Dice) -> Self {
        let surroundings = Surroundings::new(real, dice);
        let (store, key) = (MemoryStore::default(), Key::new([number; 32]));
        let vault = open(&store, &key, &surroundings);
        Self {
            store,
            surroundings,
            vault,
            key,
            has_server: false,
            in_flight: None,
            last: 0,
            life: 0,
            newcomer: None,
            is_removed: false,
            is_away: false,
            must_wait: false,
        }
    }

    /// The process ends and begins again: what is in the store is left.
    pub(crate) fn restart(&mut self) {
        self.store.heal();
        self.vault = open(&self.store, &self.key, &self.surroundings);
        self.life += 1;
        self.in_flight = None;
        self.last = 0;
        if self.has_server {
            self.vault.connect(ORIGIN);
        }
    }

    /// Another phone with the same rows, as if it had been copied just now.
    pub(crate) fn copy(&self) -> Self {
        let store = MemoryStore::default();
        for table in Table::ALL {
            let rows = pollster::block_on(self.store.scan(table, None, usize::MAX)).unwrap();
            let put = |(key, value)| Write::Put { table, key, value };
            pollster::block_on(store.write(rows.into_iter().map(put).collect())).unwrap();
        }
        let mut copy = Self {
            vault: open(&store, &self.key, &self.surroundings),
            store,
            surroundings: self.surroundings.clone(),
            key: self.key.clone(),
            newcomer: self.newcomer.clone(),
            ..*self
        };
        copy.restart();
        copy
    }

    pub(crate) fn connect(&mut self) {
        self.has_server = true;
        self.vault.connect(ORIGIN);
    }

    pub(crate) fn replica(&self) -> &Replica {
        self.vault.replica().unwrap()
    }

    pub(crate) fn try_ask(&mut self, request: Request) -> Result<Response, Failure> {
        pollster::block_on(self.vault.answer(request, None))
    }

    pub(crate) fn begin(&mut self, kind: RecordKind) -> Draft {
        self.draft(Request::Begin(kind)).unwrap()
    }

    pub(crate) fn draft(&mut self, request: Request) -> Option<Draft> {
        match self.try_ask(request) {
            Ok(Response::Draft(draft)) => Some(*draft),
            _ => None,
        }
    }

    pub(crate) fn add_photo(&mut self, draft: &Draft, content: &[u8]) -> Option<Draft> {
        let request = Request::AddPhoto {
            draft: draft.id,
            kind: draft.kind,
        };
        let answer = self.vault.answer(request, Some(photo(content)));
        match pollster::block_on(answer) {
            Ok(Response::Draft(draft)) => Some(*draft),
            _ => None,
        }
    }

    pub(crate) fn read(&mut self, id: EntityId) -> Option<Record> {
        match self.try_ask(Request::Read(id)) {
            Ok(Response::Record(record)) => Some(*record),
            _ => None,
        }
    }

    pub(crate) fn timeline(&mut self, in_bin: bool) -> Page {
        let filter = Filter {
            in_bin,
            ..Filter::default()
        };
        let request = Request::Timeline {
            filter,
            offset: 0,
            limit: 10_000,
        };
        match self.try_ask(request) {
            Ok(Response::Page(page)) => page,
            other => panic!("no page: {other:?}"),
        }
    }

    /// The records that are shown, those in the bin as well.
    pub(crate) fn records(&mut self) -> Vec<EntityId> {
        let mut ids = Vec::new();
        for in_bin in [false, true] {
            let page = self.timeline(in_bin);
            ids.extend(page.records.into_iter().map(|record| record.id));
        }
        ids.sort();
        ids
    }

    pub(crate) fn blob(&mut self, id: EntityId) -> Option<Vec<u8>> {
        match self.try_ask(Request::Blob(id)) {
            Ok(Response::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }
}

pub(crate) fn patch_of(draft: &Draft) -> DraftPatch {
    DraftPatch {
        child: draft.child,
        day: draft.day,
        fields: draft.fields.clone(),
    }
}

fn open(
    store: &MemoryStore,
    key: &Key,
    surroundings: &Surroundings,
) -> Vault<MemoryStore, Surroundings> {
    let opened = Vault::open(store.clone(), key, surroundings.clone());
    let mut vault = pollster::block_on(opened).unwrap();
    // Here little waits at a time: even that goes over several exchanges.
    vault.frame_at_once(2);
    vault
}

/// The smallest thing that passes for a JPEG, and a smaller one for its thumbnail.
fn photo(content: &[u8]) -> PreparedPhoto {
    let around =
        |content: &[u8]| [&[0xff, 0xd8, 0xff, 0xda, 0, 2], content, &[0xff, 0xd9]].concat();
    PreparedPhoto {
        jpeg: around(content),
        thumbnail: around(&content[..content.len() / 2]),
        width: 4,
        height: 3,
        taken: None,
    }
}
