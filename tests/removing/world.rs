//! What this suite does besides: takes people out, and looks at every frame that was carried.

use hearth_core::circle::{Person, Removal, Whereabouts};
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::vault::{Outgoing, Reply};
use hearth_protocol::exchange::{Endpoint, ExchangeRequest};
use hearth_protocol::frame::Frame;
use hearth_protocol::limits::LONGEST_EXCHANGE;
use hearth_protocol::{DeviceId, Object as _, PersonId, StreamId};
use hearth_tests::phones::{self, Phone};

/// The server and its time, and what was carried to it.
pub(crate) struct Home {
    home: phones::Home,
    /// Frames that came in exchanges, whether they were taken or not.
    pub(crate) carried: Vec<(StreamId, Frame)>,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            home: phones::Home::new(),
            carried: Vec::new(),
        }
    }

    pub(crate) fn phone(&self, number: u8) -> Phone {
        self.home.phone(number)
    }

    pub(crate) fn wait(&self, millis: u64) {
        self.home.world.wait(millis);
    }

    /// Everything that this phone can do with the server now.
    pub(crate) fn sync(&mut self, phone: &mut Phone) {
        self.home.sync_through(phone, |call, reply| {
            self.carried.extend(frames_of(call));
            reply
        });
    }

    pub(crate) fn answer(&mut self, call: &Outgoing) -> Reply {
        self.carried.extend(frames_of(call));
        self.home.answer(call)
    }
}

fn frames_of(call: &Outgoing) -> Vec<(StreamId, Frame)> {
    let mut frames = Vec::new();
    if call.endpoint == Endpoint::Exchange {
        let request = ExchangeRequest::decode(&call.body, LONGEST_EXCHANGE).unwrap();
        for stream in request.streams {
            let pushed = stream.frames.iter();
            let pushed = pushed.map(|pushed| Frame::decode(&pushed.frame).unwrap());
            frames.extend(pushed.map(|frame| (stream.stream, frame)));
        }
    }
    frames
}

/// What a phone's screen says about taking people out.
pub(crate) trait Removing {
    /// Where everything told is, as this phone shows it.
    fn places(&mut self) -> Vec<Whereabouts>;

    /// The other phone's person, as this one shows them.
    fn shown(&self, other: &Self) -> Option<Person>;

    /// How it stands with taking the other phone's person out.
    fn removal_of(&self, other: &Self) -> Option<Removal> {
        self.shown(other).map(|person| person.removal)
    }

    fn remove(&mut self, person: PersonId, device: Option<DeviceId>) -> Result<(), Failure>;

    fn take_out(&mut self, other: &Self) -> Result<(), Failure>;
}

impl Removing for Phone {
    fn places(&mut self) -> Vec<Whereabouts> {
        let records = self.records().into_iter();
        records.map(|record| record.whereabouts).collect()
    }

    fn shown(&self, other: &Self) -> Option<Person> {
        let people = self.vault.circle().people.into_iter();
        let mut people = people.filter(|person| person.id == other.me().0);
        people.next()
    }

    fn remove(&mut self, person: PersonId, device: Option<DeviceId>) -> Result<(), Failure> {
        let answer = self.try_ask(Request::Remove { person, device })?;
        assert_eq!(answer, Response::Circle(Box::new(self.circle())));
        Ok(())
    }

    fn take_out(&mut self, other: &Self) -> Result<(), Failure> {
        self.remove(other.me().0, None)
    }
}
