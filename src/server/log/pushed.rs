//! Frames as they came, read once.

use std::collections::BTreeSet;

use hearth_protocol::exchange::{PushedFrame, Refusal};
use hearth_protocol::form::FormError;
use hearth_protocol::frame::{Frame, Header, SignedHeader};
use hearth_protocol::{BlobId, DeviceId, Hash};

/// The frames of one stream of a request, in order.
#[derive(Debug)]
pub(crate) struct Pushed<'a> {
    pub(super) frames: Vec<Result<ReadFrame<'a>, Refusal>>,
}

/// A frame of the right form. Its body is not kept a second time: a request brings a megabyte of them.
#[derive(Debug)]
pub(super) struct ReadFrame<'a> {
    pub(super) pushed: &'a PushedFrame,
    pub(super) signed: SignedHeader,
    pub(super) header: Header,
    pub(super) hash: Hash,
    pub(super) epoch: u64,
}

impl<'a> Pushed<'a> {
    pub(crate) fn read(frames: &'a [PushedFrame]) -> Self {
        Self {
            frames: frames.iter().map(read_frame).collect(),
        }
    }

    /// The attachments that they erase.
    pub(crate) fn erased_blobs(&self) -> BTreeSet<BlobId> {
        let read = self.frames.iter().flatten();
        let erased = read.filter_map(|read| read.header.erased.as_ref());
        erased.flat_map(|erased| &erased.blobs).copied().collect()
    }

    /// The frames that are pushed, and those that they erase.
    pub(crate) fn names(&self) -> BTreeSet<(DeviceId, u64)> {
        let mut names = BTreeSet::new();
        for read in self.frames.iter().flatten() {
            names.insert((read.header.device, read.header.dev_seq));
            let erased = read.header.erased.iter().flat_map(|erased| &erased.frames);
            names.extend(erased.map(|frame| (frame.device, frame.dev_seq)));
        }
        names
    }
}

fn read_frame(pushed: &PushedFrame) -> Result<ReadFrame<'_>, Refusal> {
    let frame = Frame::decode(&pushed.frame).map_err(name_fault)?;
    let header = frame.header.read().map_err(name_fault)?;
    if !header.is_understood() {
        return Err(Refusal::LaterVersion);
    }
    let epoch = frame.epoch().map_err(name_fault)?;
    Ok(ReadFrame {
        pushed,
        hash: frame.header.hash(),
        signed: frame.header,
        header,
        epoch,
    })
}

fn name_fault(error: FormError) -> Refusal {
    match error {
        FormError::TooLong => Refusal::TooLong,
        FormError::Later(_) => Refusal::LaterVersion,
        FormError::Value(_) | FormError::Shape => Refusal::Malformed,
    }
}
