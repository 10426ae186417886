//! Phones, a server and the network between them, in one process and under one seed.

use crate::counts::Counts;
use crate::dice::Dice;
use crate::family::Removal;
use crate::network::{self, Fate, Late, What};
use crate::phone::Phone;
use crate::promises::Promises;
use crate::server::Server;
use crate::surroundings::NOON;
use crate::trace::trace;
use hearth_core::Millis;
use hearth_core::ports::StoreError;
use hearth_core::sync::replica::{Intent, Replica};
use hearth_core::vault::{Outgoing, Progress, Reply};
use hearth_protocol::Object;
use hearth_protocol::exchange::{Endpoint, ExchangeAnswer, FrameCode};
use hearth_protocol::limits::LONGEST_EXCHANGE;
use std::cell::Cell;
use std::rc::Rc;

pub(crate) struct World {
    pub(crate) dice: Dice,
    pub(crate) now: Rc<Cell<Millis>>,
    pub(crate) server: Server,
    pub(crate) phones: Vec<Phone>,
    pub(crate) promises: Promises,
    pub(crate) counts: Counts,
    late: Vec<Late>,
    /// Who is being removed, and by which phone, from when that began.
    pub(crate) removal: Option<(usize, Removal)>,
    /// What is wanted for it at present.
    pub(crate) removing: Option<Intent>,
    /// In how many of a hundred calls something goes wrong.
    pub(crate) bad: usize,
    /// Whether a new person reads what was there before.
    pub(crate) reads_all: bool,
    /// Whether that may be a bit of an answer.
    pub(crate) has_flips: bool,
}

impl World {
    pub(crate) fn new(seed: u64, phones: u8, has_journal: bool) -> Self {
        let mut dice = Dice::new(seed);
        let now = Rc::new(Cell::new(NOON));
        let server = Server::new(dice.split(), has_journal);
        let phones = (1..=phones).map(|number| Phone::new(number, now.clone(), dice.split()));
        Self {
            server,
            phones: phones.collect(),
            now,
            promises: Promises::default(),
            counts: Counts::default(),
            late: Vec::new(),
            removal: None,
            removing: None,
            bad: 0,
            has_flips: false,
            reads_all: true,
            dice,
        }
    }

    /// The same world without a phone: what happens there happens only there.
    pub(crate) fn without(&mut self, phone: usize) -> Self {
        let mut copies: Vec<Phone> = self.phones.iter().map(Phone::copy).collect();
        copies[phone].is_away = true;
        Self {
            server: self.server.copy(),
            phones: copies,
            now: self.now.clone(),
            promises: Promises::default(),
            counts: Counts::default(),
            late: Vec::new(),
            removal: None,
            removing: None,
            bad: 0,
            has_flips: false,
            reads_all: self.reads_all,
            dice: self.dice.split(),
        }
    }

    pub(crate) fn wait(&self, millis: Millis) {
        self.now.set(self.now.get() + millis);
    }

    /// One step of a phone's driver. Whether it had something to ask.
    pub(crate) fn sync_once(&mut self, phone: usize) -> bool {
        if self.phones[phone].in_flight.is_some() && self.dice.chance(50) {
            self.phones[phone].vault.hang_up();
            self.phones[phone].in_flight = None;
        }
        match pollster::block_on(self.phones[phone].vault.next_call()) {
            Ok(Some(call)) => {
                self.carry(phone, call);
                true
            }
            Ok(None) => false,
            Err(_) => {
                self.counts.failed_writes += 1;
                false
            }
        }
    }

    fn carry(&mut self, phone: usize, call: Outgoing) {
        self.counts.calls += 1;
        self.phones[phone].in_flight = Some(call.number);
        self.phones[phone].last = call.number;
        let number = call.number;
        if number.is_multiple_of(2) {
            self.frame_ahead(phone);
        }
        // Before it knows the server's key a phone has nothing but TLS to hold a card against.
        let has_flips = self.has_flips && call.endpoint != Endpoint::Server;
        match Fate::draw(&mut self.dice, self.bad, has_flips) {
            Fate::Carried => {
                let reply = self.ask(&call);
                trace(phone, &call, &reply);
                self.reply(phone, number, reply);
            }
            Fate::RequestLost => {
                self.counts.dropped += 1;
                self.reply(phone, number, Reply::Unreachable);
            }
            Fate::AnswerLost => {
                self.counts.dropped += 1;
                self.ask(&call);
                self.reply(phone, number, Reply::Unreachable);
            }
            Fate::Doubled => {
                self.counts.doubled += 1;
                self.ask(&call);
                let reply = self.ask(&call);
                self.reply(phone, number, reply);
            }
            Fate::AnswerLate => {
                self.counts.late += 1;
                let reply = self.ask(&call);
                self.put_off(phone, number, What::Answer(reply));
            }
            Fate::RequestLate => {
                self.counts.late += 1;
                self.put_off(phone, number, What::Request(call));
                self.reply(phone, number, Reply::Unreachable);
            }
            fate @ (Fate::AnswerCut | Fate::Flipped | Fate::RequestCut) => {
                self.spoil(phone, call, fate);
            }
            Fate::Portal => self.reply(phone, number, network::portal()),
            Fate::Unavailable => self.reply(phone, number, network::unavailable()),
        }
    }

