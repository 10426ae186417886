//! Phones over memory, the server's own door, and every byte that went through it.

use hearth_core::circle::{CircleView, Person, Removal, Whereabouts};
use hearth_core::draft::DraftPatch;
use hearth_core::memory::MemoryStore;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::ports::{Clock, NoRandomness, Random};
use hearth_core::record::{RecordKind, Summary, WORDS};
use hearth_core::sync::replica::{Intent, Newcomer, Replica};
use hearth_core::timeline::Filter;
use hearth_core::vault::{Outgoing, Progress, Reply, Vault};
use hearth_core::{Key, Millis};
use hearth_protocol::exchange::{Endpoint, ExchangeRequest};
use hearth_protocol::frame::Frame;
use hearth_protocol::limits::LONGEST_EXCHANGE;
use hearth_protocol::{DeviceId, Object as _, PersonId, StreamId};
use hearth_server::api::{Api, Asked, OsRandom, Settings};
use hearth_server::db::MemoryDatabase;
use hearth_server::identity::{Identity, IdentityRecord};
use std::cell::Cell;
use std::rc::Rc;

const ORIGIN: &str = "https://hearth.example";
/// 2026-05-31 12:00 UTC.
const NOON: Millis = 1_780_228_800_000;

#[derive(Clone)]
pub(crate) struct World(Rc<Cell<Millis>>);

impl Clock for World {
    fn now(&self) -> Millis {
        self.0.get()
    }

    fn offset(&self, _: Millis) -> i32 {
        60
    }
}

impl Random for World {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// The server and its time.
pub(crate) struct Home {
    api: Api<MemoryDatabase>,
    world: World,
    /// Frames that came in exchanges, whether they were taken or not.
    pub(crate) carried: Vec<(StreamId, Frame)>,
}

impl Home {
    pub(crate) fn new() -> Self {
        let identity = Identity::new(&IdentityRecord {
            id: [1; 16],
            seed: [2; 32],
        });
        let database = MemoryDatabase::default();
        Self {
            api: Api::new(database, identity, Settings::default()),
            world: World(Rc::new(Cell::new(NOON))),
            carried: Vec::new(),
        }
    }

    pub(crate) fn phone(&self, number: u8) -> Phone {
        let (store, key) = (MemoryStore::default(), Key::new([number; 32]));
        Phone::start(store, key, self.world.clone())
    }

    pub(crate) fn wait(&self, millis: Millis) {
        self.world.0.set(self.world.0.get() + millis);
    }

    /// Everything that this phone can do with the server now.
    pub(crate) fn sync(&mut self, phone: &mut Phone) {
        phone.vault.look_for_news();
        for _ in 0..200 {
            let Some(call) = phone.next_call() else {
                return;
            };
            let reply = self.answer(&call);
            if phone.take(&call, reply) == Progress::Wait {
                return;
            }
        }
        panic!("it never rests");
    }

    pub(crate) fn answer(&mut self, call: &Outgoing) -> Reply {
        if call.endpoint == Endpoint::Exchange {
            let request = ExchangeRequest::decode(&call.body, LONGEST_EXCHANGE).unwrap();
            for stream in request.streams {
                let frames = stream.frames.iter();
                let frames = frames.map(|pushed| Frame::decode(&pushed.frame).unwrap());
                self.carried
                    .extend(frames.map(|frame| (stream.stream, frame)));
            }
        }
        let asked = Asked {
            endpoint: call.endpoint,
            origin: ORIGIN,
            method: "POST",
            path: call.endpoint.path(),
            proof: call.proof.as_deref(),
            body: &call.body,
        };
        let now = self.world.now();
        let answered = pollster::block_on(self.api.answer(asked, now, &mut OsRandom));
        Reply::Answered {
            status: answered.status,
            body: answered.body,
        }
    }
}

pub(crate) struct Phone {
    store: MemoryStore,
    key: Key,
    world: World,
    pub(crate) vault: Vault<MemoryStore, World>,
}

impl Phone {
    fn start(store: MemoryStore, key: Key, world: World) -> Self {
        let opened = Vault::open(store.clone(), &key, world.clone());
        let mut vault = pollster::block_on(opened).unwrap();
        vault.connect(ORIGIN);
        Self {
            store,
            key,
            world,
            vault,
        }
    }

