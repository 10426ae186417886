//! A backup, brought back without a server: everything is readable, and nothing goes on under
//! the old keys.

mod parts;
mod steps;
mod vector;

use super::*;
use crate::backup::Form;
use crate::backup::tests::WORDS;
use crate::draft::DraftPatch;
use crate::ports::StoreError;
use crate::sync::merge::{Name, Version};
use hearth_protocol::Value;
use proptest::prelude::*;

impl Phone {
    /// All of it in one part.
    fn back_up(&mut self) -> Vec<u8> {
        let mut parts = self.back_up_in_parts(u64::MAX);
        assert_eq!(parts.len(), 1);
        parts.remove(0)
    }

    fn back_up_in_parts(&mut self, limit: u64) -> Vec<Vec<u8>> {
        let backup = self.begin_backup(limit);
        pollster::block_on(self.vault.finish_backup(backup)).unwrap()
    }

    fn begin_backup(&mut self, limit: u64) -> BackupInProgress {
        let begun = self.vault.begin_backup_as(Form::SMALL, WORDS, limit);
        pollster::block_on(begun).unwrap()
    }

    fn try_restore(&mut self, file: &[u8]) -> Result<Restored, Failure> {
        self.try_restore_all(&[file.to_vec()])
    }

    fn try_restore_all(&mut self, files: &[Vec<u8>]) -> Result<Restored, Failure> {
        pollster::block_on(self.vault.restore(files, WORDS))
    }

    fn restore(&mut self, file: &[u8]) -> Restored {
        self.try_restore(file).unwrap()
    }

    fn restore_all(&mut self, files: &[Vec<u8>]) -> Restored {
        self.try_restore_all(files).unwrap()
    }

    /// The engine's step without a server: what waits is framed where it may be.
    fn step(&mut self) {
        assert_eq!(pollster::block_on(self.vault.next_call()).unwrap(), None);
    }

    /// Everything a person could look up.
    fn everything(&mut self) -> Vec<Seen> {
        let mut all = Vec::new();
        for in_bin in [false, true] {
            let filter = Filter {
                in_bin,
                ..Filter::default()
            };
            for summary in self.timeline(filter).records {
                let record = self.read(summary.id);
                let files = record
                    .photos
                    .iter()
                    .flat_map(|photo| [photo.blob, photo.thumbnail]);
                let files = files
                    .filter_map(|file| self.try_ask(Request::Blob(file)).ok())
                    .collect();
                let entity = self.vault.view.get(summary.id).unwrap();
                let history = entity.history(WORDS_FIELD).into_iter().map(said).collect();
                all.push((record, files, history));
            }
        }
        all
    }
}

type Seen = (Record, Vec<Response>, Vec<(u64, Value)>);
const WORDS_FIELD: u64 = crate::record::WORDS;

fn said(version: Version<'_>) -> (u64, Value) {
    (version.hlc.0, version.value.clone())
}

/// Another phone, whose random bytes are other ones.
fn other_phone() -> Phone {
    let phone = Phone::new();
    phone.world.fill(&mut [0; 1000]).unwrap();
    phone
}

fn full_phone() -> Phone {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft = phone.add_photo(&draft, photo(&[7; 3000])).unwrap();
    draft.fields.insert(WORDS_FIELD, "first words".into());
    phone.try_save(&draft).unwrap();
    phone.step();
    let mut edit = phone.edit(draft.id);
    edit.fields.insert(WORDS_FIELD, "second words".into());
    phone.try_save(&edit).unwrap();
    let binned = phone.tell("for the bin");
    phone.ask(Request::Delete(binned.id));
    phone.ask(Request::AddChild("Ada".into()));
    let mut typed = phone.begin(RecordKind::Feedback);
    typed.fields.insert(WORDS_FIELD, "not saved yet".into());
    phone.journal(&typed).unwrap();
    phone
}

