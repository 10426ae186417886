//! A backup in parts: each opens alone, all of them are everything, in any order, at once or one
//! after another, and what is damaged is told by kind.

use super::*;
use crate::ports::{Source, SourceError};
use std::cell::Cell;

const STRIDE: usize = 1024 + 41;

/// Its own words, what was said before, and the bytes of its photos.
type Told = (String, Vec<Value>, Vec<Vec<u8>>);

impl Phone {
    /// What a person told, without where each part of it is at the moment.
    fn told(&mut self) -> Vec<Told> {
        let all = self.everything().into_iter();
        let told = all.map(|(record, files, history)| {
            let words = record.fields.get(&WORDS_FIELD).cloned();
            let history = history.into_iter().map(|(_, value)| value).collect();
            let files = files.into_iter().map(|file| match file {
                Response::Bytes(bytes) => bytes,
                other => panic!("no photo: {other:?}"),
            });
            (words.unwrap_or_default(), history, files.collect())
        });
        let mut told: Vec<Told> = told.collect();
        told.sort_by(|one, other| one.0.cmp(&other.0));
        told
    }
}

/// Three records, three photos and a draft, framed and not, and their backup in several parts.
fn parts_of(limit: u64) -> (Vec<Told>, Vec<Vec<u8>>) {
    let mut old = full_phone();
    for byte in [1, 2] {
        let draft = old.begin(RecordKind::Achievement);
        let draft = old.add_photo(&draft, photo(&[byte; 2500])).unwrap();
        old.try_save(&draft).unwrap();
    }
    old.step();
    old.tell("not framed yet");
    let told = old.told();
    (told, old.back_up_in_parts(limit))
}

#[test]
fn no_part_is_longer_than_the_limit_and_all_of_them_are_everything() {
    for limit in [8_000, 11_000, 14_000] {
        let (told, parts) = parts_of(limit);
        assert!(parts.len() > 1, "{limit}");
        assert!(parts.iter().all(|part| part.len() as u64 <= limit));
        let mut new = other_phone();
        let restored = new.restore_all(&parts);
        assert_eq!(restored.damage, Damage::default());
        assert_eq!((restored.missing.as_str(), restored.closed), ("", 0));
        assert_eq!(new.told(), told);
        assert_eq!(new.restart().told(), told);
    }
}

#[test]
fn a_part_alone_says_which_one_it_is_and_that_the_others_are_missing() {
    let (_, parts) = parts_of(8_000);
    let last = u16::try_from(parts.len()).unwrap();
    for (number, part) in (1_u16..).zip(&parts) {
        let restored = other_phone().restore(part);
        assert_eq!(restored.damage, Damage::default(), "part {number}");
        // That there is a part more is known; whether it is the last one is not.
        let least = (number + 1).min(last);
        let others = (1..=least).filter(|other| *other != number);
        let others: Vec<String> = others.map(|other| other.to_string()).collect();
        assert_eq!(restored.missing, others.join(", "));
    }
}

#[test]
fn parts_come_one_after_another_in_any_order_over_starts_and_days_and_twice() {
    let (told, parts) = parts_of(8_000);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    for turn in 0..parts.len() * 2 {
        order.rotate_left(1);
        if turn == parts.len() {
            order.reverse();
        }
        let mut new = other_phone();
        for at in &order {
            new.restore(&parts[*at]);
            new.step();
            new = new.restart();
            new.tidy();
            new.world.wait(2 * DAY);
            new.tidy();
        }
        assert_eq!(new.told(), told, "{order:?}");
        new.restore(&parts[order[0]]);
        new.step();
        assert_eq!(new.restart().told(), told, "{order:?}, and the first again");
    }
}

#[test]
fn the_parts_that_came_before_are_not_asked_for_again() {
    let (_, parts) = parts_of(8_000);
    let mut new = other_phone();
    let half = parts.len() / 2;
    assert!(!new.restore_all(&parts[..half]).missing.is_empty());
    let mut new = new.restart();
    assert_eq!(new.restore_all(&parts[half..]).missing, "");
}

