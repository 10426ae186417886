//! The vault: one person's records on one phone, behind one key.
//!
//! It owns the view, the drafts and the sealing; it answers [`Request`](crate::messages::Request)s. Everything durable
//! passes through one method, `commit`, so that there is one place where "saved" is decided.

mod answer;
mod backup;
mod bin;
mod children;
mod circle;
mod drafts;
mod earlier;
mod invites;
mod notes;
mod only_here;
mod open;
mod photos;
mod read;
mod removals;
mod save;
mod sealing;
mod sync;
#[cfg(feature = "testing")]
mod testing;
mod whereabouts;
mod words;

use crate::circle::{card, note};
use crate::draft::Draft;
use crate::messages::{Failure, Health};
use crate::photo;
use crate::ports::{Clock, NoRandomness, Random, Store, StoreError, Table, Write};
use crate::sync::merge::{Name, Origin, RowKey, Rule, View, clamped};
use crate::sync::replica::Replica;
use hearth_protocol::sorted::LongMap;
use hearth_protocol::{Change, EntityId, HlcClock, PersonId, SortedMap, SortedSet, Value};
use sealing::Sealing;
use std::rc::Rc;
use sync::Line;

pub use backup::{BackupInProgress, BackupStep, Damage, PART_LIMIT, Piece, Restored};
pub use hearth_protocol::limits::LONGEST_EXCHANGE as LONGEST_ANSWER;
pub use hearth_protocol::request::REQUEST_HEADER;
pub use only_here::OnlyHere;
pub use sync::{Outgoing, Progress, Reply, SyncState};

/// Days that a record stays in the bin.
pub const BIN_DAYS: u64 = 30;

/// An open vault.
pub struct Vault<S, E> {
    store: S,
    surroundings: E,
    sealing: Sealing,
    clock: HlcClock,
    view: View,
    /// Each record's photos, those in the bin among them.
    photos: LongMap<EntityId, Vec<EntityId>>,
    /// Each record's notes.
    notes: LongMap<EntityId, Vec<EntityId>>,
    /// The cards of each person and device.
    cards: LongMap<[u8; 16], Vec<EntityId>>,
    backup: Option<backup::LastBackup>,
    /// What the server was seen to have lost.
    loss: Option<sync::Noticed>,
    /// When this store was seen to have been copied or set back.
    went_back: Option<sync::Noticed>,
    photo_rule: sync::PhotoRule,
    invites: invites::Invites,
    removals: removals::Removals,
    words: words::Words,
    /// This phone's copy of its circle, once there is one.
    replica: Option<Replica>,
    line: Line,
    /// Changes that are framed before an exchange is asked.
    most_at_once: usize,
    /// A write failed after the engine had taken its step: read it anew before the next one.
    is_stale: bool,
    /// Counts what came from elsewhere or went there, so that screens know when to read again.
    shown: u64,
    /// Records that were ended and whose frames still hold them.
    ending: SortedSet<EntityId>,
    drafts: SortedMap<EntityId, Draft>,
    last_child: Option<EntityId>,
    closed_changes: Closed,
    closed_drafts: Closed,
}

/// Rows that did not open. They are kept as they are.
#[derive(Clone, Copy, Debug, Default)]
struct Closed {
    damaged: usize,
    later: usize,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// All steps become durable at once, or [`Failure`] says why none did.
    async fn commit(&self, steps: Vec<Write>) -> Result<(), Failure> {
        Ok(self.store.write(steps).await?)
    }

    /// Commits, and then reads every row back: only after this may a screen say "saved". Whether
    /// changes are not in their rows any more, because another tab was quick to frame them: then
    /// they are to be found among the frames.
    async fn commit_and_read_back(&self, steps: Vec<Write>) -> Result<bool, Failure> {
        self.commit(steps.clone()).await?;
        // Of two values for one key the later one is there.
        let mut put = LongMap::new();
        for step in steps {
            if let Write::Put { table, key, value } = step {
                put.insert((table, key), value);
            }
        }
        let mut has_moved = false;
        for ((table, key), value) in put {
            match self.store.get(table, &key).await? {
                Some(found) if found == value => {}
                None if table == Table::Changes => has_moved = true,
                // Another tab has saved about another child since.
                Some(_) if key == open::LAST_CHILD => {}
                _ => return Err(Failure::NotReadBack),
            }
        }
        Ok(has_moved)
    }