    fn frame_ahead(&mut self, phone: usize) {
        let framed = |phone: &Phone| phone.vault.replica().map_or(0, Replica::outbox_len);
        let phone = &mut self.phones[phone];
        let before = framed(phone);
        let ahead = pollster::block_on(phone.vault.frame_ahead());
        self.counts.failed_writes += u64::from(ahead.is_err());
        self.counts.ahead += u64::from(framed(phone) > before);
    }

    fn spoil(&mut self, phone: usize, mut call: Outgoing, fate: Fate) {
        match fate {
            Fate::Flipped => self.counts.flipped += 1,
            _ => self.counts.cut += 1,
        }
        let number = call.number;
        if fate == Fate::RequestCut {
            call.body = network::cut(&mut self.dice, call.body);
        }
        let mut reply = self.ask(&call);
        if let Reply::Answered { body, .. } = &mut reply {
            let whole = std::mem::take(body);
            *body = match fate {
                Fate::AnswerCut => network::cut(&mut self.dice, whole),
                Fate::Flipped => network::flip(&mut self.dice, whole),
                _ => whole,
            };
        }
        self.reply(phone, number, reply);
    }

    /// The server sees it.
    pub(crate) fn ask(&mut self, call: &Outgoing) -> Reply {
        let reply = self.server.answer(call, self.now.get());
        if let (Endpoint::Exchange, Reply::Answered { status: 200, body }) = (call.endpoint, &reply)
        {
            let answer = ExchangeAnswer::decode(body, LONGEST_EXCHANGE).unwrap();
            let codes = answer.streams.iter().flat_map(|stream| &stream.pushed);
            let duplicates = codes.filter(|answer| answer.code == FrameCode::Duplicate);
            self.counts.duplicates += duplicates.count() as u64;
        }
        reply
    }

    /// The phone sees it.
    pub(crate) fn reply(&mut self, phone: usize, number: u64, reply: Reply) {
        let phone = &mut self.phones[phone];
        phone.in_flight = phone.in_flight.filter(|waited| *waited != number);
        let taken = pollster::block_on(phone.vault.take_reply(number, reply));
        phone.must_wait = taken != Ok(Progress::GoOn);
        self.counts.failed_writes += u64::from(taken.is_err());
    }

    /// One of the messages that are still on their way arrives.
    pub(crate) fn deliver_late(&mut self) {
        if self.late.is_empty() {
            return;
        }
        let place = self.dice.below(self.late.len());
        let late = self.late.swap_remove(place);
        let phone = &self.phones[late.phone];
        let (is_same_life, is_overtaken) = (phone.life == late.life, phone.last > late.number);
        self.counts.reordered += u64::from(is_same_life && is_overtaken);
        match late.what {
            What::Request(call) => {
                self.ask(&call);
            }
            What::Answer(reply) if is_same_life => self.reply(late.phone, late.number, reply),
            What::Answer(_) => {}
        }
    }

    fn put_off(&mut self, phone: usize, number: u64, what: What) {
        let life = self.phones[phone].life;
        self.late.push(Late {
            phone,
            life,
            number,
            what,
        });
    }

    /// The process ends in the middle of its next step, or of a save, between two writes.
    pub(crate) fn crash_midway(&mut self, phone: usize) {
        let gone = StoreError::Refused("the process ended".into());
        let writes = self.dice.below(4);
        self.phones[phone].store.fail_after(writes, gone);
        let failed = self.counts.failed_writes;
        let is_cut_off = match self.dice.chance(30) {
            true => self.tell(phone).is_none(),
            false => {
                self.sync_once(phone);
                self.counts.failed_writes > failed
            }
        };
        self.counts.midway += u64::from(is_cut_off);
        self.crash_phone(phone);
    }

    pub(crate) fn crash_phone(&mut self, phone: usize) {
        self.counts.phone_crashes += 1;
        self.phones[phone].restart();
    }
}
