//! A circle for tests: numbers stand for people, devices and streams, and every key grows from them.

use std::collections::BTreeMap;

use hearth_protocol::change::Change;
use hearth_protocol::control::{
    Act, Applied, Circle, Cut, EntryDraft, EpochAdvanced, Genesis, MemberAdded, Owed, Removed,
    Rights, StreamAdded, StreamRight,
};
use hearth_protocol::exchange::{NewEntry, PushedFrame};
use hearth_protocol::frame::{
    Body, ChainPoint, Erased, ErasedFrame, Frame, FrameKind, Header, Pack, PackHead, Place,
};
use hearth_protocol::grant::{Grant, commit_to};
use hearth_protocol::seal::Key;
use hearth_protocol::{
    BlobId, CircleId, DeviceId, DeviceSecret, EntityId, Hlc, PersonId, StreamId, Value,
};

use crate::Outcome;

/// The secret keys of a device.
#[must_use]
pub fn device(number: u8) -> DeviceSecret {
    DeviceSecret::from_seeds([number; 32], [number ^ 0x80; 32])
}

/// A person's id.
#[must_use]
pub fn person(number: u8) -> PersonId {
    PersonId([number; 16])
}

/// A stream's id.
#[must_use]
pub fn stream(number: u8) -> StreamId {
    StreamId([number; 16])
}

/// The key of an epoch of a stream.
#[must_use]
pub fn key(number: u8, epoch: u64) -> Key {
    let mut bytes = [number; 32];
    bytes[..8].copy_from_slice(&epoch.to_be_bytes());
    Key::new(bytes)
}

/// Reads a stream from an epoch on, and may write.
#[must_use]
pub fn right(number: u8, read_from: u64, write: bool) -> StreamRight {
    StreamRight {
        stream: stream(number),
        read_from,
        write,
        withdraw: false,
    }
}

/// What a person may do.
#[must_use]
pub fn rights(manage: bool, streams: Vec<StreamRight>) -> Rights {
    Rights {
        manage,
        streams,
        ends: None,
    }
}

/// Adds the person of this number with the device of this number.
#[must_use]
pub fn member(number: u8, rights: Rights) -> Act {
    Act::MemberAdded(MemberAdded {
        person: person(number),
        rights,
        keys: device(number).keys(),
    })
}

/// Removes a person.
#[must_use]
pub fn removed(number: u8, cuts: Vec<Cut>) -> Act {
    Act::Removed(Removed {
        person: Some(person(number)),
        device: None,
        cuts,
    })
}

/// A circle with its chain, as its members know it.
#[derive(Clone, Debug)]
pub struct Family {
    /// As folded.
    pub circle: Circle,
    /// Every entry with its grants.
    pub entries: Vec<NewEntry>,
    chains: BTreeMap<(u8, u8), ChainPoint>,
}

impl Family {
    /// Person 1 founds it, with stream 1.
    ///
    /// # Errors
    /// Where the rules are broken.
    pub fn found() -> Outcome<Self> {
        Self::found_by(1)
    }

    /// Another founder makes another circle.
    ///
    /// # Errors
    /// As [`Family::found`].
    pub fn found_by(number: u8) -> Outcome<Self> {
        let mut family = Self {
            circle: Circle::default(),
            entries: Vec::new(),
            chains: BTreeMap::new(),
        };
        let genesis = Act::Genesis(Genesis {
            person: person(number),
            keys: device(number).keys(),
        });
        family.add(number, vec![genesis])?;
        let first = family.stream_added(1);
        family.add(number, vec![first])?;
        Ok(family)
    }

    /// Person 2 writes in stream 1, person 3 reads it.
    ///
    /// # Errors
    /// As [`Family::found`].
    pub fn peopled() -> Outcome<Self> {
        let mut family = Self::found()?;
        family.add(1, vec![member(2, rights(false, vec![right(1, 1, true)]))])?;
        family.add(1, vec![member(3, rights(false, vec![right(1, 1, false)]))])?;
        Ok(family)
    }

