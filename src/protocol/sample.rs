//! A small circle for tests: numbers stand for people, devices and streams.

use crate::control::*;
use crate::frame::*;
use crate::grant::commit_to;
use crate::id::*;
use crate::sorted::SortedMap;
use crate::{Change, DeviceSecret, Hlc, Key, Value};

pub(crate) fn device(number: u8) -> DeviceSecret {
    DeviceSecret::from_seeds([number; 32], [number ^ 0x80; 32])
}

pub(crate) fn person(number: u8) -> PersonId {
    PersonId([number; 16])
}

pub(crate) fn stream(number: u8) -> StreamId {
    StreamId([number; 16])
}

/// The key of an epoch of a stream.
pub(crate) fn key(number: u8, epoch: u64) -> Key {
    Key::new([number.wrapping_mul(16).wrapping_add(epoch as u8); 32])
}

pub(crate) fn right(number: u8, read_from: u64, write: bool) -> StreamRight {
    StreamRight {
        stream: stream(number),
        read_from,
        write,
        withdraw: false,
    }
}

pub(crate) fn rights(manage: bool, streams: Vec<StreamRight>) -> Rights {
    Rights {
        manage,
        streams,
        ends: None,
    }
}

pub(crate) fn member(number: u8, rights: Rights) -> Act {
    Act::MemberAdded(MemberAdded {
        person: person(number),
        rights,
        keys: device(number).keys(),
    })
}

pub(crate) fn removed(number: u8, cuts: Vec<Cut>) -> Act {
    Act::Removed(Removed {
        person: Some(person(number)),
        device: None,
        cuts,
    })
}

/// A circle with its entries. Device and person have the same number, unless a test adds more.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) circle: Circle,
    pub(crate) entries: Vec<SignedEntry>,
}

impl World {
    /// Person 1 founds it, with stream 1.
    pub(crate) fn founded() -> Self {
        let mut world = Self {
            circle: Circle::default(),
            entries: Vec::new(),
        };
        let genesis = Act::Genesis(Genesis {
            person: person(1),
            keys: device(1).keys(),
        });
        world.add(1, vec![genesis]);
        let first = world.stream_added(1);
        world.add(1, vec![first]);
        world
    }

    /// Person 2 writes in stream 1, person 3 reads it, person 4 manages and does not read it.
    pub(crate) fn peopled() -> Self {
        let mut world = Self::founded();
        world.add(1, vec![member(2, rights(false, vec![right(1, 1, true)]))]);
        world.add(1, vec![member(3, rights(false, vec![right(1, 1, false)]))]);
        world.add(1, vec![member(4, rights(true, vec![]))]);
        world
    }

    pub(crate) fn sign(&self, signer: u8, acts: Vec<Act>) -> SignedEntry {
        let head = self.circle.head();
        EntryDraft {
            seq: head.seq + 1,
            prev: head.hash,
            signer: device(signer).id(),
            acts,
        }
        .sign(&device(signer).signer)
    }

    pub(crate) fn try_add(&mut self, signer: u8, acts: Vec<Act>) -> Result<Applied, ControlError> {
        let entry = self.sign(signer, acts);
        let applied = self.circle.apply(&entry)?;
        self.entries.push(entry);
        Ok(applied)
    }

    pub(crate) fn add(&mut self, signer: u8, acts: Vec<Act>) -> Vec<Owed> {
        match self.try_add(signer, acts) {
            Ok(Applied::New(owed)) => owed,
            other => panic!("not added: {other:?}"),
        }
    }

    pub(crate) fn refusal(&self, signer: u8, acts: Vec<Act>) -> Option<RuleBroken> {
        match self.clone().try_add(signer, acts) {
            Ok(_) => None,
            Err(ControlError::Rule(rule)) => Some(rule),
            Err(other) => panic!("not refused by a rule: {other:?}"),
        }
    }

    pub(crate) fn id(&self) -> CircleId {
        self.circle.id().unwrap()
    }

    pub(crate) fn place(&self) -> Place {
        Place {
            circle: self.id(),
            stream: stream(1),
        }
    }

