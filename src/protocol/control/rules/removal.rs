//! Taking rights, people and keys away.

use super::{RuleBroken, Work};
use crate::SortedSet;
use crate::control::act::{Cut, Removed, RightsChanged};
use crate::control::circle::CutPoint;
use crate::id::{DeviceId, Hash, PersonId, StreamId};

impl Work<'_> {
    pub(super) fn change_rights(&mut self, act: &RightsChanged) -> Result<(), RuleBroken> {
        self.require_manager()?;
        let before = self.rights_of(&act.person)?;
        self.check_rights(&act.rights)?;
        let mut unwritten = SortedSet::new();
        for right in &before.streams {
            let now = act.rights.on(&right.stream);
            if now.is_none() {
                self.lost.insert(right.stream);
            }
            if right.write && !now.is_some_and(|now| now.write) {
                unwritten.insert(right.stream);
            }
        }
        self.set_rights(act.person, Some(act.rights.clone()));
        let devices = self.devices_of(&act.person);
        self.cut(&devices, &unwritten, &act.cuts)
    }

    pub(super) fn remove(&mut self, act: &Removed) -> Result<(), RuleBroken> {
        let (person, keys) = match (act.person, act.device) {
            (Some(person), None) => {
                if self.signer()?.person != person {
                    self.require_manager()?;
                }
                (person, self.keys_of(&person))
            }
            (None, Some(device)) => {
                let holder = self.circle.key_now(&device).ok_or(RuleBroken::Unknown)?;
                if self.signer()?.person != holder.person {
                    return Err(RuleBroken::NotTheirOwn);
                }
                (holder.person, vec![device])
            }
            _ => return Err(RuleBroken::Unknown),
        };
        let rights = self.rights_of(&person)?;
        let written = rights.streams.iter().filter(|right| right.write);
        let unwritten = written.map(|right| right.stream).collect();
        self.lost
            .extend(rights.streams.iter().map(|right| right.stream));
        let devices: Vec<_> = self.devices_of(&person);
        let devices: Vec<_> = devices.into_iter().filter(|id| keys.contains(id)).collect();
        self.cut(&devices, &unwritten, &act.cuts)?;
        for key in &keys {
            self.end_key(key);
        }
        if act.person.is_some() {
            self.set_rights(person, None);
        }
        Ok(())
    }

    fn cut(
        &mut self,
        devices: &[DeviceId],
        streams: &SortedSet<StreamId>,
        cuts: &[Cut],
    ) -> Result<(), RuleBroken> {
        let mut named = SortedSet::new();
        for cut in cuts {
            let is_lost = devices.contains(&cut.device) && streams.contains(&cut.stream);
            if !is_lost || cut.dev_seq == 0 || !named.insert((cut.device, cut.stream)) {
                return Err(RuleBroken::BadCut);
            }
        }
        for device in devices {
            for stream in streams {
                let mut all = cuts.iter();
                let cut = all.find(|cut| cut.device == *device && cut.stream == *stream);
                let point = CutPoint {
                    at: self.seq,
                    dev_seq: cut.map_or(0, |cut| cut.dev_seq),
                    header: cut.map_or(Hash::ZERO, |cut| cut.header),
                };
                let place = self.circle.cuts.entry((*device, *stream));
                place.or_default().push(point);
            }
        }
        Ok(())
    }

    pub(super) fn end_recovery(&mut self, person: PersonId) {
        let keys = self.keys_of(&person).into_iter();
        let old: Vec<_> = keys
            .filter(|key| self.circle.keys.get(key).is_some_and(|key| key.is_recovery))
            .collect();
        for key in &old {
            self.end_key(key);
        }
        if !old.is_empty()
            && let Some(rights) = self.circle.rights_now(&person)
        {
            self.lost
                .extend(rights.streams.iter().map(|right| right.stream));
        }
    }

    fn end_key(&mut self, key: &DeviceId) {
        if let Some(holder) = self.circle.keys.get_mut(key) {
            holder.removed = Some(self.seq);
        }
    }
}
