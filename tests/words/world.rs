//! The server's own door, its time, and every byte that went through it.

use crate::phone::Phone;
use hearth_core::memory::MemoryStore;
use hearth_core::ports::{Clock, NoRandomness, Random};
use hearth_core::vault::{Outgoing, Progress, Reply};
use hearth_core::{Key, Millis};
use hearth_protocol::exchange::{Endpoint, ExchangeAnswer, ExchangeRequest};
use hearth_protocol::frame::Frame;
use hearth_protocol::limits::LONGEST_EXCHANGE;
use hearth_protocol::{Object as _, StreamId};
use hearth_server::api::{Api, Asked, OsRandom, Settings};
use hearth_server::db::MemoryDatabase;
use hearth_server::identity::{Identity, IdentityRecord};
use std::cell::Cell;
use std::rc::Rc;

pub(crate) const ORIGIN: &str = "https://hearth.example";
/// 2026-05-31 12:00 UTC.
pub(crate) const NOON: Millis = 1_780_228_800_000;

#[derive(Clone)]
pub(crate) struct World(Rc<Cell<Millis>>);

impl World {
    /// So many milliseconds pass.
    pub(crate) fn wait(&self, millis: Millis) {
        self.0.set(self.0.get() + millis);
    }
}

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
    pub(crate) api: Api<MemoryDatabase>,
    pub(crate) database: MemoryDatabase,
    world: World,
    /// Every request's body and proof, and every answer.
    pub(crate) carried: Vec<Vec<u8>>,
    /// Frames that came in exchanges or went out in their answers.
    pub(crate) frames: Vec<(StreamId, Frame)>,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self::over(MemoryDatabase::default(), World(Rc::new(Cell::new(NOON))))
    }

    fn over(database: MemoryDatabase, world: World) -> Self {
        let identity = Identity::new(&IdentityRecord {
            id: [1; 16],
            seed: [2; 32],
        });
        Self {
            api: Api::new(database.clone(), identity, Settings::default()),
            database,
            world,
            carried: Vec::new(),
            frames: Vec::new(),
        }
    }

    /// The server's process ends and begins again, over this database.
    pub(crate) fn restart(&mut self, database: MemoryDatabase) {
        *self = Self::over(database, self.world.clone());
    }

    pub(crate) fn phone(&self, number: u8) -> Phone {
        let (store, key) = (MemoryStore::default(), Key::new([number; 32]));
        Phone::start(store, key, self.world.clone())
    }

    pub(crate) fn wait(&self, millis: Millis) {
        self.world.wait(millis);
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
        self.note(call, &answered.body);
        Reply::Answered {
            status: answered.status,
            body: answered.body,
        }
    }

    fn note(&mut self, call: &Outgoing, body: &[u8]) {
        let proof = call.proof.clone().unwrap_or_default();
        self.carried
            .extend([call.body.clone(), proof.into_bytes(), body.to_vec()]);
        if call.endpoint != Endpoint::Exchange {
            return;
        }
        let request = ExchangeRequest::decode(&call.body, LONGEST_EXCHANGE).unwrap();
        for stream in request.streams {
            let frames = stream.frames.iter();
            let frames = frames.map(|pushed| Frame::decode(&pushed.frame).unwrap());
            self.frames
                .extend(frames.map(|frame| (stream.stream, frame)));
        }
        let answer = ExchangeAnswer::decode(body, LONGEST_EXCHANGE);
        for stream in answer.into_iter().flat_map(|answer| answer.streams) {
            let rows = stream.rows.iter().filter(|row| !row.frame.is_empty());
            let frames = rows.map(|row| Frame::decode(&row.frame).unwrap());
            self.frames
                .extend(frames.map(|frame| (stream.stream, frame)));
        }
    }
}