    /// The process ends and begins again.
    pub(crate) fn restart(&mut self) {
        let (store, key, world) = (self.store.clone(), self.key.clone(), self.world.clone());
        *self = Self::start(store, key, world);
    }

    pub(crate) fn next_call(&mut self) -> Option<Outgoing> {
        pollster::block_on(self.vault.next_call()).unwrap()
    }

    pub(crate) fn take(&mut self, call: &Outgoing, reply: Reply) -> Progress {
        pollster::block_on(self.vault.take_reply(call.number, reply)).unwrap()
    }

    fn ask(&mut self, request: Request) -> Result<Response, Failure> {
        pollster::block_on(self.vault.answer(request, None))
    }

    pub(crate) fn tell(&mut self, words: &str) {
        let Ok(Response::Draft(draft)) = self.ask(Request::Begin(RecordKind::Story)) else {
            panic!("no draft")
        };
        let patch = DraftPatch {
            fields: [(WORDS, words.to_owned())].into(),
            ..DraftPatch::default()
        };
        let (draft, kind) = (draft.id, draft.kind);
        self.ask(Request::Save { draft, kind, patch }).unwrap();
    }

    pub(crate) fn words(&mut self) -> Vec<String> {
        let records = self.records().into_iter();
        let mut words: Vec<String> = records.map(|one| one.words).collect();
        words.sort();
        words
    }

    /// Where everything told is, as this phone shows it.
    pub(crate) fn places(&mut self) -> Vec<Whereabouts> {
        let records = self.records().into_iter();
        records.map(|record| record.whereabouts).collect()
    }

    fn records(&mut self) -> Vec<Summary> {
        let request = Request::Timeline {
            filter: Filter::default(),
            offset: 0,
            limit: 100,
        };
        match self.ask(request) {
            Ok(Response::Page(page)) => page.records,
            other => panic!("no page: {other:?}"),
        }
    }

    pub(crate) fn circle(&self) -> CircleView {
        self.vault.circle()
    }

    pub(crate) fn replica(&self) -> &Replica {
        self.vault.replica().unwrap()
    }

    pub(crate) fn me(&self) -> (PersonId, DeviceId) {
        let me = self.replica().me();
        (me.person, me.device)
    }

    /// The other phone's person, as this one shows them.
    pub(crate) fn shown(&self, other: &Self) -> Option<Person> {
        let people = self.circle().people.into_iter();
        let mut people = people.filter(|person| person.id == other.me().0);
        people.next()
    }

    /// How it stands with taking the other phone's person out.
    pub(crate) fn removal_of(&self, other: &Self) -> Option<Removal> {
        self.shown(other).map(|person| person.removal)
    }

    pub(crate) fn take_out(&mut self, other: &Self) -> Result<(), Failure> {
        self.remove(other.me().0, None)
    }

    pub(crate) fn remove(
        &mut self,
        person: PersonId,
        device: Option<DeviceId>,
    ) -> Result<(), Failure> {
        let answer = self.ask(Request::Remove { person, device })?;
        assert_eq!(answer, Response::Circle(Box::new(self.circle())));
        Ok(())
    }

    /// Another person comes into this phone's circle.
    pub(crate) fn let_in(&mut self, other: &mut Self, home: &mut Home) {
        let newcomer = other.vault.newcomer(None).unwrap();
        let intent = Intent::AddPerson {
            person: newcomer.me().person,
            keys: newcomer.keys(),
            reads_all: true,
        };
        self.bring_in(other, &newcomer, intent, home);
    }

    /// The other phone is this person's too.
    pub(crate) fn let_in_own(&mut self, other: &mut Self, home: &mut Home) {
        let newcomer = other.vault.newcomer(Some(self.me().0)).unwrap();
        let intent = Intent::AddDevice(newcomer.keys());
        self.bring_in(other, &newcomer, intent, home);
    }

    fn bring_in(&mut self, other: &mut Self, keys: &Newcomer, intent: Intent, home: &mut Home) {
        self.vault.intend(intent);
        home.sync(self);
        let circle = self.replica().id();
        pollster::block_on(other.vault.join(circle, keys)).unwrap();
        home.sync(other);
    }
}
