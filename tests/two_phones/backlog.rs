//! More waits than one exchange carries.

use super::{Home, Phone, bring_in};
use hearth_core::EntityId;
use hearth_core::circle::Whom;
use hearth_core::record::WORDS;
use hearth_core::vault::{Outgoing, Progress};

/// Changes that are framed before an exchange is asked.
const MOST: usize = 2;

fn together() -> (Home, Phone, Phone) {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("from the start");
    bring_in(&home, &mut first, &mut second, Whom::MyPhone);
    home.sync(&mut first);
    home.sync(&mut second);
    first.vault.frame_at_once(MOST);
    (home, first, second)
}

fn ask(phone: &mut Phone) -> Option<Outgoing> {
    let call = phone.next_call();
    pollster::block_on(phone.vault.frame_ahead()).unwrap();
    call
}

/// One exchange. Whether there was one.
fn exchange(home: &Home, phone: &mut Phone) -> bool {
    let call = ask(phone);
    let reply = call.as_ref().map(|call| (call, home.answer(call)));
    let progress = reply.map(|(call, reply)| phone.take(call, reply));
    progress == Some(Progress::GoOn)
}

fn heads(phone: &Phone, record: EntityId) -> usize {
    let entity = phone.vault.view().get(record).unwrap();
    entity.heads(WORDS).len()
}

#[test]
fn a_backlog_goes_over_several_exchanges_and_is_framed_while_they_are_on_their_way() {
    let (home, mut first, mut second) = together();
    for number in 0..9 {
        first.tell(&format!("number {number}"));
    }
    let before = first.replica().outbox_len();
    let call = first.next_call().unwrap();
    assert_eq!(first.replica().outbox_len(), before + 1);
    pollster::block_on(first.vault.frame_ahead()).unwrap();
    assert_eq!(first.replica().outbox_len(), before + 2);
    let reply = home.answer(&call);
    first.take(&call, reply);
    let mut exchanges = 1;
    while exchange(&home, &mut first) {
        exchanges += 1;
    }
    assert_eq!(exchanges, 9_usize.div_ceil(MOST));
    home.sync(&mut second);
    assert_eq!(second.words(), first.words());
    assert_eq!(second.words().len(), 10);
}

#[test]
fn a_backlog_arrives_once_wherever_the_process_ends() {
    for end in 0..24 {
        let (home, mut first, mut second) = together();
        for number in 0..9 {
            first.tell(&format!("number {number}"));
        }
        let mut steps = 0;
        let mut ends_here = |phone: &mut Phone| {
            let is_here = steps == end;
            steps += 1;
            if is_here {
                phone.begin_again();
                phone.vault.frame_at_once(MOST);
            }
            is_here
        };
        for _ in 0..40 {
            let Some(call) = first.next_call() else { break };
            if ends_here(&mut first) {
                continue;
            }
            pollster::block_on(first.vault.frame_ahead()).unwrap();
            if ends_here(&mut first) {
                continue;
            }
            let reply = home.answer(&call);
            if ends_here(&mut first) {
                continue;
            }
            first.take(&call, reply);
            ends_here(&mut first);
        }
        assert!(!first.replica().has_unsent(), "ended after step {end}");
        home.sync(&mut second);
        assert_eq!(second.words(), first.words(), "ended after step {end}");
        assert_eq!(second.words().len(), 10, "ended after step {end}");
    }
}

#[test]
fn what_still_waits_has_not_seen_what_came_in_between() {
    let (home, mut first, mut second) = together();
    let record = first.records()[0].id;
    for number in 0..9 {
        first.tell(&format!("number {number}"));
    }
    first.edit(record, "as the first phone has it");
    assert!(exchange(&home, &mut first));
    second.edit(record, "as the second phone has it");
    home.sync(&mut second);
    home.sync(&mut first);
    home.sync(&mut second);
    assert_eq!((heads(&first, record), heads(&second, record)), (2, 2));
    let mut again = first.tab();
    assert_eq!(heads(&again, record), 2);
    // Whoever has seen both and writes has said the last word, with a backlog before it as well.
    again.vault.frame_at_once(MOST);
    for number in 0..5 {
        again.tell(&format!("later number {number}"));
    }
    again.edit(record, "as both have it");
    home.sync(&mut again);
    home.sync(&mut second);
    assert_eq!((heads(&again, record), heads(&second, record)), (1, 1));
}
