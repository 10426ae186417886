//! What a person does with records on a phone: tells, changes, reads.

use super::Phone;
use hearth_core::EntityId;
use hearth_core::draft::{Draft, DraftPatch};
use hearth_core::messages::{Request, Response};
use hearth_core::record::{Record, RecordKind, Summary, WORDS};
use hearth_core::timeline::Filter;
use hearth_core::world::photo;

impl Phone {
    fn draft(&mut self, request: Request, words: &str) -> Draft {
        let mut draft = match self.ask(request) {
            Response::Draft(draft) => *draft,
            other => panic!("no draft: {other:?}"),
        };
        draft.fields.insert(WORDS, words.into());
        draft
    }

    fn save(&mut self, draft: Draft) -> Record {
        let save = Request::Save {
            draft: draft.id,
            kind: draft.kind,
            patch: DraftPatch {
                child: draft.child,
                day: draft.day,
                fields: draft.fields,
            },
        };
        match self.ask(save) {
            Response::Saved(record) => *record,
            other => panic!("not saved: {other:?}"),
        }
    }

    /// Tells a story in these words.
    pub fn tell(&mut self, words: &str) -> Record {
        let draft = self.draft(Request::Begin(RecordKind::Story), words);
        self.save(draft)
    }

    /// The same with a photo, which has the words for its picture.
    pub fn tell_with_photo(&mut self, words: &str) -> Record {
        let draft = self.draft(Request::Begin(RecordKind::Story), words);
        let add = Request::AddPhoto {
            draft: draft.id,
            kind: draft.kind,
        };
        let answer = self.vault.answer(add, Some(photo(words.as_bytes())));
        pollster::block_on(answer).unwrap();
        self.save(draft)
    }

    /// Writes other words in the place of a record's.
    pub fn edit(&mut self, id: EntityId, words: &str) -> Record {
        let draft = self.draft(Request::Edit(id), words);
        self.save(draft)
    }

    /// The record as its screen shows it.
    pub fn read(&mut self, id: EntityId) -> Record {
        match self.ask(Request::Read(id)) {
            Response::Record(record) => *record,
            other => panic!("no record: {other:?}"),
        }
    }

    /// What the timeline shows, newest first.
    pub fn records(&mut self) -> Vec<Summary> {
        self.records_of(Filter::default())
    }

    /// The same of those that a filter leaves.
    pub fn records_of(&mut self, filter: Filter) -> Vec<Summary> {
        let request = Request::Timeline {
            filter,
            offset: 0,
            limit: 1_000,
        };
        match self.ask(request) {
            Response::Page(page) => page.records,
            other => panic!("no page: {other:?}"),
        }
    }

    /// The words of all that, in order of the alphabet.
    pub fn words(&mut self) -> Vec<String> {
        let records = self.records().into_iter();
        let mut words: Vec<String> = records.map(|one| one.words).collect();
        words.sort();
        words
    }
}
