//! From what pack heads claim to what each frame's author had seen.

use super::SeenVector;
use hearth_protocol::frame::Seen;
use hearth_protocol::limits::MOST_SEEN;
use hearth_protocol::sorted::LongMap;
use hearth_protocol::{DeviceId, Hash, SortedMap};
use std::rc::Rc;

/// What the author of each frame of one stream had seen: what the device had seen at its frame
/// before, and what the pack head claims, as far as it names frames that are here by their right
/// hash.
///
/// Only frames that count may be added, each device's of one chain: the second frame of one
/// number is not taken. Where frames turn out not to count (a cut), begin a new index.
#[derive(Clone, Debug, Default)]
pub struct SeenIndex {
    hands: SortedMap<DeviceId, Hand>,
    /// Frames that are claimed and not here yet, with the frames that claim them.
    awaited: LongMap<FrameName, Vec<FrameName>>,
}

/// What adding a frame did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// What the frame's author had seen, as far as it can be told now.
    pub vector: Rc<SeenVector>,
    /// Frames that were added before now have other vectors: build the view again from its rows,
    /// asking [`SeenIndex::vector`] for each. In the order of a log this does not happen; it does
    /// where a server that went back numbers anew. While all rows are being loaded it says
    /// nothing: ask for the vectors when all are in.
    pub must_rebuild: bool,
}

type FrameName = (DeviceId, u64);

/// The frames of one device.
#[derive(Clone, Debug, Default)]
struct Hand {
    frames: LongMap<u64, Known>,
    /// From this number on the vectors have to be computed again, one after another.
    stale_from: Option<u64>,
}

#[derive(Clone, Debug)]
struct Known {
    header: [u8; 8],
    /// With whether it names a frame that is here by its right hash.
    claims: Vec<(Seen, bool)>,
    vector: Rc<SeenVector>,
}

impl SeenIndex {
    /// Adds a frame, in any order. The claims of a frame whose body does not open yet are left
    /// out, and told when it opens.
    pub fn add(&mut self, device: DeviceId, dev_seq: u64, header: &Hash, claims: &[Seen]) -> Added {
        let must_rebuild = self.take(device, dev_seq, header.short(), claims);
        Added {
            vector: self.vector(device, dev_seq).unwrap_or_default(),
            must_rebuild,
        }
    }

    /// What the author of a frame had seen, or nothing for a frame that is not here.
    pub fn vector(&mut self, device: DeviceId, dev_seq: u64) -> Option<Rc<SeenVector>> {
        let hand = self.hands.get_mut(&device)?;
        hand.settle(dev_seq);
        hand.frames.get(&dev_seq).map(|frame| frame.vector.clone())
    }

    /// What a new pack head of this device has to say: the newest frame of each other device,
    /// where it moved since the device's last frame. Beyond [`MOST_SEEN`] the rest waits for the
    /// next frame.
    #[must_use]
    pub fn claims_of(&mut self, device: DeviceId) -> Vec<Seen> {
        let last = self.hands.get(&device).and_then(Hand::newest);
        let last = last.map(|(dev_seq, _)| dev_seq);
        let seen = last.and_then(|dev_seq| self.vector(device, dev_seq));
        let seen = seen.unwrap_or_default();
        let others = self.hands.iter().filter(|(other, _)| **other != device);
        let newest = others.filter_map(|(other, hand)| {
            let (dev_seq, frame) = hand.newest()?;
            (dev_seq > seen.newest(*other)).then_some(Seen {
                device: *other,
                dev_seq,
                header: frame.header,
            })
        });
        newest.take(MOST_SEEN).collect()
    }

