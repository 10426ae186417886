//! A phone over memory: what a person does on it, and what they see.

use crate::world::{Home, ORIGIN, World};
use hearth_core::circle::words::{NewWords, TypedWords};
use hearth_core::circle::{CircleView, RecoveryStage, Whereabouts, WordsStanding};
use hearth_core::draft::DraftPatch;
use hearth_core::memory::MemoryStore;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::photo::PreparedPhoto;
use hearth_core::ports::{Store, StoreError, Table};
use hearth_core::record::{Record, RecordKind, WORDS};
use hearth_core::sync::replica::{Intent, Newcomer, Replica};
use hearth_core::timeline::Filter;
use hearth_core::vault::{Outgoing, Progress, Reply, Vault};
use hearth_core::{EntityId, Key};
use hearth_protocol::DeviceId;

pub(crate) struct Phone {
    pub(crate) store: MemoryStore,
    key: Key,
    world: World,
    pub(crate) vault: Vault<MemoryStore, World>,
}

impl Phone {
    pub(crate) fn start(store: MemoryStore, key: Key, world: World) -> Self {
        let opened = Vault::open(store.clone(), &key, world.clone());
        let mut vault = pollster::block_on(opened).unwrap();
        vault.connect(ORIGIN);
        Self {
            store,
            key,
            world,
            vault,
        }
    }

    /// The process ends and begins again.
    pub(crate) fn restart(&mut self) {
        self.store.heal();
        let (store, key, world) = (self.store.clone(), self.key.clone(), self.world.clone());
        *self = Self::start(store, key, world);
    }

    pub(crate) fn fail_after(&self, writes: usize) {
        let gone = StoreError::Lost("the process was killed".into());
        self.store.fail_after(writes, gone);
    }

    pub(crate) fn next_call(&mut self) -> Option<Outgoing> {
        self.try_next_call().unwrap()
    }

    pub(crate) fn try_next_call(&mut self) -> Result<Option<Outgoing>, Failure> {
        pollster::block_on(self.vault.next_call())
    }

    pub(crate) fn take(&mut self, call: &Outgoing, reply: Reply) -> Progress {
        self.try_take(call, reply).unwrap()
    }

    pub(crate) fn try_take(&mut self, call: &Outgoing, reply: Reply) -> Result<Progress, Failure> {
        pollster::block_on(self.vault.take_reply(call.number, reply))
    }

    pub(crate) fn ask(&mut self, request: Request) -> Result<Response, Failure> {
        pollster::block_on(self.vault.answer(request, None))
    }

    // ---- telling

    pub(crate) fn tell(&mut self, words: &str) -> EntityId {
        let Ok(Response::Draft(draft)) = self.ask(Request::Begin(RecordKind::Story)) else {
            panic!("no draft")
        };
        self.save(draft.id, words);
        draft.id
    }

    pub(crate) fn tell_with_photo(&mut self, words: &str) -> EntityId {
        let Ok(Response::Draft(draft)) = self.ask(Request::Begin(RecordKind::Story)) else {
            panic!("no draft")
        };
        let request = Request::AddPhoto {
            draft: draft.id,
            kind: draft.kind,
        };
        let jpeg = [
            &[0xff, 0xd8, 0xff, 0xda, 0, 2],
            words.as_bytes(),
            &[0xff, 0xd9],
        ]
        .concat();
        let photo = PreparedPhoto {
            thumbnail: jpeg.clone(),
            jpeg,
            width: 4,
            height: 3,
            taken: None,
        };
        pollster::block_on(self.vault.answer(request, Some(photo))).unwrap();
        self.save(draft.id, words);
        draft.id
    }

    pub(crate) fn edit(&mut self, id: EntityId, words: &str) {
        self.ask(Request::Edit(id)).unwrap();
        self.save(id, words);
    }

    fn save(&mut self, draft: EntityId, words: &str) {
        let patch = DraftPatch {
            fields: [(WORDS, words.to_owned())].into(),
            ..DraftPatch::default()
        };
        let kind = RecordKind::Story;
        self.ask(Request::Save { draft, kind, patch }).unwrap();
        self.world.wait(1_000);
    }

    // ---- reading

    pub(crate) fn read(&mut self, id: EntityId) -> Record {
        match self.ask(Request::Read(id)) {
            Ok(Response::Record(record)) => *record,
            other => panic!("no record: {other:?}"),
        }
    }

    /// Every record, in the bin or not, with the bytes of its photos and every change that made
    /// it what it is. Where it is and whose the phone is do not belong to it.
    pub(crate) fn everything(&mut self) -> Vec<(Record, Vec<Vec<u8>>, Vec<u64>)> {
        let mut ids = self.ids(false);
        ids.extend(self.ids(true));
        let mut all: Vec<_> = ids.into_iter().map(|id| self.whole(id)).collect();
        all.sort_by_key(|(record, ..)| record.id);
        all
    }

