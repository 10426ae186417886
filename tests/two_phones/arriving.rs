//! What is told counts as safe once the other phone has come, not when it was approved.

use super::coming_in::{READS_ALL, approve, compare};
use super::{Home, Phone, bring_in};
use hearth_core::circle::{Whereabouts, Whom};
use hearth_core::messages::Request;
use hearth_core::sync::replica::Intent;
use hearth_core::vault::{Outgoing, Progress, Reply};
use hearth_protocol::control::Act;
use hearth_protocol::exchange::{Endpoint, EntryCode, ExchangeAnswer, ExchangeRequest};
use hearth_protocol::limits::LONGEST_EXCHANGE;
use hearth_protocol::{EntityId, Object as _};

/// Both said yes and the second phone is in the chain; it has not asked since.
struct Agreed {
    home: Home,
    first: Phone,
    second: Phone,
    told: EntityId,
}

fn agree() -> Agreed {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    let told = first.tell("told").id;
    let pictures = compare(&home, &mut first, &mut second);
    second.ask(Request::ConfirmJoin(pictures));
    approve(&mut first).unwrap();
    home.sync(&mut first);
    home.sync(&mut first);
    Agreed {
        home,
        first,
        second,
        told,
    }
}

impl Agreed {
    /// Where the first phone says that its story is, once it has asked.
    fn whereabouts(&mut self) -> Whereabouts {
        self.home.sync(&mut self.first);
        self.first.read(self.told).whereabouts
    }

    /// The second phone makes so many calls; the answer of the last one is lost.
    fn let_call(&mut self, calls: usize) {
        self.second.vault.look_for_news();
        for left in (0..calls).rev() {
            let Some(call) = self.second.next_call() else {
                return;
            };
            let reply = self.home.answer(&call);
            if left > 0 {
                self.second.take(&call, reply);
            }
        }
    }

    /// The second phone's call that says that it has come, before the server has it.
    fn call_that_arrives(&mut self) -> Outgoing {
        self.second.vault.look_for_news();
        for _ in 0..100 {
            let call = self.second.next_call().unwrap();
            if is_arriving(&call) {
                return call;
            }
            let reply = self.home.answer(&call);
            self.second.take(&call, reply);
        }
        panic!("it never arrives");
    }
}

fn is_arriving(call: &Outgoing) -> bool {
    let request = ExchangeRequest::decode(&call.body, LONGEST_EXCHANGE);
    let entries = request.map_or(Vec::new(), |request| request.entries);
    entries.iter().any(|new| {
        let acts = new.entry.read().unwrap().acts.unwrap_or_default();
        acts.iter().any(|act| matches!(act, Act::Arrived(_)))
    })
}

#[test]
fn what_only_an_approved_phone_could_open_is_not_safe_before_it_has_come() {
    let mut agreed = agree();
    assert_eq!(agreed.whereabouts(), Whereabouts::SentOnlyHere);
    agreed.first.begin_again();
    assert_eq!(agreed.whereabouts(), Whereabouts::SentOnlyHere);
    let shown = agreed.first.vault.changes_shown();
    let home = &agreed.home;
    home.sync(&mut agreed.second);
    assert_eq!(agreed.whereabouts(), Whereabouts::Safe);
    assert_ne!(
        agreed.first.vault.changes_shown(),
        shown,
        "the screen is not told"
    );
    agreed.first.begin_again();
    assert_eq!(
        agreed.first.read(agreed.told).whereabouts,
        Whereabouts::Safe
    );
}

#[test]
fn an_arrival_comes_through_whenever_the_process_ends_on_the_way_and_once() {
    let mut had_to_say_it_again = 0;
    for calls in 0..12 {
        let mut agreed = agree();
        agreed.let_call(calls);
        let was_safe = agreed.whereabouts() == Whereabouts::Safe;
        agreed.second.begin_again();
        let device = agreed
            .second
            .vault
            .replica()
            .map(|replica| replica.me().device);
        let knows = device.is_some_and(|device| {
            let replica = agreed.second.replica();
            replica.circle().has_arrived(&device)
        });
        had_to_say_it_again += usize::from(was_safe && !knows);
        for _ in 0..3 {
            agreed.home.sync(&mut agreed.second);
        }
        assert_eq!(
            agreed.whereabouts(),
            Whereabouts::Safe,
            "after {calls} calls"
        );
        assert_eq!(agreed.second.circle().joining, None);
        let (here, there) = (agreed.first.replica(), agreed.second.replica());
        // Genesis and the stream, the server, the approval, the arrival.
        assert_eq!(here.control_head().seq, 5, "after {calls} calls");
        assert_eq!(here.control_head(), there.control_head());
    }
    assert!(
        had_to_say_it_again > 0,
        "no end fell between append and answer"
    );
}

