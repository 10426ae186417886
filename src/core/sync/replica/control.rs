//! Entries of others, and entries of ours once they are appended.

use super::acts::Prepared;
use super::found::keep;
use super::grants::KeyName;
use super::{AnswerError, Draw, Effects, Replica, Stream, Trouble, random, rows};
use crate::ports::NoRandomness;
use hearth_protocol::control::{Act, Applied, Circle, ControlError, ControlHead, SignedEntry};
use hearth_protocol::exchange::{EntryAnswer, EntryCode};
use hearth_protocol::grant::Grant;
use hearth_protocol::{CircleId, DeviceId, Key, SortedMap, StreamId};

impl Replica {
    /// What the server did with the entry that was pushed.
    pub(super) fn take_appended(
        &mut self,
        pushed: Prepared,
        answer: EntryAnswer,
        effects: &mut Effects,
    ) -> Result<(), AnswerError> {
        match answer.code {
            EntryCode::New | EntryCode::Known => {
                for ((stream, epoch), key) in pushed.keys {
                    keep(effects, rows::epoch_key(&self.id, &stream, epoch, &key));
                    self.keys.insert((stream, epoch), key);
                }
                self.intents.retain(|intent| *intent != pushed.intent);
                self.take_entry(&pushed.entry.entry, effects)
            }
            // Somebody was first: their entry comes with this answer, and ours is signed anew.
            EntryCode::WrongPlace | EntryCode::GrantsMissing => Ok(()),
            // The server may have room again, or know the act after an update. Its key is asked for anew: the card was spoilt.
            EntryCode::LaterVersion | EntryCode::NotTaken | EntryCode::OtherServer => {
                self.intents.retain(|intent| *intent != pushed.intent);
                Ok(())
            }
            EntryCode::CutsDiffer
            | EntryCode::RuleBroken
            | EntryCode::BadSignature
            | EntryCode::Malformed => {
                self.intents.retain(|intent| *intent != pushed.intent);
                effects.refused.push(pushed.intent);
                Ok(())
            }
        }
    }

    /// Checks an entry from the server, or one of ours that it has appended, and keeps it.
    pub(super) fn take_entry(
        &mut self,
        entry: &SignedEntry,
        effects: &mut Effects,
    ) -> Result<(), AnswerError> {
        match self.circle.apply(entry) {
            Ok(Applied::Known) => return Ok(()),
            Ok(Applied::New(_) | Applied::NotUnderstood) => {}
            Err(ControlError::TwoHistories(seq)) => {
                self.trouble = Some(Trouble::TwoHistories(seq));
                return Ok(());
            }
            Err(_) => return Err(AnswerError::Entry),
        }
        if self.circle.id() != Some(self.id) {
            return Err(AnswerError::Entry);
        }
        // A second phone of a person learns from the chain whose it is.
        if let Some(person) = self.circle.person(&self.me.device)
            && person != self.me.person
        {
            self.me.person = person;
            effects.must_rebuild = true;
        }
        let seq = self.circle.head().seq;
        keep(effects, rows::entry(&self.id, seq, entry));
        self.entries.push(entry.clone());
        for stream in self.circle.streams() {
            self.streams.entry(stream).or_insert_with(|| Stream {
                has_more: true,
                ..Stream::default()
            });
        }
        // Whose frames count may differ now; the rows decide anew.
        let acts = entry.read().map(|entry| entry.acts);
        effects.must_rebuild |= acts.as_ref().is_ok_and(|acts| takes_away(acts.as_deref()));
        let acts = acts.ok().flatten().unwrap_or_default();
        effects.somebody_arrived |= acts.iter().any(|act| matches!(act, Act::Arrived(_)));
        effects.must_rebuild |= self.has_closed_frames();
        Ok(())
    }

    /// The server's newest entry, where it is one that is known here.
    pub(super) fn take_control_head(&mut self, head: &ControlHead, effects: &mut Effects) {
        // A server that went back has fewer of our entries, and is told the rest again.
        let seq = head.seq;
        let place = usize::try_from(seq).ok().and_then(|seq| seq.checked_sub(1));
        let ours = place.and_then(|place| self.entries.get(place)?.read().ok());
        let is_ours = seq == 0 || ours.is_some_and(|ours| ours.head == *head);
        if is_ours && seq != self.confirmed {
            self.confirmed = seq;
            keep(effects, rows::confirmed(&self.id, seq));
        }
        let streams = self.circle.streams();
        let due = streams.filter(|id| self.circle.is_due(id) && self.may_write(id));
        for stream in due.collect::<Vec<_>>() {
            self.intend(super::Intent::Advance(stream));
        }
    }
}

fn takes_away(acts: Option<&[Act]>) -> bool {
    let is_taking = |act: &Act| matches!(act, Act::Removed(_) | Act::RightsChanged(_));
    acts.is_none_or(|acts| acts.iter().any(is_taking))
}

/// One grant for each device, of the keys that are here.
pub(super) fn group_grants(
    id: CircleId,
    circle: &Circle,
    debts: impl Iterator<Item = (DeviceId, StreamId, u64)>,
    held: impl Fn(&KeyName) -> Option<Key>,
    draw: Draw<'_>,
) -> Result<Vec<Grant>, NoRandomness> {
    let mut by_device: SortedMap<DeviceId, SortedMap<KeyName, Key>> = SortedMap::new();
    for (to, stream, epoch) in debts {
        if let Some(key) = held(&(stream, epoch)) {
            let keys = by_device.entry(to).or_default();
            keys.insert((stream, epoch), key);
        }
    }
    let mut grants = Vec::new();
    for (to, keys) in by_device {
        let keys: Vec<_> = keys
            .into_iter()
            .map(|((stream, epoch), key)| (stream, epoch, key))
            .collect();
        let Some(device) = circle.keys(&to) else {
            continue;
        };
        // A key that nothing can be sealed to is its owner's fault: the others get theirs.
        if let Ok(grant) = Grant::seal(&id, device, &keys, random(draw)?) {
            grants.push(grant);
        }
    }
    Ok(grants)
}