#[test]
fn one_damaged_byte_anywhere_in_any_part_is_told_and_takes_little_with_it() {
    let (told, parts) = parts_of(11_000);
    for (at, part) in parts.iter().enumerate() {
        // A byte of each chunk and each header, another one each time.
        let places = (0..part.len()).step_by(STRIDE).enumerate();
        let places = places.map(|(nth, place)| (place + 37 * nth % 64).min(part.len() - 1));
        for place in places {
            let mut copies = parts.clone();
            copies[at][place] ^= 8;
            let mut new = other_phone();
            let restored = new.restore_all(&copies);
            assert_eq!((restored.closed, restored.missing.as_str()), (0, ""));
            let is_all = new.told() == told && new.vault.drafts().len() == 1;
            assert!(
                is_all || restored.damage.total() > 0,
                "part {at}, byte {place}: went without a word"
            );
            assert!(!new.told().is_empty(), "part {at}, byte {place}");
            new.restart().tell("it goes on");
        }
    }
}

#[test]
fn damage_is_told_by_kind() {
    let (_, mut parts) = parts_of(u64::MAX);
    let part = &mut parts[0];
    // Photos are most of it, and come last but for the rows of the circle.
    let middle = part.len() * 2 / 3 / STRIDE * STRIDE + 100;
    part[middle] ^= 1;
    let damage = other_phone().restore_all(&parts).damage;
    assert!(damage.photos > 0);
    assert_eq!((damage.words, damage.other), (0, 0));
}

#[test]
fn what_is_no_backup_among_several_files_is_counted_and_the_rest_comes() {
    let (told, mut parts) = parts_of(8_000);
    parts.insert(
        1,
        b"a shopping list that is longer than a header of a backup is, by a bit".into(),
    );
    let mut new = other_phone();
    let restored = new.restore_all(&parts);
    assert_eq!((restored.closed, restored.missing.len()), (1, 0));
    assert_eq!(new.told(), told);
    assert_eq!(
        other_phone().try_restore_all(&parts[1..2]),
        Err(Failure::NotABackup)
    );
    assert_eq!(other_phone().try_restore_all(&[]), Err(Failure::NotABackup));
}

#[test]
fn of_two_copies_of_one_part_the_better_one_counts() {
    let (told, mut parts) = parts_of(8_000);
    let mut copy = parts[0].clone();
    copy[3 * STRIDE] ^= 1;
    parts.insert(0, copy);
    let mut new = other_phone();
    assert_eq!(new.restore_all(&parts).damage, Damage::default());
    assert_eq!(new.told(), told);
}

/// A backup during which a draft is saved, a record is ended and all is framed, from that step on.
fn parts_while_it_moves(
    old: &mut Phone,
    draft: &Draft,
    binned: EntityId,
    from: usize,
) -> Vec<Vec<u8>> {
    let mut backup = old.begin_backup(1_000);
    let (mut parts, mut part, mut steps) = (Vec::new(), Vec::new(), 0);
    while let Some(piece) = pollster::block_on(old.vault.continue_backup(&mut backup)).unwrap() {
        part.extend(piece.bytes);
        if piece.step.is_part_done {
            parts.push(std::mem::take(&mut part));
        }
        match steps {
            _ if steps == from => drop(old.try_save(draft).unwrap()),
            _ if steps == from + 1 => drop(old.ask(Request::Erase(binned))),
            _ if steps == from + 2 => old.step(),
            _ => {}
        }
        steps += 1;
    }
    assert!(steps > 6, "{steps}");
    parts
}

