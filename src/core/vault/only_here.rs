//! What would be lost with this phone: it is counted and named before anything is removed.

use super::Vault;
use crate::child;
use crate::circle::{Whereabouts, note};
use crate::ports::{Clock, Random, Store};
use crate::record::{RecordKind, WORDS};
use crate::sync::merge::Entity;
use hearth_protocol::EntityId;
use hearth_protocol::sorted::sort_by_key;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// The most that are named.
const NAMED: usize = 5;
/// The most characters of one's words.
const CHARS: usize = 60;

/// What only this phone has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlyHere {
    /// The first of them: what it is, where it is a record, and its first words, which may be
    /// empty. Unsaved ones first, then the newest.
    pub named: Vec<(Option<RecordKind>, String)>,
    /// How many there are in all.
    pub count: usize,
    /// Whether the vault has anything at all, here or elsewhere.
    pub has_something: bool,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Unsaved drafts, and what is not *Safe*: records, notes and children's names.
    pub(super) fn only_here(&self) -> OnlyHere {
        let drafts = self.drafts();
        let told = |entity: &Entity| {
            let kind = entity.kind();
            RecordKind::from_number(kind).is_some() || kind == note::KIND || kind == child::KIND
        };
        let mut here: Vec<_> = self
            .view
            .iter()
            .filter(|(id, entity)| told(entity) && !self.ending.contains(id))
            .filter(|(id, entity)| self.is_only_here(*id, entity))
            .collect();
        sort_by_key(&mut here, |(id, entity)| (Reverse(entity.first()), *id));
        let unsaved = drafts.iter().map(|draft| {
            let words = draft.fields.get(&WORDS).map(String::as_str);
            (Some(draft.kind), shorten(words))
        });
        // A child's name and a note lie under the number that a record's words have.
        let saved = here.iter().map(|(_, entity)| {
            let kind = RecordKind::from_number(entity.kind());
            (kind, shorten(entity.text(WORDS)))
        });
        OnlyHere {
            named: unsaved.chain(saved).take(NAMED).collect(),
            count: drafts.len() + here.len(),
            has_something: !drafts.is_empty()
                || self.replica.is_some()
                || self.view.iter().next().is_some(),
        }
    }

    /// Photos that somebody else told and that are on their way here are not lost with this phone.
    fn is_only_here(&self, id: EntityId, entity: &Entity) -> bool {
        match self.whereabouts(id, entity) {
            Whereabouts::Safe => false,
            Whereabouts::Arriving => entity.author() == self.own_person(),
            _ => true,
        }
    }
}

fn shorten(words: Option<&str>) -> String {
    let mut rest = words.unwrap_or_default().chars();
    let mut short: String = rest.by_ref().take(CHARS).collect();
    if rest.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
