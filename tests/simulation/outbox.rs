//! The outbox under every order of mishaps: what was saved is appended once, and nothing is left.

use crate::family::Removal;
use crate::world::World;
use hearth_core::ports::{Store, Table};
use hearth_core::record::WORDS;
use hearth_core::vault::Reply;
use hearth_protocol::frame::PackItem;
use hearth_protocol::{Change, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Whose outbox it is.
const PHONE: usize = 1;

#[derive(Clone, Copy, Debug)]
enum Step {
    Tell,
    Edit,
    Exchange,
    LoseRequest,
    LoseAnswer,
    /// The keys change, and this phone has not heard of it.
    ChangeEpoch,
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Tell),
        2 => Just(Step::Edit),
        3 => Just(Step::Exchange),
        2 => Just(Step::LoseRequest),
        3 => Just(Step::LoseAnswer),
        1 => Just(Step::ChangeEpoch),
        2 => Just(Step::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_lost_on_the_way_each_change_is_appended_once(steps in vec(step(), 1..24)) {
        let mut world = crate::scenarios::family(&[0, PHONE]);
        world.reads_all = false;
        for step in steps {
            play(&mut world, step);
        }
        world.come_to_rest();
        world.check();
        check_appended_once(&world);
    }
}

fn play(world: &mut World, step: Step) {
    match step {
        Step::Tell => {
            world.tell(PHONE);
        }
        Step::Edit => {
            let records = world.phones[PHONE].records();
            world.edit(PHONE, records[0], WORDS);
        }
        Step::Exchange => {
            world.sync_once(PHONE);
        }
        Step::LoseRequest | Step::LoseAnswer => {
            let call = pollster::block_on(world.phones[PHONE].vault.next_call()).unwrap();
            let Some(call) = call else {
                return;
            };
            if matches!(step, Step::LoseAnswer) {
                world.ask(&call);
            }
            world.reply(PHONE, call.number, Reply::Unreachable);
        }
        Step::ChangeEpoch => change_epoch(world),
        Step::Restart => world.crash_phone(PHONE),
    }
}

/// Somebody comes who reads from now on, and later goes again: the keys change both times.
fn change_epoch(world: &mut World) {
    if world.phones[3].is_away && !world.phones[3].is_removed {
        world.phones[3].is_away = false;
    } else if world.removal.is_none() {
        let person = world.phones[3].replica().me().person;
        world.removal = Some((0, Removal::Person(person)));
        world.phones[3].is_removed = true;
    } else {
        return;
    }
    world.phones[PHONE].is_away = true;
    world.come_to_rest();
    world.phones[PHONE].is_away = false;
}

/// On the server each text lies once, and on the phone no row waits and every frame has its place.
fn check_appended_once(world: &World) {
    let replica = world.phones[PHONE].replica();
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    let mut frames = 0;
    for ledger in world.read_ledgers() {
        frames += ledger.frames.len();
        for frame in &ledger.frames {
            let pack = replica.pry_open(ledger.stream, frame).unwrap();
            for item in pack.items() {
                let PackItem::Kept { change, .. } = item else {
                    continue;
                };
                let change = Change::decode(change).unwrap();
                if let Some(Value::Text(words)) = change.patch.get(&WORDS) {
                    *texts.entry(words.clone()).or_default() += 1;
                }
            }
        }
    }
    let promised = world.promises.made.iter().filter(|one| one.field == WORDS);
    for promise in promised {
        let told = texts
            .iter()
            .find(|(words, _)| promise.value == format!("{:?}", Value::Text((*words).clone())));
        assert_eq!(told.map(|(_, count)| *count), Some(1), "{promise:?}");
    }
    let store = &world.phones[PHONE].store;
    let rows = |table| pollster::block_on(store.keys(table)).unwrap().len();
    assert_eq!((rows(Table::Changes), rows(Table::Frames)), (0, frames));
}
