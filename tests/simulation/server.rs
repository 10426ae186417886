//! The server: its real door over a database that is easily lost.

use crate::dice::Dice;
use hearth_core::Millis;
use hearth_core::vault::{Outgoing, Reply};
use hearth_protocol::control::Cut;
use hearth_protocol::exchange::{Endpoint, HoldAnswer, HoldRequest};
use hearth_protocol::limits::LONGEST_SMALL_MESSAGE;
use hearth_protocol::request::Request;
use hearth_protocol::{DeviceId, Object};
use hearth_server::api::{Api, Asked, NoRandom, Random, Settings};
use hearth_server::db::MemoryDatabase;
use hearth_server::identity::{Identity, IdentityRecord};
use hearth_server::journal::{Journal, Record, replay};
use std::sync::{Arc, Mutex};

/// Where the phones believe it to be.
pub(crate) const ORIGIN: &str = "https://hearth.example";

pub(crate) struct Server {
    api: Api<MemoryDatabase>,
    pub(crate) database: MemoryDatabase,
    journal: Option<Arc<Notebook>>,
    backup: MemoryDatabase,
    identity: Arc<Identity>,
    settings: Settings,
    dice: Draws,
}

/// A journal that outlives the database.
#[derive(Debug, Default)]
struct Notebook(Mutex<Vec<Record>>);

impl Journal for Notebook {
    fn keep(&self, record: &Record) -> std::io::Result<()> {
        self.0.lock().unwrap().push(record.clone());
        Ok(())
    }
}

struct Draws(Dice);

impl Random for Draws {
    fn draw(&mut self) -> Result<[u8; 16], NoRandom> {
        let mut bytes = [0; 16];
        self.0.fill(&mut bytes);
        Ok(bytes)
    }
}

impl Server {
    pub(crate) fn new(dice: Dice, has_journal: bool) -> Self {
        let record = IdentityRecord {
            id: [1; 16],
            seed: [2; 32],
        };
        let identity = Arc::new(Identity::new(&record));
        let database = MemoryDatabase::default();
        let api = Api::new(database.clone(), identity.clone(), Settings::default());
        let mut server = Self {
            api,
            backup: database.snapshot(),
            database,
            journal: has_journal.then(Arc::default),
            identity,
            settings: Settings::default(),
            dice: Draws(dice),
        };
        server.restart();
        server
    }

    /// The process ends and starts again over the same database.
    pub(crate) fn restart(&mut self) {
        let (database, identity) = (self.database.clone(), self.identity.clone());
        let mut api = Api::new(database, identity, self.settings);
        if let Some(journal) = self.journal.clone() {
            let records = journal.0.lock().unwrap().clone();
            pollster::block_on(replay(&self.database, &*journal, records)).unwrap();
            api = api.with_journal(journal);
        }
        self.api = api;
    }

    /// Another server in the same state, which goes its own way.
    pub(crate) fn copy(&mut self) -> Self {
        let journal = self.journal.as_ref().map(|journal| {
            let records = journal.0.lock().unwrap().clone();
            Arc::new(Notebook(Mutex::new(records)))
        });
        let (database, identity) = (self.database.snapshot(), self.identity.clone());
        let mut copy = Self {
            api: Api::new(database.clone(), identity.clone(), self.settings),
            database,
            journal,
            backup: self.backup.snapshot(),
            identity,
            settings: self.settings,
            dice: Draws(self.dice.0.split()),
        };
        copy.restart();
        copy
    }

    /// From now on a circle has so many bytes there.
    pub(crate) fn set_room(&mut self, bytes: u64) {
        self.settings.circle_bytes = bytes;
        self.restart();
    }

    pub(crate) fn back_up(&mut self) {
        self.backup = self.database.snapshot();
    }

    /// Yesterday's backup takes the database's place.
    pub(crate) fn restore(&mut self) {
        self.database = self.backup.snapshot();
        self.restart();
    }

    /// The database is gone; who the server is was kept elsewhere.
    pub(crate) fn wipe(&mut self) {
        self.database = MemoryDatabase::default();
        self.backup = self.database.snapshot();
        self.restart();
    }

    pub(crate) fn answer(&mut self, call: &Outgoing, now: Millis) -> Reply {
        let asked = Asked {
            endpoint: call.endpoint,
            origin: ORIGIN,
            method: "POST",
            path: call.endpoint.path(),
            proof: call.proof.as_deref(),
            body: &call.body,
        };
        let answered = pollster::block_on(self.api.answer(asked, now, &mut self.dice));
        Reply::Answered {
            status: answered.status,
            body: answered.body,
        }
    }

    /// Holds devices before they are removed, asked by another phone.
    pub(crate) fn hold(
        &mut self,
        by: &hearth_core::sync::replica::Replica,
        devices: Vec<DeviceId>,
        now: Millis,
    ) -> Option<Vec<Cut>> {
        let circle = by.id();
        let body = HoldRequest { circle, devices }.encode();
        let request = Request {
            origin: ORIGIN,
            method: "POST",
            path: Endpoint::Hold.path(),
            body: &body,
        };
        let proof = request.prove(by.me().device, now, &by.me().secret.signer);
        let call = Outgoing {
            number: 0,
            endpoint: Endpoint::Hold,
            proof: Some(proof.to_header()),
            body,
        };
        match self.answer(&call, now) {
            Reply::Answered { status: 200, body } => {
                let answer = HoldAnswer::decode(&body, LONGEST_SMALL_MESSAGE);
                Some(answer.unwrap().cuts)
            }
            _ => None,
        }
    }
}
