//! Taking a person or a phone out of the circle. Wanting it is a row of its own, so that it
//! survives an ended process and days offline. The server holds the devices first and names their
//! last frames; one entry then removes them and changes the keys. Until it is appended, own new
//! frames wait: what is told after somebody was taken out is not for them.

use super::Vault;
use super::sync::{Asked, Outgoing, Progress};
use crate::circle::{CircleView, Removal};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::replica::{CutsDiffer, Leaving, Replica};
use hearth_protocol::control::{Cut, Standing};
use hearth_protocol::exchange::{Endpoint, HoldAnswer, HoldRequest};
use hearth_protocol::limits::LONGEST_SMALL_MESSAGE;
use hearth_protocol::{DeviceId, Object, PersonId, SortedMap, SortedSet};

const PERSON: &[u8] = b"removal/person/";
const DEVICE: &[u8] = b"removal/device/";

/// Whether a row of the table `meta` is about a removal. It is this phone's to carry out, and no
/// other one's that a backup is brought back on.
pub(super) fn owns(key: &[u8]) -> bool {
    read_key(key).is_some()
}

/// Everybody who is being taken out.
#[derive(Default)]
pub(super) struct Removals {
    /// As it is kept.
    wanted: SortedSet<Leaving>,
    /// Those whose devices the server holds. Never durable: a hold lasts a minute.
    held: SortedMap<Leaving, Held>,
    /// The last try came to nothing: all else goes first, once.
    are_put_off: bool,
}

struct Held {
    cuts: Vec<Cut>,
    /// An intent was made of them.
    is_intended: bool,
}

impl Held {
    fn new(cuts: Vec<Cut>) -> Self {
        let is_intended = false;
        Self { cuts, is_intended }
    }
}

impl Removals {
    /// Whether somebody is to be out of the circle before anything more is told to it.
    pub(super) fn go_first(&self) -> bool {
        !self.wanted.is_empty() && !self.are_put_off
    }

    /// Their turn comes again.
    pub(super) fn renew(&mut self) {
        self.are_put_off = false;
    }
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Wants a person taken out with all their phones, or one other phone of this person.
    pub(super) async fn take_out(
        &mut self,
        person: PersonId,
        device: Option<DeviceId>,
    ) -> Result<CircleView, Failure> {
        let replica = self.replica.as_ref().ok_or(Failure::NoCircle)?;
        let me = replica.me();
        let leaving = match device {
            Some(device) => Leaving::Device(device),
            None => Leaving::Person(person),
        };
        if device == Some(me.device) || leaving == Leaving::Person(me.person) {
            return Err(Failure::ThisPhone);
        }
        let is_theirs = device.is_none_or(|id| replica.circle().person(&id) == Some(person));
        if !is_theirs || !replica.is_here(&leaving) {
            return Err(Failure::NotFound);
        }
        if self.removal_view(replica, &leaving) == Removal::NotFromHere {
            return Err(Failure::NotAllowed);
        }
        let row = self.put(Table::Meta, &key_of(&leaving), &[])?;
        self.commit_and_read_back(vec![row]).await?;
        self.removals.wanted.insert(leaving);
        self.removals.renew();
        Ok(self.circle())
    }

    /// How it stands with taking them out.
    pub(super) fn removal_view(&self, replica: &Replica, leaving: &Leaving) -> Removal {
        let is_open = replica.circle().standing() == Standing::Open;
        if self.removals.wanted.contains(leaving) {
            Removal::Waiting
        } else if is_open && replica.may_take_out(leaving) {
            Removal::Possible
        } else {
            Removal::NotFromHere
        }
    }

    pub(super) async fn read_removals(&mut self) -> Result<(), Failure> {
        let keys = self.store.keys(Table::Meta).await?;
        self.removals.wanted = keys.iter().filter_map(|key| read_key(key)).collect();
        Ok(())
    }

    /// Who is out, or is not this phone's to take out any more, is wanted out no longer.
    pub(super) async fn forget_removed(&mut self) -> Result<(), Failure> {
        // A circle that nothing was heard of yet has nobody in it.
        let replica = self.replica.as_ref();
        let Some(replica) = replica.filter(|replica| replica.circle().id().is_some()) else {
            return Ok(());
        };
        let is_over =
            |leaving: &Leaving| !replica.is_here(leaving) || !replica.may_take_out(leaving);
        let wanted = self.removals.wanted.iter().copied();
        let over: Vec<Leaving> = wanted.filter(is_over).collect();
        if over.is_empty() {
            return Ok(());
        }
        let forget = |leaving: &Leaving| Write::Delete {
            table: Table::Meta,
            key: key_of(leaving),
        };
        self.commit(over.iter().map(forget).collect()).await?;
        for leaving in over {
            self.removals.wanted.remove(&leaving);
            self.removals.held.remove(&leaving);
        }
        Ok(())
    }