    /// The circle's id.
    #[must_use]
    pub fn id(&self) -> CircleId {
        self.circle.id().unwrap_or(CircleId([0; 32]))
    }

    /// Where a stream is.
    #[must_use]
    pub fn place(&self, number: u8) -> Place {
        Place {
            circle: self.id(),
            stream: stream(number),
        }
    }

    /// Begins a stream.
    #[must_use]
    pub fn stream_added(&self, number: u8) -> Act {
        Act::StreamAdded(StreamAdded {
            stream: stream(number),
            commit: commit_to(&key(number, 1), &self.id(), &stream(number), 1),
        })
    }

    /// Begins the next epoch of a stream.
    #[must_use]
    pub fn advanced(&self, number: u8) -> Act {
        let epoch = self.circle.epoch(&stream(number)).unwrap_or(0) + 1;
        Act::EpochAdvanced(EpochAdvanced {
            stream: stream(number),
            epoch,
            commit: commit_to(&key(number, epoch), &self.id(), &stream(number), epoch),
        })
    }

    /// Signs an entry with the grants that it owes, and leaves the chain as it is.
    ///
    /// # Errors
    /// Where the rules are broken.
    pub fn draft(&self, signer: u8, acts: Vec<Act>) -> Outcome<NewEntry> {
        let head = self.circle.head();
        let entry = EntryDraft {
            seq: head.seq + 1,
            prev: head.hash,
            signer: device(signer).id(),
            acts,
        }
        .sign(&device(signer).signer);
        let mut next = self.circle.clone();
        let Applied::New(owed) = next.apply(&entry)? else {
            return Err("not new".into());
        };
        let id = next.id().ok_or("no circle")?;
        let grants = seal_grants(&next, &id, owed)?;
        Ok(NewEntry { entry, grants })
    }

    /// Adds an entry to the chain.
    ///
    /// # Errors
    /// Where the rules are broken.
    pub fn add(&mut self, signer: u8, acts: Vec<Act>) -> Outcome<NewEntry> {
        let new = self.draft(signer, acts)?;
        self.circle.apply(&new.entry)?;
        self.entries.push(new.clone());
        Ok(new)
    }

    /// The next frame of a device, with some words.
    ///
    /// # Errors
    /// Where it cannot be sealed.
    pub fn frame(&mut self, writer: u8, number: u8, words: &str) -> Outcome<Frame> {
        self.frame_with(writer, number, words, Vec::new(), None)
    }

    /// [`Family::frame`], naming attachments or erasing.
    ///
    /// # Errors
    /// Where it cannot be sealed.
    pub fn frame_with(
        &mut self,
        writer: u8,
        number: u8,
        words: &str,
        blobs: Vec<(BlobId, u64)>,
        erased: Option<Erased>,
    ) -> Outcome<Frame> {
        let chain = self.chains.entry((writer, number));
        let chain = *chain.or_insert(ChainPoint::START);
        let pack = pack_words(words)?;
        let kind = match erased {
            Some(_) => FrameKind::Erase,
            None => FrameKind::Changes,
        };
        let header = Header {
            device: device(writer).id(),
            dev_seq: chain.dev_seq + 1,
            prev: chain.header,
            kind: kind.number(),
            control: self.circle.head(),
            blobs,
            root: pack.root(),
            extensions: Vec::new(),
            erased,
        }
        .sign(&self.place(number), &device(writer).signer);
        let next = ChainPoint {
            dev_seq: chain.dev_seq + 1,
            header: header.hash(),
        };
        self.chains.insert((writer, number), next);
        let epoch = self.circle.epoch(&stream(number)).unwrap_or(1);
        let body = seal_pack(&pack, &self.place(number), &header.hash(), number, epoch)?;
        Ok(Frame::new(header, &body))
    }

    /// Forgets the newest frames of a device, as a phone that went back does.
    pub fn forget_frames(&mut self, writer: u8, number: u8) {
        self.chains.remove(&(writer, number));
    }

