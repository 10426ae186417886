//! Phones over memory, the server's real door, and nothing lost between them.

use hearth_core::circle::{SyncTrouble, Whereabouts};
use hearth_core::draft::DraftPatch;
use hearth_core::memory::MemoryStore;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::photo::PreparedPhoto;
use hearth_core::ports::{Clock, NoRandomness, Random, Store, Table, Write};
use hearth_core::record::{Record, RecordKind, WORDS};
use hearth_core::sync::replica::Intent;
use hearth_core::timeline::Filter;
use hearth_core::vault::{Outgoing, Reply, Restored, Vault};
use hearth_core::{EntityId, Key, Millis};
use hearth_protocol::{DeviceId, PersonId};
use hearth_server::api::{Api, Asked, NoRandom, Settings};
use hearth_server::db::MemoryDatabase;
use hearth_server::identity::{Identity, IdentityRecord};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

const ORIGIN: &str = "https://hearth.example";
pub(crate) const PASSPHRASE: &str = "four quite ordinary words";
/// 2026-05-31 12:00 UTC.
const NOON: Millis = 1_780_228_800_000;

/// Time and chance, shared by all.
#[derive(Clone)]
pub(crate) struct World {
    now: Rc<Cell<Millis>>,
    drawn: Rc<Cell<u64>>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            now: Rc::new(Cell::new(NOON)),
            drawn: Rc::default(),
        }
    }

    pub(crate) fn wait(&self) {
        self.now.set(self.now.get() + 60_000);
    }
}

impl Clock for World {
    fn now(&self) -> Millis {
        self.now.get()
    }

    fn offset(&self, _: Millis) -> i32 {
        60
    }
}

impl Random for World {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for byte in bytes {
            // SplitMix64, one byte of each number.
            let mut mixed = self.drawn.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
            self.drawn.set(mixed);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (mixed >> 40) as u8;
        }
        Ok(())
    }
}

pub(crate) struct Server {
    api: Api<MemoryDatabase>,
    world: World,
    draws: Draws,
}

/// The server counts what it draws.
#[derive(Default)]
struct Draws(u128);

impl hearth_server::api::Random for Draws {
    fn draw(&mut self) -> Result<[u8; 16], NoRandom> {
        self.0 += 1;
        Ok(self.0.to_be_bytes())
    }
}

impl Server {
    pub(crate) fn new(world: &World) -> Self {
        let record = IdentityRecord {
            id: [1; 16],
            seed: [2; 32],
        };
        let identity = Arc::new(Identity::new(&record));
        Self {
            api: Api::new(MemoryDatabase::default(), identity, Settings::default()),
            world: world.clone(),
            draws: Draws::default(),
        }
    }

    fn answer(&mut self, call: &Outgoing) -> Reply {
        let asked = Asked {
            endpoint: call.endpoint,
            origin: ORIGIN,
            method: "POST",
            path: call.endpoint.path(),
            proof: call.proof.as_deref(),
            body: &call.body,
        };
        let now = self.world.now();
        let answered = pollster::block_on(self.api.answer(asked, now, &mut self.draws));
        Reply::Answered {
            status: answered.status,
            body: answered.body,
        }
    }
}

pub(crate) struct Phone {
    store: MemoryStore,
    world: World,
    pub(crate) vault: Vault<MemoryStore, World>,
}

impl Phone {
    pub(crate) fn new(world: &World) -> Self {
        Self::over(MemoryStore::default(), world)
    }

    fn over(store: MemoryStore, world: &World) -> Self {
        let key = Key::new([7; 32]);
        let opened = Vault::open(store.clone(), &key, world.clone());
        let mut vault = pollster::block_on(opened).unwrap();
        vault.connect(ORIGIN);
        Self {
            store,
            world: world.clone(),
            vault,
        }
    }

    /// The process ends and begins again.
    pub(crate) fn restart(&mut self) {
        *self = Self::over(self.store.clone(), &self.world);
    }

    /// A phone with the same bytes, which go their own way from here on.
    pub(crate) fn copy(&self) -> Self {
        let store = MemoryStore::default();
        for table in Table::ALL {
            let rows = pollster::block_on(self.store.scan(table, None, usize::MAX)).unwrap();
            let puts = rows
                .into_iter()
                .map(|(key, value)| Write::Put { table, key, value });
            pollster::block_on(store.write(puts.collect())).unwrap();
        }
        Self::over(store, &self.world)
    }

    pub(crate) fn try_ask(&mut self, request: Request) -> Result<Response, Failure> {
        pollster::block_on(self.vault.answer(request, None))
    }

