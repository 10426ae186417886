//! What an entry must leave behind, and which keys have to come with it.

use super::{MOST_KEYS, MOST_KEYS_OF_PERSON, MOST_PEOPLE, MOST_STREAMS, Owed, RuleBroken, Work};
use crate::SortedMap;
use crate::control::circle::Circle;
use crate::control::entry::Entry;
use crate::id::{PersonId, StreamId};
use std::ops::RangeInclusive;

impl Work<'_> {
    pub(super) fn finish(self) -> Result<(), RuleBroken> {
        let circle = &self.circle;
        let people = circle.people.keys();
        let active = people.filter(|id| circle.rights_now(id).is_some());
        let holders = circle.keys.values();
        let keys = holders.filter(|holder| holder.removed.is_none());
        if active.count() > MOST_PEOPLE
            || keys.count() > MOST_KEYS
            || circle.streams.len() > MOST_STREAMS
            || is_key_of_too_many(circle)
        {
            return Err(RuleBroken::TooMany);
        }
        let manages = |id| circle.rights_now(id).is_some_and(|rights| rights.manage);
        let mut managers = circle.people.keys().filter(|id| manages(id));
        let is_managed = managers.any(|id| circle.active_keys(id).next().is_some());
        if !is_managed && !circle.is_ended {
            return Err(RuleBroken::LastManager);
        }
        self.settle_lost_streams()
    }

    /// Whoever can advance a stream that somebody lost does it in the same entry. Where the
    /// signer cannot it is due, and also where it did and is the one who left: who makes a key
    /// knows it.
    fn settle_lost_streams(self) -> Result<(), RuleBroken> {
        for id in &self.lost {
            let is_advanced = self.advanced.contains(id);
            if !is_advanced && self.may_advance(id) && !self.circle.is_ended {
                return Err(RuleBroken::EpochNotAdvanced);
            }
            let is_settled = is_advanced && self.signer_reads(id);
            if let Some(stream) = self.circle.streams.get_mut(id) {
                stream.is_due = !is_settled;
            }
        }
        Ok(())
    }

    fn signer_reads(&self, stream: &StreamId) -> bool {
        let entitled = self.circle.entitlement(&self.signer);
        entitled.iter().any(|(id, _)| id == stream)
    }
}

/// All cuts of one person must fit the entry that removes them.
fn is_key_of_too_many(circle: &Circle) -> bool {
    let mut of_person: SortedMap<PersonId, usize> = SortedMap::new();
    let active = circle.keys.values();
    for holder in active.filter(|holder| holder.removed.is_none()) {
        *of_person.entry(holder.person).or_default() += 1;
    }
    of_person.values().any(|keys| *keys > MOST_KEYS_OF_PERSON)
}

/// The keys that somebody is entitled to after this entry and was not before, as far as the
/// signer has them to give.
pub(in crate::control) fn keys_owed(before: &Circle, after: &Circle, entry: &Entry) -> Vec<Owed> {
    let given_before = before.entitlement(&entry.signer);
    let given_after = after.entitlement(&entry.signer);
    let active = after.keys.iter();
    let active = active.filter(|(_, holder)| holder.removed.is_none());
    let mut owed = Vec::new();
    for (to, _) in active {
        let had = before.entitlement(to);
        for (stream, epochs) in after.entitlement(to) {
            let had = epochs_of(&had, &stream);
            if had == epochs {
                continue;
            }
            let signer_had = epochs_of(&given_before, &stream);
            let signer_has = epochs_of(&given_after, &stream);
            // Not epoch by epoch: a chain may have many thousands, all but the last one known.
            let earlier = *epochs.start()..=(*epochs.end()).min(had.start().saturating_sub(1));
            let later = (*epochs.start()).max(had.end() + 1)..=*epochs.end();
            let can_be_given = earlier
                .chain(later)
                .filter(|epoch| signer_had.contains(epoch) || signer_has.contains(epoch));
            owed.extend(can_be_given.map(|epoch| Owed {
                to: *to,
                stream,
                epoch,
            }));
        }
    }
    owed
}

fn epochs_of(all: &[(StreamId, RangeInclusive<u64>)], stream: &StreamId) -> RangeInclusive<u64> {
    let found = all.iter().find(|(id, _)| id == stream);
    // Where there is none: a range that holds nothing.
    found.map_or(RangeInclusive::new(1, 0), |(_, epochs)| epochs.clone())
}
