//! A backup brought back beside a server, and stores that went back or were copied: whoever has
//! old keys takes new ones, nothing is lost, nothing is there twice, and no number is given twice.

#[cfg(test)]
mod world;

use hearth_core::circle::SyncTrouble;
use hearth_core::ports::Random;
use hearth_tests::phones::{Home, Phone};
use world::{Backed as _, Slowly as _};

fn settle(home: &Home, phones: &mut [&mut Phone]) {
    for _ in 0..4 {
        phones.iter_mut().for_each(|phone| phone.sync(home));
    }
}

/// They show the same, whole, without trouble and without a conflict that nobody made.
fn check_agree(phones: &mut [&mut Phone], words: &[&str]) {
    let mut words: Vec<_> = words
        .iter()
        .map(|words| (words.to_string(), 0, true))
        .collect();
    words.sort();
    for phone in phones {
        assert_eq!(phone.trouble(), None);
        assert_eq!(phone.vault.sync_state().unsent, 0);
        assert_eq!(phone.all(), words);
        phone.begin_again();
        assert_eq!(phone.all(), words);
    }
}

#[test]
fn after_a_phone_is_lost_everything_safe_is_on_an_empty_one_with_and_without_the_server() {
    let home = Home::new();
    let mut old = home.phone(7);
    let first = old.tell_slowly("before");
    old.sync(&home);
    assert!(!old.is_safe(first), "only this phone opens it");
    let file = old.back_up();
    assert!(old.is_safe(first));
    let later = old.tell_slowly("after, and sent");
    old.sync(&home);
    assert!(old.is_safe(later));
    drop(old);

    let mut new = home.phone(7);
    assert_eq!(new.restore(&file).damage.total(), 0);
    assert_eq!(new.words(), ["before"]);
    assert!(new.is_safe(first));
    new.begin_again();
    new.tell_slowly("on the new phone");
    new.sync(&home);
    check_agree(
        &mut [&mut new],
        &["before", "after, and sent", "on the new phone"],
    );
    assert!(new.is_safe(first) && new.is_safe(later));
}

#[test]
fn a_phone_that_lives_on_and_the_restored_one_both_send_and_give_no_number_twice() {
    let home = Home::new();
    let mut old = home.phone(7);
    let sent = old.tell_slowly("sent");
    old.sync(&home);
    let unsent = old.tell_slowly("unsent when it was backed up");
    let file = old.back_up();
    old.edit_slowly(unsent, "sent since, and changed");
    old.tell_slowly("of the old phone");
    old.sync(&home);

    let mut new = home.phone(7);
    new.restore(&file);
    new.tell_slowly("of the new phone");
    assert_eq!(new.trouble(), Some(SyncTrouble::StoreWentBack));
    settle(&home, &mut [&mut new, &mut old]);
    assert_ne!(new.device(), old.device());
    new.edit_slowly(sent, "changed on the new phone");
    settle(&home, &mut [&mut new, &mut old]);
    old.tell_slowly("later, on the old phone");
    settle(&home, &mut [&mut old, &mut new]);
    check_agree(
        &mut [&mut new, &mut old],
        &[
            "sent since, and changed",
            "of the old phone",
            "of the new phone",
            "changed on the new phone",
            "later, on the old phone",
        ],
    );
}

#[test]
fn what_the_old_phone_never_sent_comes_from_the_backup_once() {
    let home = Home::new();
    let mut old = home.phone(7);
    old.tell_slowly("sent");
    old.sync(&home);
    let id = old.tell_slowly("never sent");
    assert!(pollster::block_on(old.vault.next_call()).unwrap().is_some());
    let file = old.back_up();
    drop(old);
    let mut new = home.phone(7);
    new.restore(&file);
    new.sync(&home);
    check_agree(&mut [&mut new], &["sent", "never sent"]);
    assert!(new.is_safe(id));
    let history = new.vault.view().get(id).unwrap().changes().count();
    assert_eq!(history, 1);
}

#[test]
fn one_file_brought_back_on_two_phones_beside_the_old_one_makes_three_devices() {
    let home = Home::new();
    let mut old = home.phone(7);
    old.tell_slowly("sent");
    old.sync(&home);
    old.tell_slowly("unsent");
    let file = old.back_up();
    let (mut one, mut two) = (home.phone(7), home.phone(7));
    one.restore(&file);
    two.restore(&file);
    one.tell_slowly("of one");
    two.tell_slowly("of two");
    settle(&home, &mut [&mut one, &mut two, &mut old]);
    check_agree(
        &mut [&mut one, &mut two, &mut old],
        &["sent", "unsent", "of one", "of two"],
    );
    let devices = [one.device(), two.device(), old.device()];
    assert!(devices[0] != devices[1] && devices[1] != devices[2]);
    let circle = old.replica().circle();
    assert!(
        devices.iter().all(|device| circle.has_arrived(device)),
        "under new keys as well"
    );
    assert_eq!(old.vault.circle().people[0].devices.len(), 3);
}

#[test]
fn a_family_that_told_no_server_before_the_backup_tells_one_after_it() {
    let home = Home::new();
    let mut old = home.phone(7);
    old.tell_slowly("nobody knows");
    let file = old.back_up();
    let mut new = home.phone(7);
    new.restore(&file);
    new.tell_slowly("of the new phone");
    new.sync(&home);
    settle(&home, &mut [&mut old, &mut new]);
    check_agree(
        &mut [&mut new, &mut old],
        &["nobody knows", "of the new phone"],
    );
}