    /// The newest frame of a device.
    #[must_use]
    pub fn chain(&self, writer: u8, number: u8) -> ChainPoint {
        let chain = self.chains.get(&(writer, number));
        chain.copied().unwrap_or(ChainPoint::START)
    }

    /// Erases the words of frames; gives the erase frame with its redacted bodies.
    ///
    /// # Errors
    /// Where it cannot be sealed.
    pub fn erase(
        &mut self,
        writer: u8,
        number: u8,
        frames: &[Frame],
        blobs: Vec<BlobId>,
    ) -> Outcome<PushedFrame> {
        let mut named = Vec::new();
        let mut bodies = Vec::new();
        for frame in frames {
            let epoch = frame.epoch()?;
            let mut pack = frame.open(&self.place(number), &key(number, epoch))?;
            pack.take_out(0);
            let hash = frame.header.hash();
            let body = seal_pack(&pack, &self.place(number), &hash, number, epoch)?.to_bytes();
            let header = frame.header.read()?;
            named.push(ErasedFrame {
                device: header.device,
                dev_seq: header.dev_seq,
                header: hash,
                body: ErasedFrame::hash_body(&body),
            });
            bodies.push((hash, body));
        }
        let erased = Erased {
            frames: named,
            blobs,
        };
        let frame = self.frame_with(writer, number, "erased", Vec::new(), Some(erased))?;
        Ok(PushedFrame {
            frame: frame.encode(),
            again: false,
            bodies,
        })
    }
}

/// A new frame.
#[must_use]
pub fn pushed(frame: &Frame) -> PushedFrame {
    PushedFrame {
        frame: frame.encode(),
        again: false,
        bodies: Vec::new(),
    }
}

/// A frame that a copy of the log took which is gone.
#[must_use]
pub fn again(frame: &Frame) -> PushedFrame {
    PushedFrame {
        again: true,
        ..pushed(frame)
    }
}

/// The body of a frame sealed again in another epoch.
///
/// # Errors
/// Where it cannot be opened or sealed.
pub fn seal_again(family: &Family, frame: &Frame, number: u8, epoch: u64) -> Outcome<Frame> {
    let place = family.place(number);
    let pack = frame.open(&place, &key(number, frame.epoch()?))?;
    let body = seal_pack(&pack, &place, &frame.header.hash(), number, epoch)?;
    Ok(Frame::new(frame.header.clone(), &body))
}

/// Grants for these debts, one for each device.
///
/// # Errors
/// Where a key cannot be sealed to.
pub fn seal_grants(circle: &Circle, id: &CircleId, owed: Vec<Owed>) -> Outcome<Vec<Grant>> {
    let mut by_device: BTreeMap<DeviceId, Vec<(StreamId, u64, Key)>> = BTreeMap::new();
    for Owed { to, stream, epoch } in owed {
        let number = stream.0[0];
        let keys = by_device.entry(to).or_default();
        keys.push((stream, epoch, key(number, epoch)));
    }
    let mut grants = Vec::new();
    for (to, mut keys) in by_device {
        keys.sort_by_key(|(stream, epoch, _)| (*stream, *epoch));
        let to = circle.keys(&to).ok_or("nobody")?;
        grants.push(Grant::seal(id, to, &keys, [7; 32])?);
    }
    Ok(grants)
}

fn pack_words(words: &str) -> Outcome<Pack> {
    let change = Change {
        kind: 2,
        entity: EntityId([9; 16]),
        hlc: Hlc(1),
        patch: hearth_protocol::SortedMap::from([(4, Value::Text(words.to_owned()))]),
    };
    let head = PackHead {
        salt: [7; 16],
        seen: Vec::new(),
        log: None,
    };
    Ok(Pack::new(&head, [([8; 16], change.encode()?)])?)
}

fn seal_pack(
    pack: &Pack,
    place: &Place,
    header: &hearth_protocol::Hash,
    number: u8,
    epoch: u64,
) -> Outcome<Body> {
    Ok(Body::seal(
        pack,
        place,
        header,
        epoch,
        &key(number, epoch),
        [9; 24],
    )?)
}
