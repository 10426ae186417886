//! What this suite does besides: time goes on with every save and every call, and phones are
//! backed up and brought back.

use hearth_core::circle::{SyncTrouble, Whereabouts};
use hearth_core::messages::Request;
use hearth_core::record::WORDS;
use hearth_core::vault::{PART_LIMIT, Restored};
use hearth_core::{DeviceId, EntityId};
use hearth_tests::phones::{Home, Phone};

pub(crate) const PASSPHRASE: &str = "four quite ordinary words";
const MINUTE: u64 = 60_000;

/// A phone whose every save and every call takes a minute.
pub(crate) trait Slowly {
    /// Tells a story with a photo.
    fn tell_slowly(&mut self, words: &str) -> EntityId;

    /// Writes other words where it is told already.
    fn edit_slowly(&mut self, id: EntityId, words: &str);

    fn end(&mut self, id: EntityId);

    /// Asks until there is nothing to ask.
    fn sync(&mut self, home: &Home);

    /// Another person comes into this phone's circle.
    fn let_in_slowly(&mut self, other: &mut Self, home: &Home);
}

impl Slowly for Phone {
    fn tell_slowly(&mut self, words: &str) -> EntityId {
        let id = self.tell_with_photo(words).id;
        self.world.wait(MINUTE);
        id
    }

    fn edit_slowly(&mut self, id: EntityId, words: &str) {
        self.edit(id, words);
        self.world.wait(MINUTE);
    }

    fn end(&mut self, id: EntityId) {
        self.ask(Request::Delete(id));
        self.ask(Request::Erase(id));
        self.world.wait(MINUTE);
    }

    fn sync(&mut self, home: &Home) {
        self.vault.look_for_news();
        for _ in 0..500 {
            self.world.wait(MINUTE);
            let Some(call) = self.next_call() else {
                return;
            };
            self.take(&call, home.answer(&call));
        }
        panic!("never done");
    }

    fn let_in_slowly(&mut self, other: &mut Self, home: &Home) {
        self.let_in(other, |phone| phone.sync(home));
    }
}

/// What a backup is made of, and what is looked at after it came back.
pub(crate) trait Backed {
    fn back_up(&mut self) -> Vec<u8>;

    fn restore(&mut self, file: &[u8]) -> Restored;

    /// Every record's words with its conflicts and whether its photos are here.
    fn all(&mut self) -> Vec<(String, usize, bool)>;

    fn is_safe(&mut self, id: EntityId) -> bool;

    fn trouble(&self) -> Option<SyncTrouble>;

    fn device(&self) -> DeviceId;
}

impl Backed for Phone {
    fn back_up(&mut self) -> Vec<u8> {
        let made = self.vault.back_up(PASSPHRASE, PART_LIMIT);
        pollster::block_on(made).unwrap().remove(0)
    }

    fn restore(&mut self, file: &[u8]) -> Restored {
        let files = [file.to_vec()];
        pollster::block_on(self.vault.restore(&files, PASSPHRASE)).unwrap()
    }

    fn all(&mut self) -> Vec<(String, usize, bool)> {
        let records = self.records().into_iter();
        let ids: Vec<EntityId> = records.map(|record| record.id).collect();
        let mut all: Vec<_> = ids.into_iter().map(|id| summary(self, id)).collect();
        all.sort();
        all
    }

    fn is_safe(&mut self, id: EntityId) -> bool {
        self.read(id).whereabouts == Whereabouts::Safe
    }

    fn trouble(&self) -> Option<SyncTrouble> {
        self.vault.circle().sync.trouble
    }

    fn device(&self) -> DeviceId {
        self.me().1
    }
}

fn summary(phone: &mut Phone, id: EntityId) -> (String, usize, bool) {
    let record = phone.read(id);
    let photos = record.photos.iter();
    let files = photos.flat_map(|photo| [photo.blob, photo.thumbnail]);
    let files: Vec<EntityId> = files.collect();
    let mut whole = files.iter();
    let is_whole =
        !files.is_empty() && whole.all(|file| phone.try_ask(Request::Blob(*file)).is_ok());
    (
        record.fields.get(&WORDS).unwrap().clone(),
        record.conflicts.len(),
        is_whole,
    )
}