#[test]
fn a_phone_that_is_in_the_circle_and_lacks_a_key_has_not_arrived() {
    let mut agreed = agree();
    let (home, second) = (&agreed.home, &mut agreed.second);
    home.sync_through(second, |call, reply| match (call.endpoint, reply) {
        (Endpoint::Exchange, Reply::Answered { status: 200, body }) => {
            let mut answer = ExchangeAnswer::decode(&body, LONGEST_EXCHANGE).unwrap();
            answer.grants.clear();
            let body = answer.encode();
            Reply::Answered { status: 200, body }
        }
        (_, reply) => reply,
    });
    assert_ne!(second.replica().keys_missing(), []);
    assert_eq!(agreed.whereabouts(), Whereabouts::SentOnlyHere);
    agreed.home.sync(&mut agreed.second);
    assert_eq!(agreed.whereabouts(), Whereabouts::Safe);
}

#[test]
fn an_arrival_that_somebody_elses_entry_came_before_is_signed_again_on_top_of_it() {
    let mut agreed = agree();
    let late = agreed.call_that_arrives();
    let third = agreed.home.phone(3);
    let newcomer = third.vault.newcomer(Some(agreed.first.me().0)).unwrap();
    agreed
        .first
        .vault
        .intend(Intent::AddDevice(newcomer.keys()));
    agreed.home.sync(&mut agreed.first);
    let reply = agreed.home.answer(&late);
    assert_eq!(agreed.second.take(&late, reply), Progress::GoOn);
    agreed.home.sync(&mut agreed.second);
    assert_eq!(agreed.whereabouts(), Whereabouts::Safe);
    assert_eq!(agreed.first.replica().control_head().seq, 6);
    let circle = agreed.first.replica().circle();
    assert!(!circle.has_arrived(&newcomer.me().device));
}

#[test]
fn a_server_that_does_not_take_an_arrival_is_not_asked_for_that_alone() {
    let mut agreed = agree();
    let mut arrivals = 0;
    let (home, second) = (&agreed.home, &mut agreed.second);
    for _ in 0..3 {
        // Panics where it never rests.
        home.sync_through(second, |call, reply| {
            if !is_arriving(call) {
                return reply;
            }
            arrivals += 1;
            refuse(call, reply)
        });
    }
    assert!((1..=3).contains(&arrivals), "asked {arrivals} times");
    home.sync(second);
    assert_eq!(agreed.whereabouts(), Whereabouts::Safe);
}

/// As a server of an earlier version would answer, which does not know the act.
fn refuse(call: &Outgoing, reply: Reply) -> Reply {
    let asked = ExchangeRequest::decode(&call.body, LONGEST_EXCHANGE).unwrap();
    let Reply::Answered { status, body } = reply else {
        return reply;
    };
    let mut answer = ExchangeAnswer::decode(&body, LONGEST_EXCHANGE).unwrap();
    if let Some(last) = answer.appended.last_mut() {
        last.code = EntryCode::LaterVersion;
    }
    answer.entries.clear();
    answer.control = asked.control;
    let body = answer.encode();
    Reply::Answered { status, body }
}

#[test]
fn a_third_phone_that_is_only_approved_adds_nothing_and_takes_nothing_away() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    let told = first.tell("told").id;
    bring_in(&home, &mut first, &mut second, READS_ALL);
    home.sync(&mut first);
    let third = home.phone(3);
    let newcomer = third.vault.newcomer(Some(first.me().0)).unwrap();
    first.vault.intend(Intent::AddDevice(newcomer.keys()));
    home.sync(&mut first);
    assert_eq!(first.read(told).whereabouts, Whereabouts::Safe);
    // The one that had come is taken out: the other one opens nothing.
    let person = second.me().0;
    let device = None;
    first.ask(Request::Remove { person, device });
    for _ in 0..3 {
        home.sync(&mut first);
    }
    assert_eq!(first.read(told).whereabouts, Whereabouts::SentOnlyHere);
    let own = Whom::MyPhone;
    let mut fourth = home.phone(4);
    bring_in(&home, &mut first, &mut fourth, own);
    home.sync(&mut first);
    assert_eq!(first.read(told).whereabouts, Whereabouts::Safe);
}
