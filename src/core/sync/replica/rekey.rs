//! New keys for a store whose device may go on elsewhere: it was brought back from a backup, it
//! went back, or it was copied. Two stores under one device would give two frames one number.
//!
//! Three steps, each durable before the next. What no server took is taken apart into waiting
//! changes, with what their author had seen by then. The old key adds the new one to the circle.
//! Once every log was read to its end, what still waits is framed under the new key, and claims
//! to have seen no more than it had. Saving goes on all the while; sending waits.

use super::found::keep;
use super::framing::Claims;
use super::rows::{self, Seeds, SeenBefore};
use super::{Draw, Effects, FrameName, Intent, Me, Replica, RowChange, Stream, Trouble};
use crate::ports::{NoRandomness, Table};
use hearth_protocol::control::Standing;
use hearth_protocol::exchange::Refusal;
use hearth_protocol::frame::{ChainPoint, Frame, FrameKind, Outline, PackItem, Seen};
use hearth_protocol::{Change, CircleId, DeviceId, DeviceKeys, SortedMap, StreamId};

/// A change of keys on its way.
pub(super) struct Rekey {
    pub(super) seeds: Seeds,
    /// By stream, what had been seen when what waits now was written. `None` until it was taken
    /// apart.
    pub(super) seen: Option<SeenBefore>,
}

/// Takes out of a change what only its frame gave it.
pub type Strip<'a> = &'a dyn Fn(&mut Change);

impl Replica {
    /// Whether frames of this device may be elsewhere, so that it needs other keys.
    #[must_use]
    pub fn must_change_keys(&self) -> bool {
        let is_found_out = self.trouble == Some(Trouble::StoreWentBack);
        let is_begun = self
            .rekey
            .as_ref()
            .is_some_and(|rekey| rekey.seen.is_none());
        let has_strays = self
            .streams
            .values()
            .any(|stream| !stream.strays.is_empty());
        // Nothing is framed while new keys wait: the rest of a backup brought these.
        let is_brought = self.is_waiting_for_keys() && self.outbox_len() > 0;
        is_begun || is_brought || has_strays || is_found_out && !self.is_waiting_for_keys()
    }

    /// Whether new keys are drawn and the circle does not have them yet.
    #[must_use]
    pub fn is_waiting_for_keys(&self) -> bool {
        let next = self.rekey.as_ref().map(|rekey| rekey.seeds.me().device);
        next.is_some_and(|next| next != self.me.device)
    }

    /// Whether a change of keys is on its way at all.
    #[must_use]
    pub fn is_changing_keys(&self) -> bool {
        self.rekey.is_some()
    }

    /// Whether this store was that device before it changed its keys. Nobody is known to have
    /// its keys elsewhere.
    #[must_use]
    pub fn was(&self, device: &DeviceId) -> bool {
        self.former.contains(device)
    }

    /// Whether waiting changes may be framed: not before new keys count and what the old ones
    /// said elsewhere was heard; and never into a frame that would not count, as under the key
    /// of an epoch that is over, or while this build does not understand the circle. Such a frame
    /// would be invisible even here.
    #[must_use]
    pub fn may_frame(&self, stream: &StreamId) -> bool {
        let is_open = self.circle.standing() == Standing::Open;
        if self.is_waiting_for_keys() || !is_open || !self.has_present_key(stream) {
            return false;
        }
        let known = self.streams.get(stream);
        let is_read = known.is_some_and(|stream| !stream.has_more && !stream.is_compared());
        self.rekey.is_none() || is_read
    }

    /// Takes what no server took apart into waiting changes, and draws new keys, where frames of
    /// this device may be elsewhere.
    ///
    /// # Errors
    /// [`NoRandomness`]
    pub fn change_keys(
        &mut self,
        strip: Strip<'_>,
        draw: Draw<'_>,
    ) -> Result<Effects, NoRandomness> {
        let mut effects = Effects::default();
        let is_found_out = self.trouble == Some(Trouble::StoreWentBack);
        let held = self.rekey.take();
        if held.is_some() || is_found_out {
            let is_used = |seeds: &Seeds| seeds.me().device == self.me.device;
            let (kept, seen) = held.map_or((None, None), |held| (Some(held.seeds), held.seen));
            let seeds = match kept.filter(|seeds| !is_used(seeds)) {
                Some(seeds) => seeds,
                None => Seeds::draw(self.me.person, draw)?,
            };
            let seen = match seen {
                Some(seen) => seen,
                None => self.seen_before_unsent(seeds.me().device),
            };
            keep(&mut effects, rows::rekey(&self.id, &seeds, Some(&seen)));
            let seen = Some(seen);
            self.rekey = Some(Rekey { seeds, seen });
            self.trouble = None;
            for (id, unsent) in self.take_all(|stream| std::mem::take(&mut stream.outbox)) {
                for (dev_seq, frame) in unsent {
                    let name = (self.me.device, dev_seq);
                    self.take_apart(id, name, &frame, strip, &mut effects);
                }
            }
        }
        for (id, strays) in self.take_all(|stream| std::mem::take(&mut stream.strays)) {
            for (name, frame) in strays {
                self.take_apart(id, name, &frame, strip, &mut effects);
            }
        }
        effects.must_rebuild = true;
        Ok(effects)
    }

