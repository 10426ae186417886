//! The server's own door, and the time it and its phones share.

use super::Phone;
use crate::asking::InProcess;
use hearth_core::ports::Clock as _;
use hearth_core::vault::{Outgoing, Progress, Reply};
use hearth_core::world::World;
use hearth_server::api::Settings;
use hearth_server::db::MemoryDatabase;
use hearth_server::identity::IdentityRecord;
use std::sync::atomic::Ordering;

/// A server in this process, and the world around it.
#[derive(Debug)]
pub struct Home {
    server: InProcess<MemoryDatabase>,
    /// What the server keeps.
    pub database: MemoryDatabase,
    /// The phones' time and chance; the server's clock shows the same.
    pub world: World,
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}

impl Home {
    /// An empty server; nobody has a phone yet.
    #[must_use]
    pub fn new() -> Self {
        let database = MemoryDatabase::default();
        Self {
            server: InProcess::start(database.clone(), 0),
            database,
            world: World::new(),
        }
    }

    /// The server is lost with its keys, and another one stands where it was.
    pub fn replace_server(&mut self) {
        let who = IdentityRecord {
            id: [3; 16],
            seed: [4; 32],
        };
        self.database = MemoryDatabase::default();
        self.server = InProcess::start_as(&who, self.database.clone(), 1, Settings::default());
    }

    /// A phone that knows this server and holds nothing yet. The number makes its key.
    #[must_use]
    pub fn phone(&self, number: u8) -> Phone {
        Phone::new(number, &self.world)
    }

    /// Everything that this phone can do with the server now.
    pub fn sync(&self, phone: &mut Phone) {
        self.sync_through(phone, |_, answer| answer);
    }

    /// The same, with something in between that may give other answers.
    pub fn sync_through(
        &self,
        phone: &mut Phone,
        mut between: impl FnMut(&Outgoing, Reply) -> Reply,
    ) {
        phone.vault.look_for_news();
        for _ in 0..200 {
            let Some(call) = phone.next_call() else {
                return;
            };
            let reply = between(&call, self.answer(&call));
            if phone.take(&call, reply) == Progress::Wait {
                return;
            }
        }
        panic!("it never rests");
    }

    /// What the server says to this call.
    #[must_use]
    pub fn answer(&self, call: &Outgoing) -> Reply {
        self.server.clock.store(self.world.now(), Ordering::Relaxed);
        let answer = self
            .server
            .answer(call.endpoint, call.proof.as_deref(), &call.body);
        let answered = pollster::block_on(answer);
        Reply::Answered {
            status: answered.status,
            body: answered.body,
        }
    }
}