    fn whole(&mut self, id: EntityId) -> (Record, Vec<Vec<u8>>, Vec<u64>) {
        let mut record = self.read(id);
        record.whereabouts = Whereabouts::default();
        let photos = record.photos.clone().into_iter();
        let files = photos.flat_map(|photo| [photo.blob, photo.thumbnail]);
        let bytes = files.map(|file| match self.ask(Request::Blob(file)) {
            Ok(Response::Bytes(bytes)) => bytes,
            other => panic!("no photo: {other:?}"),
        });
        let bytes = bytes.collect();
        let entity = self.vault.view().get(id).unwrap();
        let mut history: Vec<u64> = entity.changes().map(|change| change.hlc.0).collect();
        history.sort_unstable();
        (record, bytes, history)
    }

    fn ids(&mut self, in_bin: bool) -> Vec<EntityId> {
        let filter = Filter {
            in_bin,
            ..Filter::default()
        };
        let request = Request::Timeline {
            filter,
            offset: 0,
            limit: 100,
        };
        match self.ask(request) {
            Ok(Response::Page(page)) => page.records.iter().map(|record| record.id).collect(),
            other => panic!("no page: {other:?}"),
        }
    }

    pub(crate) fn told(&mut self) -> Vec<String> {
        let ids = self.ids(false);
        let mut words: Vec<String> = ids
            .into_iter()
            .map(|id| self.read(id).fields.get(&WORDS).unwrap().clone())
            .collect();
        words.sort();
        words
    }

    /// The words of everything that is called safe.
    pub(crate) fn safe(&mut self) -> Vec<String> {
        let ids = self.ids(false);
        let records = ids.into_iter().map(|id| self.read(id));
        let safe = records.filter(|record| record.whereabouts == Whereabouts::Safe);
        let mut words: Vec<String> = safe
            .map(|record| record.fields.get(&WORDS).unwrap().clone())
            .collect();
        words.sort();
        words
    }

    pub(crate) fn circle(&self) -> CircleView {
        self.vault.circle()
    }

    pub(crate) fn standing(&self) -> WordsStanding {
        self.circle().words.standing
    }

    pub(crate) fn stage(&self) -> Option<RecoveryStage> {
        self.circle().recovery.map(|view| view.stage)
    }

    pub(crate) fn replica(&self) -> &Replica {
        self.vault.replica().unwrap()
    }

    pub(crate) fn device(&self) -> DeviceId {
        self.replica().me().device
    }

    /// Every row of the store, opened with the vault's own key: what a thief of an open phone has.
    pub(crate) fn opened_rows(&self) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        for table in Table::ALL {
            let rest = self.key.derive(&format!("rest/{}", table.name()));
            for (key, row) in pollster::block_on(self.store.scan(table, None, usize::MAX)).unwrap()
            {
                let place = [table.name().as_bytes(), &[0], &key].concat();
                all.push(rest.open(&place, &row).unwrap());
                all.push(key);
            }
        }
        all
    }

    // ---- words

    pub(crate) fn make(&mut self) -> NewWords {
        match self.ask(Request::MakeWords) {
            Ok(Response::Words(words)) => words,
            other => panic!("no words: {other:?}"),
        }
    }

    /// Makes words, writes them down, and confirms three.
    pub(crate) fn make_and_confirm(&mut self) -> String {
        let made = self.make();
        self.confirm(&made).unwrap();
        made.words.join(" ")
    }

    pub(crate) fn confirm(&mut self, made: &NewWords) -> Result<(), Failure> {
        let word = |place: u8| made.words[usize::from(place) - 1].clone();
        let typed = made.asked.map(word);
        let answer = self.ask(Request::ConfirmWords(typed))?;
        assert_eq!(answer, Response::Circle(Box::new(self.circle())));
        Ok(())
    }

    pub(crate) fn restore(&mut self, words: &str) -> Result<(), Failure> {
        let request = Request::RestoreByWords(TypedWords(words.to_owned()));
        let answer = self.ask(request)?;
        assert_eq!(answer, Response::Circle(Box::new(self.circle())));
        Ok(())
    }

    /// Another person comes into this phone's circle.
    pub(crate) fn let_in(&mut self, other: &mut Self, home: &mut Home) {
        let newcomer = other.vault.newcomer(None).unwrap();
        let intent = Intent::AddPerson {
            person: newcomer.me().person,
            keys: newcomer.keys(),
            reads_all: true,
        };
        self.bring_in(other, &newcomer, intent, home);
    }

    /// The other phone is this person's too.
    pub(crate) fn let_in_own(&mut self, other: &mut Self, home: &mut Home) {
        let person = self.replica().me().person;
        let newcomer = other.vault.newcomer(Some(person)).unwrap();
        let intent = Intent::AddDevice(newcomer.keys());
        self.bring_in(other, &newcomer, intent, home);
    }

    fn bring_in(&mut self, other: &mut Self, keys: &Newcomer, intent: Intent, home: &mut Home) {
        self.vault.intend(intent);
        home.sync(self);
        let circle = self.replica().id();
        pollster::block_on(other.vault.join(circle, keys)).unwrap();
        home.sync(other);
    }
}