    /// Asks the server to hold the devices of who is next, unless all else goes first.
    pub(super) fn next_removal_call(&mut self) -> Option<Outgoing> {
        let replica = self.replica.as_ref()?;
        let is_open = replica.circle().standing() == Standing::Open;
        let is_known = replica.is_known_to_server() && replica.server_key().is_some();
        let is_able = replica.trouble().is_none() && !replica.is_waiting_for_keys();
        if !self.removals.go_first() || !is_open || !is_known || !is_able {
            return None;
        }
        let removals = &self.removals;
        let is_due = |leaving: &&Leaving| {
            !removals.held.contains_key(leaving) && !replica.intends_removal(leaving)
        };
        let leaving = *removals.wanted.iter().find(is_due)?;
        let (circle, devices) = (replica.id(), replica.devices_of(&leaving));
        if devices.is_empty() {
            // There is nothing to hold, and nothing to cut.
            self.removals.held.insert(leaving, Held::new(Vec::new()));
            let _: Result<(), CutsDiffer> = self.intend_removal(&leaving);
            return None;
        }
        let request = HoldRequest { circle, devices };
        Some(self.send(Endpoint::Hold, request.encode(), Asked::Hold(leaving)))
    }

    /// The server holds them.
    pub(super) fn take_hold(&mut self, leaving: Leaving, body: &[u8]) -> Progress {
        let Ok(answer) = HoldAnswer::decode(body, LONGEST_SMALL_MESSAGE) else {
            return self.put_removals_off();
        };
        self.removals.held.insert(leaving, Held::new(answer.cuts));
        match self.intend_removal(&leaving) {
            Ok(()) => Progress::GoOn,
            Err(CutsDiffer::Behind) => {
                self.look_into_logs();
                Progress::GoOn
            }
            Err(CutsDiffer::Ahead) => self.put_removals_off(),
        }
    }

    /// After an exchange: what became of those that are held. Whether they were put off.
    pub(super) fn go_on_removing(&mut self) -> bool {
        let held: Vec<Leaving> = self.removals.held.keys().copied().collect();
        let is_refused = held.iter().any(|leaving| !self.goes_on(leaving));
        is_refused && self.put_removals_off() == Progress::Wait
    }

    fn goes_on(&mut self, leaving: &Leaving) -> bool {
        let Some(replica) = &self.replica else {
            return true;
        };
        if !replica.is_here(leaving) || replica.intends_removal(leaving) {
            return true;
        }
        let was_intended = |held: &Held| held.is_intended;
        if self.removals.held.get(leaving).is_none_or(was_intended) {
            return false;
        }
        let is_reading = replica.is_reading();
        match self.intend_removal(leaving) {
            Ok(()) => true,
            Err(CutsDiffer::Behind) => is_reading,
            Err(CutsDiffer::Ahead) => false,
        }
    }

    fn intend_removal(&mut self, leaving: &Leaving) -> Result<(), CutsDiffer> {
        let (Some(replica), Some(held)) = (&mut self.replica, self.removals.held.get_mut(leaving))
        else {
            return Ok(());
        };
        let intent = replica.removal_of(leaving, &held.cuts)?;
        held.is_intended = true;
        replica.intend(intent);
        Ok(())
    }

    /// They are held anew later. Until then what waits goes as it would without them: a removal
    /// that the server does not take is no reason to keep a family's stories to one phone.
    pub(super) fn put_removals_off(&mut self) -> Progress {
        self.removals.held.clear();
        self.removals.are_put_off = true;
        // What is in the way, if anything is, comes with an exchange.
        self.look_into_logs();
        Progress::Wait
    }
}

fn key_of(leaving: &Leaving) -> Vec<u8> {
    match leaving {
        Leaving::Person(person) => [PERSON, &person.0].concat(),
        Leaving::Device(device) => [DEVICE, &device.0].concat(),
    }
}

fn read_key(key: &[u8]) -> Option<Leaving> {
    let after = |prefix| key.strip_prefix(prefix)?.try_into().ok();
    let person = after(PERSON).map(|id| Leaving::Person(PersonId(id)));
    person.or_else(|| after(DEVICE).map(|id| Leaving::Device(DeviceId(id))))
}
