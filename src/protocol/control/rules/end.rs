//! What an entry must leave behind, and which keys have to come with it.

use super::{MOST_KEYS, MOST_PEOPLE, MOST_STREAMS, Owed, RuleBroken, Work};
use crate::control::circle::Circle;
use crate::control::entry::Entry;
use crate::id::{DeviceId, StreamId};
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

/// The keys that somebody is entitled to after this entry and was not before, as far as the
/// signer has them to give.
pub(in crate::control) fn keys_owed(before: &Circle, after: &Circle, entry: &Entry) -> Vec<Owed> {
    let active = after.keys.iter();
    let active = active.filter(|(_, holder)| holder.removed.is_none());
    let mut owed = Vec::new();
    for (to, _) in active {
        for (stream, epochs) in after.entitlement(to) {
            for epoch in epochs {
                let has = |circle: &Circle, id| range(circle, id, &stream).contains(&epoch);
                let can_give = has(after, &entry.signer) || has(before, &entry.signer);
                if can_give && !has(before, to) {
                    let to = *to;
                    owed.push(Owed { to, stream, epoch });
                }
            }
        }
    }
    owed
}

fn range(circle: &Circle, key: &DeviceId, stream: &StreamId) -> RangeInclusive<u64> {
    let all = circle.entitlement(key);
    let found = all.into_iter().find(|(id, _)| id == stream);
    // Where there is none: a range that holds nothing.
    found.map_or(RangeInclusive::new(1, 0), |(_, epochs)| epochs)
}