    /// Takes a durable change that waits on this phone into what is shown.
    fn take_waiting(&mut self, row: RowKey, change: Change) {
        let origin = Origin {
            name: Name::Waiting(row),
            person: self.own_person(),
            seen: Rc::default(),
            placed: None,
        };
        self.take_into_view(&origin, None, change);
    }

    /// Takes a durable change into what is shown; `was` is the row in which it waited till now.
    fn take_into_view(&mut self, origin: &Origin, was: Option<RowKey>, change: Change) {
        self.clock.observe(clamped(change.hlc, origin.placed));
        self.note_part(&change);
        match was {
            Some(row) => self.view.replace(row, origin, change),
            None => self.view.apply(origin, change),
        }
    }

    /// A photo, a note or a card is found by what it is of.
    fn note_part(&mut self, change: &Change) {
        let named = |field| change.patch.get(&field).and_then(Value::as_array);
        let parts = match change.kind {
            photo::KIND => named(photo::OF).map(|of| self.photos.get_or_default(EntityId(of))),
            note::KIND => named(note::OF).map(|of| self.notes.get_or_default(EntityId(of))),
            kind if is_card(kind) => named(card::OF).map(|of| self.cards.get_or_default(of)),
            _ => None,
        };
        if let Some(parts) = parts.filter(|parts| !parts.contains(&change.entity)) {
            parts.push(change.entity);
        }
    }

    /// Who this phone's person is; before there is a circle, nobody else can be meant.
    fn own_person(&self) -> PersonId {
        let replica = self.replica.as_ref();
        replica.map_or(PersonId([0; 16]), |replica| replica.me().person)
    }

    /// The step that seals and keeps one row.
    fn put(&self, table: Table, key: &[u8], plain: &[u8]) -> Result<Write, Failure> {
        let value = self.sealing.seal(table, key, self.random()?, plain)?;
        Ok(Write::Put {
            table,
            key: key.to_vec(),
            value,
        })
    }

    fn random<const N: usize>(&self) -> Result<[u8; N], Failure> {
        let mut bytes = [0; N];
        self.surroundings.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn new_id(&self) -> Result<EntityId, Failure> {
        self.random().map(EntityId)
    }

    /// Whether nothing was ever saved here. The first save begins a circle, which stays whatever
    /// becomes of the records.
    #[must_use]
    pub fn is_new(&self) -> bool {
        let Health {
            records,
            in_bin,
            damaged,
            later,
            ..
        } = self.health();
        self.replica.is_none() && records + in_bin + damaged + later == 0
    }

    /// How the store is. The browser's worker adds what only it knows.
    #[must_use]
    pub fn health(&self) -> Health {
        let records = self.records().count();
        let in_bin = self
            .records()
            .filter(|(_, _, entity)| bin::is_deleted(entity))
            .count();
        Health {
            records: records - in_bin,
            in_bin,
            damaged: self.closed_changes.damaged + self.closed_drafts.damaged,
            later: self.closed_changes.later + self.closed_drafts.later,
            key_is_plain: false,
        }
    }
}

/// Whether it says something of a person, a device or a recovery key, by its id.
fn is_card(kind: u64) -> bool {
    matches!(kind, card::PERSON | card::DEVICE) || words::is_note(kind)
}

/// Whose changes count: a child's name is everybody's, a record's words are its author's alone.
fn rule_of(kind: u64) -> Rule {
    match kind {
        crate::child::KIND | card::PERSON | card::DEVICE => Rule::Everyone,
        _ => Rule::Author,
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            StoreError::Lost(why) => Self::Lost(why),
            StoreError::Later => Self::LaterStore,
            StoreError::Gone => Self::Gone,
            StoreError::Refused(why) => Self::Refused(why),
        }
    }
}

impl From<NoRandomness> for Failure {
    fn from(error: NoRandomness) -> Self {
        Self::Refused(error.to_string())
    }
}

#[cfg(test)]
mod tests;
