//! The circle that the phones share: who comes in, who is removed, and how all come to rest.
//!
//! Phones 0, 1 and 2 are one person's, 3 and 4 another's.

use crate::phone::Phone;
use crate::world::World;
use hearth_core::ports::{Store, Table};
use hearth_core::sync::replica::{Intent, Newcomer, Replica};
use hearth_protocol::{DeviceId, PersonId};

/// The first phone of the other person.
pub(crate) const NEWCOMERS: usize = 3;
/// Calls that a phone may make before it has to be done, in a network without faults.
const MOST_CALLS: usize = 400;
/// Rounds after which nobody may have anything left to say.
const MOST_ROUNDS: usize = 30;
/// Rounds in which nothing moved, before that is believed to be rest.
const STILL_ROUNDS: usize = 3;

/// Which phone lets which one in.
pub(crate) fn inviter_of(phone: usize) -> usize {
    match phone {
        4 => 3,
        _ => 0,
    }
}

impl World {
    /// Keys for a phone that shall come in. Those of a first phone are of a new person.
    pub(crate) fn invite(&mut self, phone: usize) {
        let by = inviter_of(phone);
        if !self.is_in(by) || self.phones[phone].newcomer.is_some() || self.is_in(phone) {
            return;
        }
        let person = (phone != 3).then(|| self.phones[by].replica().me().person);
        let newcomer = self.phones[phone].vault.newcomer(person).unwrap();
        self.phones[phone].newcomer = Some(newcomer);
    }

    /// Whether the phone is in the family's circle.
    pub(crate) fn is_in(&self, phone: usize) -> bool {
        let founded = self.phones[0].vault.replica().map(Replica::id);
        let own = self.phones[phone].vault.replica().map(Replica::id);
        founded.is_some() && founded == own
    }

    /// Its inviter says so to the circle, again after each crash, until it is appended.
    pub(crate) fn let_in(&mut self, phone: usize) {
        let Some(newcomer) = self.phones[phone].newcomer.clone() else {
            return;
        };
        let inviter = &mut self.phones[inviter_of(phone)];
        let Some(replica) = inviter.vault.replica() else {
            return;
        };
        if replica.circle().is_active(&newcomer.me().device) {
            let id = replica.id();
            self.come_in(phone, id, &newcomer);
            return;
        }
        inviter.vault.intend(match phone {
            3 => Intent::AddPerson {
                person: newcomer.me().person,
                keys: newcomer.keys(),
                reads_all: self.reads_all,
            },
            _ => Intent::AddDevice(newcomer.keys()),
        });
    }

    /// Whether the phone was let in and has not come.
    pub(crate) fn is_awaited(&self, phone: usize) -> bool {
        let replica = self.phones[inviter_of(phone)].vault.replica();
        let newcomer = self.phones[phone].newcomer.as_ref();
        let both = newcomer.zip(replica);
        both.is_some_and(|(newcomer, replica)| replica.circle().is_active(&newcomer.me().device))
    }

    pub(crate) fn come_in(
        &mut self,
        phone: usize,
        circle: hearth_protocol::CircleId,
        keys: &Newcomer,
    ) {
        let phone = &mut self.phones[phone];
        if pollster::block_on(phone.vault.join(circle, keys)).is_ok() {
            phone.newcomer = None;
            phone.connect();
        }
    }

    /// Goes on with a removal that was begun: holds the devices, and again whenever that ran out
    /// before the entry was there.
    pub(crate) fn go_on_removing(&mut self) {
        let Some((by, removal)) = self.removal else {
            return;
        };
        let Some(replica) = self.phones[by].vault.replica() else {
            return;
        };
        let devices = removal.devices(replica);
        if devices.is_empty() {
            return;
        }
        if let Some(cuts) = self.server.hold(replica, devices, self.now.get()) {
            let intent = removal.intent(cuts);
            if let Some(older) = self.removing.replace(intent.clone()) {
                self.phones[by].vault.give_up(&older);
            }
            self.phones[by].vault.intend(intent);
        }
    }

    /// Everybody talks, in a network without faults, until nobody has anything left to say.
    pub(crate) fn come_to_rest(&mut self) {
        self.bad = 0;
        for phone in 0..self.phones.len() {
            self.phones[phone].store.heal();
            self.phones[phone].vault.hang_up();
            self.phones[phone].in_flight = None;
        }
        let (mut still, mut before) = (0, Vec::new());
        for _ in 0..MOST_ROUNDS {
            self.wait(61_000);
            let here = 0..self.phones.len();
            let here: Vec<_> = here.filter(|phone| !self.phones[*phone].is_away).collect();
            for phone in here.iter().filter(|phone| **phone > 0) {
                self.invite(*phone);
                self.let_in(*phone);
            }
            self.go_on_removing();
            here.into_iter().for_each(|phone| self.talk(phone));
            let now: Vec<_> = self.phones.iter().map(how_far).collect();
            still = match before == now {
                true => still + 1,
                false => 0,
            };
            before = now;
            if still == STILL_ROUNDS {
                return;
            }
        }
        let states = self.phones.iter().map(|phone| phone.vault.sync_state());
        let states: Vec<_> = states.collect();
        panic!("the phones do not come to rest: {states:?}");
    }

    /// The same, while all the others are away.
    pub(crate) fn come_to_rest_of(&mut self, phones: &[usize]) {
        let were_away: Vec<bool> = self.phones.iter().map(|phone| phone.is_away).collect();
        for (number, phone) in self.phones.iter_mut().enumerate() {
            phone.is_away = !phones.contains(&number);
        }
        self.come_to_rest();
        for (phone, was_away) in self.phones.iter_mut().zip(were_away) {
            phone.is_away = was_away;
        }
    }

    /// The phone looks for news and says all it has to say.
    pub(crate) fn talk(&mut self, phone: usize) {
        self.phones[phone].vault.look_for_news();
        for _ in 0..MOST_CALLS {
            if !self.sync_once(phone) || self.phones[phone].must_wait {
                return;
            }
        }
        let state = self.phones[phone].vault.sync_state();
        panic!("phone {phone} never falls silent: {state:?}");
    }
}

/// How far a phone is: entries, rows of each stream, frames unsent, photos.
fn how_far(phone: &Phone) -> (u64, Vec<Option<u64>>, usize, usize) {
    let replica = phone.vault.replica();
    let entries = replica.map_or(0, |replica| replica.control_head().seq);
    let rows = replica.into_iter().flat_map(|replica| {
        let streams = replica.circle().streams();
        streams.map(|stream| replica.log_point(&stream).map(|point| point.seq))
    });
    let blobs = pollster::block_on(phone.store.keys(Table::Blobs)).unwrap();
    let unsent = phone.vault.sync_state().unsent;
    (entries, rows.collect(), unsent, blobs.len())
}

/// Who is to be removed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Removal {
    Device(DeviceId),
    Person(PersonId),
}

impl Removal {
    /// The devices that are still active.
    pub(crate) fn devices(&self, replica: &Replica) -> Vec<DeviceId> {
        let circle = replica.circle();
        match self {
            Self::Device(device) if circle.is_active(device) => vec![*device],
            Self::Device(_) => Vec::new(),
            Self::Person(person) => circle.devices(person).collect(),
        }
    }

    fn intent(&self, cuts: Vec<hearth_protocol::control::Cut>) -> Intent {
        match *self {
            Self::Device(device) => Intent::RemoveDevice { device, cuts },
            Self::Person(person) => Intent::RemovePerson { person, cuts },
        }
    }
}