    fn take_all<T>(&mut self, mut take: impl FnMut(&mut Stream) -> T) -> Vec<(StreamId, T)> {
        let streams = self.streams.iter_mut();
        streams.map(|(id, stream)| (*id, take(stream))).collect()
    }

    /// What the author of the oldest unsent frame had seen; where there is none, all that is
    /// here. Of later ones that is less than the truth, so nothing can be buried by it.
    fn seen_before_unsent(&mut self, next: DeviceId) -> SeenBefore {
        let me = self.me.device;
        let of_stream = |stream: &mut Stream| {
            let Some(first) = stream.outbox.keys().next().copied() else {
                return stream.seen.claims_of(next);
            };
            let vector = stream.seen.vector(me, first).unwrap_or_default();
            let before = vector.iter().chain([(me, first - 1)]);
            let claims = before.filter_map(|(device, dev_seq)| {
                let header = stream.headers.get(&(device, dev_seq))?.short();
                Some(Seen {
                    device,
                    dev_seq,
                    header,
                })
            });
            claims.collect()
        };
        self.take_all(of_stream).into_iter().collect()
    }

    /// A frame that erases is set aside as it is; of any other each change waits again, in a row
    /// that the frame names: one that is brought back twice waits once.
    fn take_apart(
        &self,
        id: StreamId,
        (device, dev_seq): (DeviceId, u64),
        frame: &Frame,
        strip: Strip<'_>,
        effects: &mut Effects,
    ) {
        let name = FrameName {
            stream: id,
            device,
            dev_seq,
        };
        effects.forget(Table::Frames, rows::frame_key(&name));
        let header = frame.header.read().ok();
        let changes = header.filter(|header| header.kind == FrameKind::Changes.number());
        let pack = changes.and_then(|_| self.open(id, frame));
        let Some(pack) = pack else {
            let bodies = match device == self.me.device {
                true => self.bodies_for(id, dev_seq),
                false => Vec::new(),
            };
            effects.forget(Table::Circles, rows::bodies_key(&self.id, &name));
            let row = rows::unsaid(&self.id, &name, &frame.encode(), &bodies);
            keep(effects, row);
            return;
        };
        let mut key = [0; 16];
        key.copy_from_slice(&frame.header.hash().0[..16]);
        for item in pack.items() {
            key[15] = key[15].wrapping_add(1);
            let PackItem::Kept { change: bytes, .. } = item else {
                continue;
            };
            let mut row = bytes.clone();
            // One of a later build is kept as it is.
            if let Ok(mut change) = Change::decode(bytes) {
                key[..8].copy_from_slice(&change.hlc.0.to_be_bytes());
                strip(&mut change);
                row = change.encode().unwrap_or(row);
            }
            effects.keep(Table::Changes, key.to_vec(), row);
        }
    }

    /// Wants the new keys in the circle, once its server is known.
    pub(super) fn intend_new_keys(&mut self) {
        let is_open = self.trouble.is_none() && self.server_key().is_some();
        if let Some(intent) = self.own_intent().filter(|_| is_open) {
            self.intend(intent);
        }
    }

    /// The circle will not have the new keys: they are not asked for again before the next start.
    pub(super) fn note_refused_keys(&mut self) {
        if self.is_waiting_for_keys() && self.trouble.is_none() {
            self.trouble = Some(Trouble::NotTaken(Refusal::NotActive));
        }
    }

