//! Keys change while frames are on their way, and who comes later reads from then on.

use super::family;
use crate::ledger::epoch_at;
use crate::world::World;
use hearth_protocol::frame::Frame;

#[test]
fn a_frame_whose_answer_was_lost_before_the_epoch_changed_is_one_row() {
    let mut world = family(&[0, 1]);
    world.reads_all = false;
    world.tell(1);
    let call = pollster::block_on(world.phones[1].vault.next_call())
        .unwrap()
        .unwrap();
    world.ask(&call);
    world.phones[1].vault.hang_up();
    world.tell(1);
    world.phones[1].is_away = true;
    world.phones[3].is_away = false;
    world.come_to_rest();
    world.phones[1].is_away = false;
    world.come_to_rest();
    assert!(world.counts.duplicates > 0, "nothing was told twice");
    assert!(world.count_resealed() > 0, "nothing was sealed again");
    // The third phone may read less than the others.
    world.phones[3].is_away = true;
    world.check();
}

#[test]
fn who_reads_from_now_on_opens_nothing_older_with_all_that_the_server_has() {
    let mut world = family(&[0, 1]);
    world.reads_all = false;
    let old = world.phones[0].records()[0];
    world.server.back_up();
    world.phones[3].is_away = false;
    world.come_to_rest();
    let new = world.tell(0).unwrap();
    world.come_to_rest();
    check_reads_from_now_on(&mut world, 3);
    // Also after the server went back and was told everything again.
    world.server.restore();
    world.tell(3);
    world.come_to_rest();
    check_reads_from_now_on(&mut world, 3);
    assert!(world.phones[3].read(old).is_none() && world.phones[3].read(new).is_some());
    world.phones[3].is_away = true;
    world.check();
}

fn check_reads_from_now_on(world: &mut World, phone: usize) {
    let entries = world.read_entries();
    let replica = world.phones[phone].replica();
    for ledger in world.read_ledgers() {
        assert_eq!(epoch_at(&entries, ledger.stream, u64::MAX), 2);
        let mut keys = replica.keys_held();
        assert!(keys.all(|key| key == (ledger.stream, 2)));
        let is_open = |frame: &&Frame| replica.pry_open(ledger.stream, frame).is_some();
        let opened = ledger.frames.iter().filter(is_open);
        assert!(opened.clone().count() > 0);
        let mut epochs = opened.map(|frame| frame.epoch().unwrap());
        assert!(epochs.all(|epoch| epoch == 2));
    }
}