#[test]
fn everything_comes_back_on_an_empty_phone_and_waits_for_a_server() {
    let mut old = full_phone();
    let before = old.everything();
    let file = old.back_up();
    let mut new = other_phone();
    let restored = new.restore(&file);
    assert_eq!(
        (restored.records, restored.photos, restored.damage.total()),
        (2, 1, 0)
    );
    assert_eq!(new.everything(), before);
    assert_eq!(new.vault.children()[0].name, "Ada");
    assert_eq!(new.vault.drafts().len(), 1);
    let mut new = new.restart();
    assert_eq!(
        (new.vault.health().damaged, new.vault.health().later),
        (0, 0)
    );
    assert_eq!(new.everything(), before);
    let later = new.tell("told on the new phone");
    new.step();
    assert_eq!(
        new.read(later.id).whereabouts,
        crate::circle::Whereabouts::OnThisPhone
    );
    let replica = new.vault.replica.as_ref().unwrap();
    assert!(replica.is_waiting_for_keys());
    assert_eq!(replica.outbox_len(), 0);
    let names = new.vault.view.get(later.id).unwrap().names();
    assert!(
        names
            .into_iter()
            .all(|name| matches!(name, Name::Waiting(_)))
    );
    let trouble = new.vault.circle().sync.trouble;
    assert_eq!(trouble, Some(crate::circle::SyncTrouble::StoreWentBack));
}

#[test]
fn two_phones_brought_back_from_one_file_take_different_keys() {
    let file = full_phone().back_up();
    let keys_of = |mut phone: Phone| {
        phone.restore(&file);
        let replica = phone.vault.replica.unwrap();
        let before = replica.me().device;
        (before, replica.own_device_to_be())
    };
    let one = keys_of(other_phone());
    let third = other_phone();
    third.world.fill(&mut [0; 7]).unwrap();
    let two = keys_of(third);
    assert_eq!(one.0, two.0);
    assert!(one.1.is_some() && one.1 != two.1);
}

#[test]
fn what_was_told_on_the_new_phone_before_stays() {
    let file = full_phone().back_up();
    let mut new = other_phone();
    new.tell("here before");
    new.step();
    new.tell("and this");
    assert_eq!(new.restore(&file).records, 4);
    let mut new = new.restart();
    assert_eq!(
        new.words()
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>(),
        ["and this", "here before", "second words"]
            .map(String::from)
            .into()
    );
}

#[test]
fn the_phone_that_made_it_may_bring_it_back_and_nothing_is_there_twice() {
    let mut phone = full_phone();
    let file = phone.back_up();
    let added = phone.tell("after the backup");
    phone.step();
    let before = phone.everything();
    let keys = pollster::block_on(phone.store.keys(Table::Blobs)).unwrap();
    phone
        .store
        .damage(Table::Blobs, &keys[0], |row| row.clear());
    assert_eq!(phone.restore(&file).damage.total(), 0);
    assert_eq!(phone.everything(), before);
    phone.step();
    let mut phone = phone.restart();
    assert_eq!(phone.everything(), before);
    assert!(!phone.vault.replica.as_ref().unwrap().is_changing_keys());
    assert_eq!(
        phone.read(added.id).fields.get(&WORDS_FIELD).unwrap(),
        "after the backup"
    );
}

#[test]
fn a_weak_or_wrong_passphrase_and_what_is_no_backup_are_told_apart() {
    let mut phone = full_phone();
    let ask = |phone: &mut Phone, passphrase: &str| {
        let begun = phone.vault.begin_backup(passphrase, PART_LIMIT);
        pollster::block_on(begun).map(|_| ())
    };
    assert_eq!(ask(&mut phone, "too short"), Err(Failure::WeakPassphrase));
    assert_eq!(
        ask(&mut Phone::new(), "long enough words"),
        Err(Failure::NoCircle)
    );
    let file = phone.back_up();
    let mut new = other_phone();
    let wrong = new
        .vault
        .restore(std::slice::from_ref(&file), "these are other words");
    let wrong = pollster::block_on(wrong);
    assert_eq!(wrong, Err(Failure::WrongPassphrase));
    assert_eq!(new.try_restore(&[7; 5000]), Err(Failure::NotABackup));
    assert_eq!(new.try_restore(&[]), Err(Failure::NotABackup));
    assert_eq!(new.store.all_bytes(), other_phone().store.all_bytes());
}

