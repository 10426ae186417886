//! Keys that come, keys that are missing, keys that others miss.

use super::found::keep;
use super::{Effects, Replica, rows};
use hearth_protocol::grant::Grant;
use hearth_protocol::{DeviceId, StreamId};

/// The name of an epoch's key.
pub(super) type KeyName = (StreamId, u64);

impl Replica {
    /// Takes the keys in that match their commits. One that does not is asked for again.
    pub(super) fn take_grants(&mut self, grants: &[Grant], effects: &mut Effects) {
        let mine = grants.iter().filter(|grant| grant.to == self.me.device);
        let opened: Vec<_> = mine
            .filter_map(|grant| {
                let opener = &self.me.secret.opener;
                grant.open(&self.circle, &self.me.device, opener).ok()
            })
            .flatten()
            .collect();
        for (stream, epoch, key) in opened {
            if self.keys.contains_key(&(stream, epoch)) {
                continue;
            }
            keep(effects, rows::epoch_key(&self.id, &stream, epoch, &key));
            self.keys.insert((stream, epoch), key);
            let waiting = self.streams.get(&stream);
            effects.must_rebuild |= waiting.is_some_and(|stream| !stream.closed.is_empty());
        }
    }

    /// Others miss these keys: those that are here go with the next exchange.
    pub(super) fn take_wanted(&mut self, wanted: &[(DeviceId, StreamId, u64)]) {
        for (device, stream, epoch) in wanted {
            let entitled = self.circle.entitlement(device);
            let mut entitled = entitled.iter();
            let is_entitled = entitled.any(|(of, epochs)| of == stream && epochs.contains(epoch));
            if is_entitled && self.keys.contains_key(&(*stream, *epoch)) {
                self.asked_of_us.insert((*device, *stream, *epoch));
            }
        }
    }

    /// The keys that this device is entitled to and does not have.
    #[must_use]
    pub fn keys_missing(&self) -> Vec<(StreamId, u64)> {
        let entitled = self.circle.entitlement(&self.me.device);
        let all = entitled
            .into_iter()
            .flat_map(|(stream, epochs)| epochs.map(move |epoch| (stream, epoch)));
        all.filter(|name| !self.keys.contains_key(name)).collect()
    }
}