    pub(crate) fn stream_added(&self, number: u8) -> Act {
        Act::StreamAdded(StreamAdded {
            stream: stream(number),
            commit: commit_to(&key(number, 1), &self.id(), &stream(number), 1),
        })
    }

    /// The next epoch of a stream.
    pub(crate) fn advanced(&self, number: u8) -> Act {
        let epoch = self.circle.epoch(&stream(number)).unwrap() + 1;
        Act::EpochAdvanced(EpochAdvanced {
            stream: stream(number),
            epoch,
            commit: commit_to(&key(number, epoch), &self.id(), &stream(number), epoch),
        })
    }

    /// A frame's claims, with the newest control head.
    pub(crate) fn authorship(&self, number: u8, dev_seq: u64) -> Authorship {
        Authorship {
            device: device(number).id(),
            stream: stream(1),
            dev_seq,
            header: Hash([dev_seq as u8; 32]),
            control: self.circle.head(),
            epoch: self.circle.epoch(&stream(1)).unwrap(),
        }
    }

    /// A frame of this device in stream 1 with some changes.
    pub(crate) fn frame(&self, number: u8, dev_seq: u64, prev: Hash, changes: u8) -> (Frame, Pack) {
        let pack = pack(changes);
        let header = Header {
            device: device(number).id(),
            dev_seq,
            prev,
            kind: FrameKind::Changes.number(),
            control: self.circle.head(),
            blobs: vec![(BlobId([5; 16]), 70_000)],
            root: pack.root(),
            extensions: vec![],
            erased: None,
        }
        .sign(&self.place(), &device(number).signer);
        let body = Body::seal(&pack, &self.place(), &header.hash(), 1, &key(1, 1), [9; 24]);
        (Frame::new(header, &body.unwrap()), pack)
    }
}

pub(crate) fn cut(number: u8, dev_seq: u64) -> Cut {
    Cut {
        device: device(number).id(),
        stream: stream(1),
        dev_seq,
        header: Hash([dev_seq as u8; 32]),
    }
}

pub(crate) fn change(number: u8) -> Vec<u8> {
    Change {
        kind: 2,
        entity: EntityId([number; 16]),
        hlc: Hlc(u64::from(number) + 1),
        patch: SortedMap::from([(4, Value::Text(format!("Words number {number}")))]),
    }
    .encode()
    .unwrap()
}

pub(crate) fn pack(changes: u8) -> Pack {
    let head = PackHead {
        salt: [7; 16],
        seen: vec![Seen {
            device: device(3).id(),
            dev_seq: 4,
            header: [8; 8],
        }],
        log: Some((LogId([6; 16]), 3, [1; 8])),
    };
    let changes = (0..changes).map(|number| ([number; 16], change(number)));
    Pack::new(&head, changes).unwrap()
}

/// The bytes of hexadecimal digits, as an RFC prints them.
pub(crate) fn unhex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.map(byte).collect()
}

/// Every way to change one byte and every way to cut the end off.
pub(crate) fn damaged(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let flipped = (0..bytes.len()).map(|at| {
        let mut copy = bytes.to_vec();
        copy[at] ^= 1 << (at % 8);
        copy
    });
    flipped.chain((0..bytes.len()).map(|length| bytes[..length].to_vec()))
}

/// An entry as a version 2 might make it: the outer form, and fields nobody knows yet.
pub(crate) fn later_entry(head: &ControlHead, signer: u8) -> SignedEntry {
    use crate::form::Field;
    use crate::key::Sign;
    let fields = SortedMap::from([
        (0, Value::Int(2)),
        (1, (head.seq + 1).write()),
        (2, head.hash.write()),
        (3, device(signer).id().write()),
        (4, Value::Text("unknown".into())),
        (77, Value::Null),
    ]);
    let payload = Value::Map(fields).encode();
    let hash = crate::label::Label::Entry.hash(&[&payload]);
    let signature = device(signer)
        .signer
        .sign(crate::label::Label::EntrySigned, &[&hash.0]);
    SignedEntry::decode(&(payload, signature).write().encode()).unwrap()
}