#[test]
fn a_store_that_went_back_takes_new_keys_and_loses_nothing() {
    let home = Home::new();
    let mut phone = home.phone(7);
    phone.tell_slowly("before");
    phone.sync(&home);
    phone.tell_slowly("waiting then");
    let mut back = phone.copy();
    phone.tell_slowly("forgotten by the store");
    phone.sync(&home);
    let device = phone.device();
    drop(phone);

    back.tell_slowly("told after it went back");
    back.sync(&home);
    settle(&home, &mut [&mut back]);
    assert_ne!(back.device(), device);
    check_agree(
        &mut [&mut back],
        &[
            "before",
            "waiting then",
            "forgotten by the store",
            "told after it went back",
        ],
    );
}

#[test]
fn a_store_that_only_went_back_and_told_nothing_heals_as_well() {
    let home = Home::new();
    let mut phone = home.phone(7);
    phone.tell_slowly("before");
    phone.sync(&home);
    let mut back = phone.copy();
    phone.tell_slowly("forgotten by the store");
    phone.sync(&home);
    back.sync(&home);
    back.tell_slowly("and on");
    settle(&home, &mut [&mut back]);
    check_agree(
        &mut [&mut back],
        &["before", "forgotten by the store", "and on"],
    );
    assert_ne!(back.device(), phone.device());
    // The old keys are not known to be anywhere but here.
    let id = back.tell_slowly("whose");
    back.sync(&home);
    assert!(!back.is_safe(id));
}

#[test]
fn copies_of_one_store_go_on_side_by_side() {
    let home = Home::new();
    let mut one = home.phone(7);
    let shared = one.tell_slowly("shared");
    one.sync(&home);
    let mut two = one.copy();
    for round in 0..3 {
        one.tell_slowly(&format!("one {round}"));
        two.tell_slowly(&format!("two {round}"));
        settle(&home, &mut [&mut one, &mut two]);
    }
    two.edit_slowly(shared, "changed by two");
    settle(&home, &mut [&mut one, &mut two]);
    let told = [
        "changed by two",
        "one 0",
        "one 1",
        "one 2",
        "two 0",
        "two 1",
        "two 2",
    ];
    check_agree(&mut [&mut one, &mut two], &told);
    assert_ne!(one.device(), two.device());
}

#[test]
fn an_edit_that_had_not_seen_the_other_phones_buries_nothing() {
    let home = Home::new();
    let mut old = home.phone(7);
    let id = old.tell_slowly("first");
    old.sync(&home);
    let file = old.back_up();
    old.edit_slowly(id, "of the old phone");
    old.sync(&home);
    let mut new = home.phone(7);
    new.restore(&file);
    new.edit_slowly(id, "of the new phone");
    settle(&home, &mut [&mut new, &mut old]);
    for phone in [&mut new, &mut old] {
        let versions = phone.read(id).conflicts.remove(0).versions.len();
        assert_eq!(versions, 2);
    }
}

#[test]
fn what_was_ended_and_not_told_is_ended_by_the_restored_phone() {
    let home = Home::new();
    let mut old = home.phone(7);
    let gone = old.tell_slowly("goes");
    old.tell_slowly("stays");
    old.sync(&home);
    let mut other = home.phone(7);
    old.let_in_slowly(&mut other, &home);
    assert_eq!(other.words(), ["goes", "stays"]);
    old.end(gone);
    // The engine takes it out of its frames; no server hears of it.
    assert!(pollster::block_on(old.vault.next_call()).unwrap().is_some());
    let file = old.back_up();
    drop(old);
    let mut new = home.phone(7);
    new.restore(&file);
    settle(&home, &mut [&mut new, &mut other]);
    check_agree(&mut [&mut new, &mut other], &["stays"]);
}

#[test]
fn what_was_ended_after_the_backup_does_not_come_back_for_long() {
    let home = Home::new();
    let mut old = home.phone(7);
    let gone = old.tell_slowly("goes");
    old.tell_slowly("stays");
    old.sync(&home);
    let file = old.back_up();
    old.end(gone);
    old.sync(&home);
    drop(old);
    let mut new = home.phone(7);
    new.restore(&file);
    settle(&home, &mut [&mut new]);
    check_agree(&mut [&mut new], &["stays"]);
}

#[test]
fn what_a_damaged_backup_lacks_comes_from_the_server() {
    let home = Home::new();
    let mut old = home.phone(7);
    for number in 0..20 {
        // Nothing that deflates: each frame takes a sixth of a chunk.
        let mut long = [0; 10_000];
        home.world.fill(&mut long).unwrap();
        let long = long.map(|byte| char::from(b'0' + byte % 64));
        old.tell_slowly(&format!("{number} {}", String::from_iter(long)));
        old.sync(&home);
    }
    let before = old.all();
    let file = old.back_up();
    let stride = (1 << 16) + 41;
    for chunk in 0..(file.len() - 128) / stride {
        let mut copy = file.clone();
        copy[64 + chunk * stride + 99] ^= 1;
        let mut new = home.phone(7);
        let restored = new.restore(&copy);
        assert!(restored.records >= 10, "chunk {chunk}: {restored:?}");
        new.sync(&home);
        settle(&home, &mut [&mut new]);
        assert_eq!(
            (new.all() == before, new.trouble()),
            (true, None),
            "chunk {chunk}"
        );
    }
}

#[test]
fn a_phone_that_shares_with_others_takes_no_other_circle_in() {
    let home = Home::new();
    let mut old = home.phone(7);
    old.tell_slowly("mine");
    let file = old.back_up();
    let (mut one, mut two) = (home.phone(7), home.phone(7));
    one.tell_slowly("theirs");
    one.sync(&home);
    one.let_in_slowly(&mut two, &home);
    let refused = pollster::block_on(one.vault.restore(&[file], world::PASSPHRASE));
    assert_eq!(refused, Err(hearth_core::messages::Failure::SharedAlready));
    assert_eq!(one.words(), ["theirs"]);
}
