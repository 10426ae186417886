//! One phone: how it begins and ends, and what goes in and out of it.

use crate::asking::ORIGIN;
use hearth_core::Key;
use hearth_core::circle::{CircleView, Whom};
use hearth_core::memory::MemoryStore;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::ports::{Store, Table, Write};
use hearth_core::sync::replica::Replica;
use hearth_core::vault::{Outgoing, Progress, Reply, Vault};
use hearth_core::world::World;
use hearth_protocol::{DeviceId, PersonId};

/// A vault over a store in memory.
pub struct Phone {
    /// What is left when the process ends.
    pub store: MemoryStore,
    key: Key,
    /// Its time and chance.
    pub world: World,
    /// The engine.
    pub vault: Vault<MemoryStore, World>,
}

impl Phone {
    pub(super) fn new(number: u8, world: &World) -> Self {
        let (store, key) = (MemoryStore::default(), Key::new([number; 32]));
        Self::start(store, key, world.clone())
    }

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

    /// The process ends and begins again: only what is in the store is left.
    #[must_use]
    pub fn restart(self) -> Self {
        Self::start(self.store, self.key, self.world)
    }

    /// The same for a phone that somebody else holds.
    pub fn begin_again(&mut self) {
        *self = self.tab();
    }

    /// Another tab over the same store.
    #[must_use]
    pub fn tab(&self) -> Self {
        Self::start(self.store.clone(), self.key.clone(), self.world.clone())
    }

    /// A phone with the same bytes, which go their own way from here on.
    #[must_use]
    pub fn copy(&self) -> Self {
        let store = MemoryStore::default();
        for table in Table::ALL {
            let rows = pollster::block_on(self.store.scan(table, None, usize::MAX)).unwrap();
            let put = |(key, value)| Write::Put { table, key, value };
            pollster::block_on(store.write(rows.into_iter().map(put).collect())).unwrap();
        }
        Self::start(store, self.key.clone(), self.world.clone())
    }

    /// What the engine answers to this message of a screen.
    ///
    /// # Errors
    /// What the screen would have to say.
    pub fn try_ask(&mut self, request: Request) -> Result<Response, Failure> {
        pollster::block_on(self.vault.answer(request, None))
    }

    /// The same where nothing may fail.
    pub fn ask(&mut self, request: Request) -> Response {
        self.try_ask(request).unwrap()
    }

    /// What it would say to the server now.
    pub fn next_call(&mut self) -> Option<Outgoing> {
        pollster::block_on(self.vault.next_call()).unwrap()
    }

    /// The answer to that call comes.
    pub fn take(&mut self, call: &Outgoing, reply: Reply) -> Progress {
        pollster::block_on(self.vault.take_reply(call.number, reply)).unwrap()
    }

    /// The circle as its screen shows it.
    pub fn circle(&mut self) -> CircleView {
        match self.ask(Request::Circle) {
            Response::Circle(circle) => *circle,
            other => panic!("{other:?}"),
        }
    }

    /// Begins an invite in Mum's name; nobody has heard of it before the next sync.
    pub fn invite(&mut self, whom: Whom) {
        self.ask(Request::Invite {
            whom,
            name: "Mum".into(),
            is_quick: false,
        });
    }

    /// Takes every invite back, or clears it.
    pub fn cancel_invites(&mut self) {
        for invite in self.circle().invites {
            self.ask(Request::CancelInvite(invite.id));
        }
    }

    /// Its copy of its circle, which it has once something was told.
    #[must_use]
    pub fn replica(&self) -> &Replica {
        self.vault.replica().unwrap()
    }

    /// Who it is in its circle.
    #[must_use]
    pub fn me(&self) -> (PersonId, DeviceId) {
        let me = self.replica().me();
        (me.person, me.device)
    }
}
