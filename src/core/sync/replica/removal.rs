//! Who may be taken out of the circle from here, and where their writing ends. A cut is signed
//! only where this phone's own copy of the log ends with the same frame as the server's: a server
//! that names an older one would make void what it has acknowledged.

use super::{Intent, Replica};
use hearth_protocol::control::Cut;
use hearth_protocol::{DeviceId, PersonId, StreamId};

/// Who or what is taken out of the circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaving {
    /// A person with all their devices.
    Person(PersonId),
    /// A device of this phone's person.
    Device(DeviceId),
}

/// Why a removal cannot be signed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CutsDiffer {
    /// The server has frames that are not here: they come with an exchange.
    #[error("the server has newer frames than this phone")]
    Behind,
    /// This phone has a frame that the server does not have, or another one.
    #[error("this phone has frames that the server lacks")]
    Ahead,
}

impl Replica {
    /// Whether they are in the circle still.
    #[must_use]
    pub fn is_here(&self, leaving: &Leaving) -> bool {
        match leaving {
            Leaving::Person(person) => self.circle.members().any(|(member, _)| member == *person),
            Leaving::Device(device) => self.circle.is_active(device),
        }
    }

    /// Whether the rules of the circle let this phone take them out. Never itself.
    #[must_use]
    pub fn may_take_out(&self, leaving: &Leaving) -> bool {
        match leaving {
            Leaving::Person(person) => *person != self.me.person && self.is_manager(),
            Leaving::Device(device) => {
                let mut own = self.circle.devices(&self.me.person);
                *device != self.me.device && own.any(|own| own == *device)
            }
        }
    }

    /// The devices that go with them.
    #[must_use]
    pub fn devices_of(&self, leaving: &Leaving) -> Vec<DeviceId> {
        match leaving {
            Leaving::Person(person) => self.circle.devices(person).collect(),
            Leaving::Device(device) if self.circle.is_active(device) => vec![*device],
            Leaving::Device(_) => Vec::new(),
        }
    }

    /// Whether their removal waits to be appended.
    #[must_use]
    pub fn intends_removal(&self, leaving: &Leaving) -> bool {
        let is_it = |intent: &Intent| match (intent, leaving) {
            (Intent::RemovePerson { person, .. }, Leaving::Person(leaving)) => person == leaving,
            (Intent::RemoveDevice { device, .. }, Leaving::Device(leaving)) => device == leaving,
            _ => false,
        };
        self.intents.iter().any(is_it)
    }

    /// Whether more of some log is to come.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        let mut streams = self.streams.iter();
        streams.any(|(id, stream)| stream.has_more || self.is_telling(id))
    }

    /// What takes them out. `held` are their last frames as the server named them when it held
    /// their devices.
    ///
    /// # Errors
    /// [`CutsDiffer`]
    pub fn removal_of(&self, leaving: &Leaving, held: &[Cut]) -> Result<Intent, CutsDiffer> {
        let mut cuts = Vec::new();
        for device in self.devices_of(leaving) {
            for stream in self.streams_written_by(&device) {
                let mut named = held.iter();
                let named = named.find(|cut| cut.device == device && cut.stream == stream);
                self.check_cut(&device, &stream, named)?;
                cuts.extend(named.cloned());
            }
        }
        Ok(match *leaving {
            Leaving::Person(person) => Intent::RemovePerson { person, cuts },
            Leaving::Device(device) => Intent::RemoveDevice { device, cuts },
        })
    }

    /// Own new frames stay here until told otherwise: who is being taken out is not to read them.
    pub fn hold_back(&mut self, is_held_back: bool) {
        self.is_held_back = is_held_back;
    }

    fn check_cut(
        &self,
        device: &DeviceId,
        stream: &StreamId,
        named: Option<&Cut>,
    ) -> Result<(), CutsDiffer> {
        // Of a log that is not read here there is nothing to compare with.
        if !self.readable_streams().contains(stream) {
            return Ok(());
        }
        let known = self.streams.get(stream);
        let known = known.and_then(|known| known.chains.get(device));
        match (known, named) {
            (None, None) => Ok(()),
            // Their last frame came before what this phone may read.
            (None, Some(_)) if self.reads_late(stream) => Ok(()),
            (None, Some(_)) => Err(CutsDiffer::Behind),
            (Some(known), Some(cut)) if cut.dev_seq > known.dev_seq => Err(CutsDiffer::Behind),
            (Some(known), Some(cut))
                if (cut.dev_seq, cut.header) == (known.dev_seq, known.header) =>
            {
                Ok(())
            }
            (Some(_), _) => Err(CutsDiffer::Ahead),
        }
    }

    /// Where its person may write: nowhere else does writing end.
    fn streams_written_by(&self, device: &DeviceId) -> Vec<StreamId> {
        let person = self.circle.person(device);
        let mut members = self.circle.members();
        let rights = members.find(|(member, _)| Some(*member) == person);
        let written = rights.into_iter().flat_map(|(_, rights)| &rights.streams);
        let written = written.filter(|right| right.write);
        written.map(|right| right.stream).collect()
    }
}