    /// Notes the frame. Whether vectors of earlier-added frames changed.
    fn take(&mut self, device: DeviceId, dev_seq: u64, header: [u8; 8], claims: &[Seen]) -> bool {
        let known = self.hands.get(&device);
        let old = known.and_then(|hand| hand.frames.get(&dev_seq));
        if old.is_some_and(|old| old.header != header) {
            return false;
        }
        let is_told =
            |claim: &Seen| old.is_some_and(|old| old.claims.iter().any(|(told, _)| told == claim));
        let others = claims.iter().filter(|claim| claim.device != device);
        let new: Vec<Seen> = others.filter(|claim| !is_told(claim)).cloned().collect();
        let is_again = old.is_some();
        if is_again && new.is_empty() {
            return false;
        }
        let checked: Vec<(Seen, bool)> = new
            .into_iter()
            .map(|claim| self.check((device, dev_seq), claim))
            .collect();
        let is_raised = checked.iter().any(|(_, is_met)| *is_met);
        let hand = self.hands.entry(device).or_default();
        let is_followed = is_again || hand.frames.range(dev_seq + 1..).next().is_some();
        hand.note(dev_seq, header, checked);
        let is_awaited = self.wake((device, dev_seq), header);
        is_awaited || (is_followed && is_raised)
    }

    /// Whether the claim names a frame that is here; where it is not, the claim waits for it.
    fn check(&mut self, by: FrameName, claim: Seen) -> (Seen, bool) {
        let named = (claim.device, claim.dev_seq);
        let hand = self.hands.get(&claim.device);
        match hand.and_then(|hand| hand.frames.get(&claim.dev_seq)) {
            Some(frame) => {
                let is_met = frame.header == claim.header;
                (claim, is_met)
            }
            None => {
                self.awaited.get_or_default(named).push(by);
                (claim, false)
            }
        }
    }

    /// Meets the claims that waited for this frame. Whether there were any of its hash.
    fn wake(&mut self, named: FrameName, header: [u8; 8]) -> bool {
        let mut is_any = false;
        for (device, dev_seq) in self.awaited.remove(&named).unwrap_or_default() {
            let Some(hand) = self.hands.get_mut(&device) else {
                continue;
            };
            if hand.meet(dev_seq, named, header) {
                hand.go_stale(dev_seq);
                is_any = true;
            }
        }
        is_any
    }
}

impl Hand {
    fn newest(&self) -> Option<(u64, &Known)> {
        let (dev_seq, frame) = self.frames.last_key_value()?;
        Some((*dev_seq, frame))
    }

    fn note(&mut self, dev_seq: u64, header: [u8; 8], claims: Vec<(Seen, bool)>) {
        let frame = self.frames.get_or_insert_with(dev_seq, || Known {
            header,
            claims: Vec::new(),
            vector: Rc::default(),
        });
        frame.claims.extend(claims);
        self.go_stale(dev_seq);
    }

    fn meet(&mut self, dev_seq: u64, named: FrameName, header: [u8; 8]) -> bool {
        let mut is_any = false;
        let frame = self.frames.get_mut(&dev_seq);
        for (claim, is_met) in frame.into_iter().flat_map(|frame| &mut frame.claims) {
            if (claim.device, claim.dev_seq) == named && claim.header == header {
                *is_met = true;
                is_any = true;
            }
        }
        is_any
    }

    fn go_stale(&mut self, from: u64) {
        self.stale_from = Some(self.stale_from.map_or(from, |stale| stale.min(from)));
    }

    /// Computes the vectors up to this number. Each grows from the one before, so that a load in
    /// whatever order passes over each frame once.
    fn settle(&mut self, up_to: u64) {
        let Some(from) = self.stale_from.filter(|from| *from <= up_to) else {
            return;
        };
        let before = self.frames.range(..from).next_back();
        let mut vector = before.map(|(_, frame)| frame.vector.clone());
        for (_, frame) in self.frames.between_mut(&from, &up_to) {
            let grown = frame.grow_from(vector.unwrap_or_default());
            frame.vector = grown.clone();
            vector = Some(grown);
        }
        let next = self.frames.range(up_to.saturating_add(1)..).next();
        self.stale_from = next.map(|(dev_seq, _)| *dev_seq);
    }
}

impl Known {
    /// The same vector where no claim adds to it.
    fn grow_from(&self, mut vector: Rc<SeenVector>) -> Rc<SeenVector> {
        for (claim, is_met) in &self.claims {
            if *is_met && claim.dev_seq > vector.newest(claim.device) {
                Rc::make_mut(&mut vector).raise(claim.device, claim.dev_seq);
            }
        }
        vector
    }
}