    /// Tells a story with a photo, or writes other words where it is told already.
    pub(crate) fn tell(&mut self, words: &str) -> EntityId {
        let Ok(Response::Draft(draft)) = self.try_ask(Request::Begin(RecordKind::Story)) else {
            panic!("no draft")
        };
        let request = Request::AddPhoto {
            draft: draft.id,
            kind: draft.kind,
        };
        let answer = self.vault.answer(request, Some(photo(words.as_bytes())));
        pollster::block_on(answer).unwrap();
        self.save(draft.id, words);
        draft.id
    }

    pub(crate) fn edit(&mut self, id: EntityId, words: &str) {
        self.try_ask(Request::Edit(id)).unwrap();
        self.save(id, words);
    }

    fn save(&mut self, draft: EntityId, words: &str) {
        let patch = DraftPatch {
            fields: [(WORDS, words.to_owned())].into(),
            ..DraftPatch::default()
        };
        let kind = RecordKind::Story;
        self.try_ask(Request::Save { draft, kind, patch }).unwrap();
        self.world.wait();
    }

    pub(crate) fn end(&mut self, id: EntityId) {
        self.try_ask(Request::Delete(id)).unwrap();
        self.try_ask(Request::Erase(id)).unwrap();
        self.world.wait();
    }

    pub(crate) fn read(&mut self, id: EntityId) -> Record {
        match self.try_ask(Request::Read(id)) {
            Ok(Response::Record(record)) => *record,
            other => panic!("no record: {other:?}"),
        }
    }

    /// Every record's words with its conflicts and whether its photos are here.
    pub(crate) fn all(&mut self) -> Vec<(String, usize, bool)> {
        let request = Request::Timeline {
            filter: Filter::default(),
            offset: 0,
            limit: 1_000,
        };
        let Ok(Response::Page(page)) = self.try_ask(request) else {
            panic!("no page")
        };
        let ids: Vec<EntityId> = page.records.iter().map(|record| record.id).collect();
        let mut all: Vec<_> = ids.into_iter().map(|id| self.summary(id)).collect();
        all.sort();
        all
    }

    fn summary(&mut self, id: EntityId) -> (String, usize, bool) {
        let record = self.read(id);
        let files = record
            .photos
            .iter()
            .flat_map(|photo| [photo.blob, photo.thumbnail]);
        let files: Vec<EntityId> = files.collect();
        let is_whole = !files.is_empty()
            && files
                .into_iter()
                .all(|file| self.try_ask(Request::Blob(file)).is_ok());
        (
            record.fields[&WORDS].clone(),
            record.conflicts.len(),
            is_whole,
        )
    }

    pub(crate) fn words(&mut self) -> Vec<String> {
        self.all().into_iter().map(|(words, ..)| words).collect()
    }

    pub(crate) fn is_safe(&mut self, id: EntityId) -> bool {
        self.read(id).whereabouts == Whereabouts::Safe
    }

    pub(crate) fn trouble(&self) -> Option<SyncTrouble> {
        self.vault.circle().sync.trouble
    }

    pub(crate) fn device(&self) -> DeviceId {
        self.vault.replica().unwrap().me().device
    }

    /// Asks until there is nothing to ask.
    pub(crate) fn sync(&mut self, server: &mut Server) {
        self.vault.look_for_news();
        for _ in 0..500 {
            self.world.wait();
            let Some(call) = pollster::block_on(self.vault.next_call()).unwrap() else {
                return;
            };
            let reply = server.answer(&call);
            pollster::block_on(self.vault.take_reply(call.number, reply)).unwrap();
        }
        panic!("never done");
    }

    pub(crate) fn back_up(&mut self) -> Vec<u8> {
        let passphrase = PASSPHRASE.into();
        match self.try_ask(Request::Backup { passphrase }) {
            Ok(Response::Bytes(file)) => file,
            other => panic!("no file: {other:?}"),
        }
    }

    pub(crate) fn restore(&mut self, file: &[u8]) -> Restored {
        pollster::block_on(self.vault.restore(file, PASSPHRASE)).unwrap()
    }

    /// Another person comes into this phone's circle.
    pub(crate) fn let_in(&mut self, other: &mut Self, server: &mut Server) {
        let person = PersonId([9; 16]);
        let newcomer = other.vault.newcomer(Some(person)).unwrap();
        self.vault.intend(Intent::AddPerson {
            person,
            keys: newcomer.keys(),
            reads_all: true,
        });
        self.sync(server);
        let circle = self.vault.replica().unwrap().id();
        pollster::block_on(other.vault.join(circle, &newcomer)).unwrap();
        other.sync(server);
    }
}

/// The smallest thing that passes for a JPEG, in a size of its own.
fn photo(content: &[u8]) -> PreparedPhoto {
    let jpeg = [&[0xff, 0xd8, 0xff, 0xda, 0, 2], content, &[0xff, 0xd9]].concat();
    PreparedPhoto {
        thumbnail: jpeg.clone(),
        jpeg,
        width: 4,
        height: 3,
        taken: None,
    }
}