#[test]
fn what_moves_while_a_backup_is_made_is_in_it_and_what_is_ended_is_no_damage() {
    for from in 0..6 {
        let mut old = full_phone();
        let told = old.tell("a change when it began");
        let mut draft = old.begin(RecordKind::Feedback);
        let words = "a draft when it began";
        draft.fields.insert(WORDS_FIELD, words.into());
        old.journal(&draft).unwrap();
        let in_bin = Filter {
            in_bin: true,
            ..Filter::default()
        };
        let binned = old.timeline(in_bin).records[0].id;
        let parts = parts_while_it_moves(&mut old, &draft, binned, from);
        let mut new = other_phone();
        let restored = new.restore_all(&parts);
        assert_eq!(
            (restored.damage, restored.missing),
            (Damage::default(), String::new())
        );
        assert_eq!(
            new.read(told.id).fields.get(&WORDS_FIELD).unwrap(),
            "a change when it began"
        );
        let drafts = new.vault.drafts().into_iter();
        let drafts = drafts.filter_map(|draft| draft.fields.get(&WORDS_FIELD).cloned());
        let all: Vec<String> = drafts.chain(new.words()).collect();
        assert!(all.iter().any(|said| said == words), "{from}: {all:?}");
    }
}

#[test]
fn a_phone_that_changes_its_keys_meanwhile_makes_no_backup() {
    let file = full_phone().back_up();
    let mut phone = other_phone();
    phone.tell("mine");
    phone.step();
    let mut backup = phone.begin_backup(5_000);
    phone.restore(&file);
    let ended = loop {
        match pollster::block_on(phone.vault.continue_backup(&mut backup)) {
            Ok(Some(_)) => {}
            other => break other,
        }
    };
    assert!(matches!(ended, Err(Failure::Refused(_))), "{ended:?}");
    let kept = pollster::block_on(phone.vault.keep_backup(&backup));
    assert!(matches!(kept, Err(Failure::Malformed(_))), "{kept:?}");
}

#[test]
fn a_backup_of_a_phone_that_waits_for_its_keys_comes_back_as_well() {
    let (told, parts) = parts_of(8_000);
    let mut new = other_phone();
    new.restore_all(&parts);
    assert!(new.vault.replica.as_ref().unwrap().is_waiting_for_keys());
    let again = new.back_up_in_parts(8_000);
    let mut third = other_phone();
    assert_eq!(third.restore_all(&again).damage, Damage::default());
    assert_eq!(third.told(), told);
}

#[test]
fn no_backup_is_claimed_before_its_last_part_is_kept() {
    let mut phone = full_phone();
    let mut backup = phone.begin_backup(8_000);
    while pollster::block_on(phone.vault.continue_backup(&mut backup))
        .unwrap()
        .is_some()
    {
        assert_eq!(phone.vault.circle().sync.backup, None);
    }
    let mut phone = phone.restart();
    assert_eq!(phone.vault.circle().sync.backup, None);
    pollster::block_on(phone.vault.keep_backup(&backup)).unwrap();
    assert_eq!(phone.restart().vault.circle().sync.backup, Some(NOON));
}

/// A file that can be read so often and no more.
struct Failing<'f>(&'f Vec<u8>, Cell<usize>);

impl Source for Failing<'_> {
    fn length(&self) -> u64 {
        self.0.length()
    }

    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, SourceError> {
        assert!(length <= 1024 * 1024, "{length} bytes at once");
        let left = self
            .1
            .get()
            .checked_sub(1)
            .ok_or_else(|| SourceError("gone".into()))?;
        self.1.set(left);
        self.0.read(from, length).await
    }
}

#[test]
fn a_file_that_goes_away_while_it_is_read_is_said_and_can_be_tried_again() {
    let (told, parts) = parts_of(8_000);
    let mut new = other_phone();
    for reads in 2..4 {
        let files: Vec<Failing<'_>> = parts
            .iter()
            .map(|part| Failing(part, Cell::new(reads)))
            .collect();
        let tried = pollster::block_on(new.vault.restore(&files, WORDS));
        match reads {
            2 => assert!(matches!(tried, Err(Failure::Lost(_))), "{tried:?}"),
            _ => assert_eq!(tried.unwrap().damage, Damage::default()),
        }
    }
    assert_eq!(new.told(), told);
}
