//! Logs as bad as they can be: devices that claim what is not there or by a wrong hash, clocks
//! at both ends of time, rows out of every order, changes of any kind to the same few entities.

use super::*;
use crate::record::DELETED;
use crate::sync::merge::SeenIndex;
use hearth_protocol::frame::Seen;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The phone that looks at the log: its own changes may be waiting.
pub(super) const OWN: u8 = 0;

/// One frame.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) stream: StreamId,
    pub(super) device: u8,
    pub(super) dev_seq: u64,
    pub(super) hash: Hash,
    pub(super) claims: Vec<Seen>,
    pub(super) placed: Option<Placed>,
    pub(super) changes: Vec<Change>,
}

/// Frames in the order they were made, then what waits on the phone that looks.
#[derive(Clone, Debug)]
pub(super) struct Log {
    pub(super) frames: Vec<Frame>,
    pub(super) waiting: Vec<(RowKey, Change)>,
}

impl Frame {
    pub(super) fn name(&self, index: usize) -> Name {
        Name::Framed {
            stream: self.stream,
            device: device(self.device),
            dev_seq: self.dev_seq,
            index: u32::try_from(index).unwrap(),
        }
    }

    pub(super) fn add_to(&self, index: &mut BTreeMap<StreamId, SeenIndex>) -> bool {
        let index = index.entry(self.stream).or_default();
        let by = device(self.device);
        let added = index.add(by, self.dev_seq, &self.hash, &self.claims);
        assert_eq!(Some(added.vector), index.vector(by, self.dev_seq));
        added.must_rebuild
    }

    /// Its changes with their origins, as the index knows them now.
    pub(super) fn told(&self, index: &mut BTreeMap<StreamId, SeenIndex>) -> Vec<(Origin, Change)> {
        let index = index.get_mut(&self.stream).unwrap();
        let seen = index.vector(device(self.device), self.dev_seq).unwrap();
        let changes = self.changes.iter().enumerate();
        changes
            .map(|(place, change)| {
                let origin = Origin {
                    name: self.name(place),
                    person: person(self.device),
                    seen: seen.clone(),
                    placed: self.placed,
                };
                (origin, change.clone())
            })
            .collect()
    }
}

impl Log {
    /// Every change with its origin, once all frames are known.
    pub(super) fn told(&self) -> Vec<(Origin, Change)> {
        let mut index = BTreeMap::new();
        for frame in &self.frames {
            frame.add_to(&mut index);
        }
        let frames = self.frames.iter();
        let mut told: Vec<_> = frames.flat_map(|frame| frame.told(&mut index)).collect();
        told.extend(self.told_waiting());
        told
    }

    pub(super) fn told_waiting(&self) -> impl Iterator<Item = (Origin, Change)> {
        self.waiting.iter().map(|(key, change)| {
            let origin = Origin {
                name: Name::Waiting(*key),
                person: person(OWN),
                seen: Rc::default(),
                placed: None,
            };
            (origin, change.clone())
        })
    }
}

pub(super) fn view_of<'a>(told: impl IntoIterator<Item = &'a (Origin, Change)>) -> View {
    let mut view = View::new(rule);
    view.add_own_person(person(OWN));
    for (origin, change) in told {
        view.apply(origin, change.clone());
    }
    view
}

/// The same things in an order that the seed decides.
pub(super) fn shuffle<T>(mut things: Vec<T>, mut seed: u64) -> Vec<T> {
    for last in (1..things.len()).rev() {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(seed >> 33).unwrap() % (last + 1);
        things.swap(last, other);
    }
    things
}

pub(super) fn log() -> impl Strategy<Value = Log> {
    let frames = prop::collection::vec(sketch(), 0..14);
    let waiting = prop::collection::vec((0..4u64, change()), 0..4);
    (frames, waiting).prop_map(|(sketches, waiting)| Log {
        frames: draw(sketches),
        waiting: waiting
            .into_iter()
            .enumerate()
            .map(|(place, (at, change))| (row(Hlc(at), u8::try_from(place).unwrap()), change))
            .collect(),
    })
}

struct Sketch {
    stream: u8,
    device: u8,
    /// Which of the frames before it claims, and how wrongly.
    claims: Vec<(prop::sample::Index, u8)>,
    placed: Option<Placed>,
    changes: Vec<Change>,
}

impl std::fmt::Debug for Sketch {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "a frame of {} in {}", self.device, self.stream)
    }
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let claims = prop::collection::vec((any::<prop::sample::Index>(), 0..8u8), 0..4);
    let placed = (1..9u64, prop_oneof![Just(0), Just(NOW), Just(NOW + YEAR)]);
    let placed = prop::option::weighted(0.8, placed.prop_map(|(seq, at)| (seq, at)));
    let changes = prop::collection::vec(change(), 1..4);
    let stream = prop_oneof![5 => Just(7u8), 1 => Just(8u8)];
    (stream, 0..4u8, claims, placed, changes).prop_map(
        |(stream, device, claims, placed, changes)| Sketch {
            stream,
            device,
            claims,
            placed: placed.map(|(seq, received_at)| Placed { seq, received_at }),
            changes,
        },
    )
}

fn draw(sketches: Vec<Sketch>) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for (place, sketch) in sketches.into_iter().enumerate() {
        let stream = StreamId([sketch.stream; 16]);
        let is_its = |frame: &&Frame| (frame.stream, frame.device) == (stream, sketch.device);
        let dev_seq = 1 + frames.iter().filter(is_its).count() as u64;
        let claims = sketch.claims.iter().filter_map(|(choice, wrong)| {
            let frame = frames.get(choice.index(place.max(1)))?;
            Some(claim(frame, *wrong))
        });
        frames.push(Frame {
            stream,
            device: sketch.device,
            dev_seq,
            hash: hash(u8::try_from(place).unwrap()),
            claims: claims.collect(),
            placed: sketch.placed,
            changes: sketch.changes,
        });
    }
    frames
}

/// Most claims are right; some name no frame, some by another hash. Those of another stream
/// name nothing, or something by a wrong hash.
fn claim(frame: &Frame, wrong: u8) -> Seen {
    Seen {
        device: device(frame.device),
        dev_seq: frame.dev_seq + if wrong == 0 { 9 } else { 0 },
        header: if wrong == 1 {
            [99; 8]
        } else {
            frame.hash.short()
        },
    }
}

fn change() -> impl Strategy<Value = Change> {
    let kind = prop_oneof![Just(PROFILE), Just(STORY)];
    const TIMES: [Millis; 6] = [0, 1, NOW, NOW + 1, NOW + 10 * YEAR, Millis::MAX];
    let field = prop_oneof![
        2 => Just((BEGINS, Value::Bool(true))),
        1 => Just((BEGINS, Value::Bool(false))),
        2 => Just((DELETED, Value::Int(1))),
        1 => Just((DELETED, Value::Null)),
        4 => (WORDS..WORDS + 2, prop::sample::select(&["a", "b", "c"][..]))
            .prop_map(|(field, word)| (field, text(word))),
        1 => Just((WORDS, Value::Null)),
    ];
    let patch = prop::collection::vec(field, 0..3);
    (kind, 0..3u8, prop::sample::select(&TIMES[..]), patch).prop_map(|(kind, entity, at, patch)| {
        Change {
            kind,
            entity: EntityId([entity; 16]),
            hlc: Hlc::at(at),
            patch: patch.into_iter().collect(),
        }
    })
}
