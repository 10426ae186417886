//! What an entry must leave behind, and which keys have to come with it.

use super::{MOST_KEYS, MOST_KEYS_OF_PERSON, MOST_PEOPLE, MOST_STREAMS, Owed, RuleBroken, Work};
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
            || circle.people.keys().any(|id| has_too_many_keys(circle, id))
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

    /// Whoever can advance a stream that somebody lost does it in the same entry; where the
    /// signer cannot, or is the one who left, it is due.
    fn settle_lost_streams(self) -> Result<(), RuleBroken> {
        for id in self.lost.difference(&self.advanced) {
            if self.may_advance(id) && !self.circle.is_ended {
                return Err(RuleBroken::EpochNotAdvanced);
            }
            if let Some(stream) = self.circle.streams.get_mut(id) {
                stream.is_due = true;
            }
        }
        Ok(())
    }
}

/// All cuts of one person must fit the entry that removes them.
fn has_too_many_keys(circle: &Circle, person: &PersonId) -> bool {
    circle.active_keys(person).count() > MOST_KEYS_OF_PERSON
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
            let missing = epochs.filter(|epoch| !had.contains(epoch));
            let can_be_given =
                missing.filter(|epoch| signer_had.contains(epoch) || signer_has.contains(epoch));
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
