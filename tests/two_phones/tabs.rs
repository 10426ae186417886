//! Two tabs over one store, of which one is behind, and words told while a key is missing.

use super::{Home, bring_in};
use hearth_core::circle::Whom;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::ports::{Store, Table, Write};
use hearth_core::sync::replica::Replica;
use hearth_core::vault::PART_LIMIT;

#[test]
fn the_tab_that_inherits_the_line_overwrites_nothing_the_other_framed() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("from the start");
    bring_in(&home, &mut first, &mut second, Whom::MyPhone);
    home.sync(&mut first);
    let mut tab = first.tab();
    // Framed in one tab, which ends before any server hears of it.
    first.tell("in the first tab");
    let call = pollster::block_on(first.vault.next_call()).unwrap();
    assert!(call.is_some());
    drop(first);
    tab.tell("in the second tab");
    // Where the tab finds out that it is behind it says so, reads again and goes on.
    let found_out = pollster::block_on(tab.vault.next_call());
    assert!(
        matches!(found_out, Err(Failure::Refused(_))),
        "{found_out:?}"
    );
    home.sync(&mut tab);
    home.sync(&mut second);
    let all = ["from the start", "in the first tab", "in the second tab"];
    assert_eq!(tab.words(), all);
    assert_eq!(second.words(), all);
    assert_eq!(tab.restart().words(), all);
}

#[test]
fn a_tab_that_is_behind_frames_nothing_into_a_circle_that_the_other_left() {
    let home = Home::new();
    let mut lost = home.phone(1);
    lost.tell("on the phone that was lost");
    home.sync(&mut lost);
    let passphrase = "four words of ours";
    let backup = lost.vault.back_up(passphrase, PART_LIMIT);
    let backup = pollster::block_on(backup).unwrap();
    let mut line = home.phone(2);
    line.tell("on the new phone");
    home.sync(&mut line);
    line.tell("waiting on the new phone");
    let mut tab = line.tab();
    pollster::block_on(tab.vault.restore(&backup, passphrase)).unwrap();
    let behind = pollster::block_on(line.vault.next_call());
    assert!(matches!(behind, Err(Failure::Refused(_))), "{behind:?}");
    home.sync(&mut line);
    let all = [
        "on the new phone",
        "on the phone that was lost",
        "waiting on the new phone",
    ];
    assert_eq!(line.words(), all);
    assert_eq!(line.restart().words(), all);
}

#[test]
fn what_is_told_while_the_present_key_is_missing_waits_and_keeps_its_photos() {
    let home = Home::new();
    let (mut first, mut second, mut third) = (home.phone(1), home.phone(2), home.phone(3));
    first.tell("told");
    let all = Whom::Person { reads_all: true };
    bring_in(&home, &mut first, &mut second, all);
    let new = Whom::Person { reads_all: false };
    bring_in(&home, &mut first, &mut third, new);
    home.sync(&mut second);
    let circle = second.vault.replica().unwrap().id();
    let keys = pollster::block_on(second.store.keys(Table::Circles)).unwrap();
    let mut of_epochs = keys
        .into_iter()
        .filter(|key| Replica::is_epoch_key(key, &circle));
    let (Some(_), Some(newest)) = (of_epochs.next(), of_epochs.next_back()) else {
        panic!("a new reader begins a new epoch")
    };
    let forget = Write::Delete {
        table: Table::Circles,
        key: newest,
    };
    pollster::block_on(second.store.write(vec![forget])).unwrap();
    let mut second = second.restart();
    let told = second.tell_with_photo("with a photo");
    pollster::block_on(second.vault.next_call()).unwrap();
    let mut second = second.restart();
    pollster::block_on(second.vault.tidy()).unwrap();
    let read = second.read(told.id);
    assert!(matches!(
        second.ask(Request::Blob(read.photos[0].blob)),
        Response::Bytes(_)
    ));
}