    /// The intent that brings the new keys into the circle, while it is open.
    pub(super) fn own_intent(&self) -> Option<Intent> {
        let rekey = self.rekey.as_ref()?;
        let keys = rekey.seeds.me().secret.keys();
        // Of a chain that is still coming, the part with the recovery key may be missing.
        let may_sign = !self.is_recovering()
            || self.circle.is_active(&self.me.device)
            || self.circle.is_active(&keys.id());
        (may_sign && self.is_waiting_for_keys()).then_some(Intent::AddDevice(keys))
    }

    /// From the entry on that adds the new keys, this store is that device.
    pub(super) fn take_new_keys(&mut self, effects: &mut Effects) {
        let Some(intent) = self.own_intent() else {
            return;
        };
        let Some(rekey) = &self.rekey else {
            return;
        };
        let next = rekey.seeds.me();
        if !self.circle.is_active(&next.device) {
            return;
        }
        let person = self.circle.person(&next.device).unwrap_or(next.person);
        keep(effects, rows::me(&self.id, &rekey.seeds));
        keep(effects, rows::former(&self.id, &self.me.device));
        self.give_up(&intent);
        self.former.insert(self.me.device);
        self.me = Me { person, ..next };
        for stream in self.streams.values_mut() {
            stream.has_more = true;
            stream.answered = 0;
            stream.bodies.clear();
        }
        effects.must_rebuild = true;
    }

    /// What the next own frame claims, where it is not what moved since the last one.
    pub(super) fn claims_before(&self, stream: &StreamId) -> Option<Claims> {
        let rekey = self.rekey.as_ref()?;
        if self.own_chain(*stream).dev_seq > 0 {
            return Some(Vec::new());
        }
        let seen = rekey.seen.as_ref().and_then(|seen| seen.get(stream));
        Some(seen.cloned().unwrap_or_default())
    }

    /// The change of keys is over: from now on frames claim what their author has seen.
    pub(super) fn end_rekey(&mut self, effects: &mut Effects) {
        if self.rekey.take().is_some() {
            effects.forget(Table::Circles, rows::rekey_key(&self.id));
        }
    }

    /// The rows of a circle out of a backup, as they are kept here: the device in them may live,
    /// so that they come with new keys, drawn now, which have to be in the circle before anything
    /// is sent. With `has_gaps` some frames are missing, and every log is read again.
    ///
    /// # Errors
    /// [`NoRandomness`]
    pub fn restored_rows(
        &self,
        kept: SortedMap<Vec<u8>, Vec<u8>>,
        has_gaps: bool,
        draw: Draw<'_>,
    ) -> Result<Vec<RowChange>, NoRandomness> {
        let seeds = Seeds::draw(self.me.person, draw)?;
        let seen = self.rekey.as_ref().and_then(|rekey| rekey.seen.as_ref());
        let log = |stream| rows::log_key(&self.id, stream);
        let logs: Vec<Vec<u8>> = self.streams.keys().map(log).collect();
        let kept = kept
            .into_iter()
            .filter(|(key, _)| !has_gaps || !logs.contains(key));
        let mut all: Vec<RowChange> = kept
            .map(|(key, value)| RowChange {
                table: Table::Circles,
                key,
                value: Some(value),
            })
            .collect();
        let (table, key, value) = rows::rekey(&self.id, &seeds, seen);
        let value = Some(value);
        // Later in a transaction counts: it takes the place of one out of the backup.
        all.push(RowChange { table, key, value });
        Ok(all)
    }

    /// Whether a frame comes to a place that is free below its device's newest. The chain above
    /// does not prove it, so that it must follow what is here and be signed itself.
    pub(super) fn fills_gap(&self, id: &StreamId, outline: &Outline, frame: &Frame) -> bool {
        let (device, dev_seq) = (outline.device, outline.dev_seq);
        let Some(stream) = self.streams.get(id) else {
            return false;
        };
        let newest = stream.chains.get(&device);
        if newest.is_none_or(|newest| newest.dev_seq <= dev_seq) {
            return false;
        }
        let before = match dev_seq {
            0 => return false,
            1 => Some(&ChainPoint::START.header),
            _ => stream.headers.get(&(device, dev_seq - 1)),
        };
        let keys = self.circle.keys(&device);
        let verify = |keys: &DeviceKeys| frame.header.verify(&self.place(*id), &keys.signing);
        before == Some(&outline.prev) && keys.is_some_and(|keys| verify(keys).is_ok())
    }

    /// Whether a row of the table `circles` holds a key of an epoch, which is never too many.
    #[must_use]
    pub fn is_epoch_key(row: &[u8], circle: &CircleId) -> bool {
        rows::is_epoch_key(row, circle)
    }
}