#[test]
fn whichever_chunk_is_damaged_the_rest_comes_back_and_the_loss_is_counted() {
    let mut old = full_phone();
    let before = old.everything();
    let file = old.back_up();
    let stride = 1024 + 41;
    let chunks = (file.len() - 128) / stride;
    assert!(chunks > 5, "{chunks}");
    for chunk in 0..chunks {
        let mut copy = file.clone();
        copy[64 + chunk * stride + 500] ^= 4;
        let mut new = other_phone();
        let restored = new.restore(&copy);
        let mut new = new.restart();
        let after = new.everything();
        let is_all = after == before && restored.photos == 1 && !new.vault.drafts().is_empty();
        assert!(
            is_all || restored.damage.total() > 0,
            "chunk {chunk} went without a word"
        );
        // Of two records and their words, no one chunk takes both.
        assert!(restored.records >= 1, "chunk {chunk}");
        new.tell("it goes on");
    }
}

#[test]
fn a_restore_that_fails_at_any_write_shows_nothing_and_works_again() {
    let mut old = full_phone();
    let before = old.everything();
    let file = old.back_up();
    for writes in 0.. {
        let mut new = other_phone();
        let own = new.tell("mine").id;
        new.store.fail_after(writes, StoreError::Full);
        let tried = new.try_restore(&file);
        let mut new = new.restart();
        if tried.is_ok() {
            assert!(writes > 2);
            break;
        }
        let is_here = new.words().len() > 1;
        assert!(
            !is_here || new.everything().len() == before.len() + 1,
            "half of it at {writes}"
        );
        new.tidy();
        new.restore(&file);
        assert_eq!(new.everything().len(), before.len() + 1);
        assert_eq!(new.read(own).fields.get(&WORDS_FIELD).unwrap(), "mine");
        assert_eq!(new.restart().everything().len(), before.len() + 1);
    }
}

#[test]
fn what_an_abandoned_restore_left_is_cleared_a_day_later() {
    let file = full_phone().back_up();
    let mut new = other_phone();
    new.tell("mine");
    new.step();
    let count = |phone: &Phone| {
        let of = |table| pollster::block_on(phone.store.keys(table)).unwrap().len();
        (of(Table::Frames), of(Table::Blobs))
    };
    let before = count(&new);
    new.store.fail_after(1, StoreError::Full);
    assert_eq!(new.try_restore(&file), Err(Failure::Full));
    let mut new = new.restart();
    assert_ne!(count(&new), before);
    new.tidy();
    assert_ne!(count(&new), before, "another tab may be at it");
    new.world.set(NOON + 2 * DAY);
    new.tidy();
    assert_eq!(count(&new), before);
    assert_eq!(new.vault.health().later, 0);
    assert_eq!(new.words(), ["mine"]);
}

#[test]
fn the_screen_knows_of_the_backup_that_was_made_and_of_the_one_that_came_back() {
    let mut old = full_phone();
    assert_eq!(old.vault.circle().sync.backup, None);
    let file = old.back_up();
    assert_eq!(old.restart().vault.circle().sync.backup, Some(NOON));
    let mut new = other_phone();
    new.world.set(NOON + DAY);
    new.restore(&file);
    assert_eq!(new.vault.circle().sync.backup, Some(NOON));
}

#[test]
fn an_edit_before_and_after_goes_on_in_one_history() {
    let mut old = full_phone();
    let id = old.timeline(Filter::default()).records[0].id;
    let file = old.back_up();
    let mut new = other_phone();
    new.restore(&file);
    let mut draft = new.edit(id);
    draft.fields.insert(WORDS_FIELD, "third words".into());
    let patch = DraftPatch {
        fields: draft.fields.clone(),
        ..patch_of(&draft)
    };
    new.ask(Request::Save {
        draft: id,
        kind: draft.kind,
        patch,
    });
    let history = &new.everything()[0].2;
    let words = ["first words", "second words", "third words"];
    let told: Vec<_> = history
        .iter()
        .map(|(_, value)| value.as_text().unwrap())
        .collect();
    assert_eq!(told, words);
}
