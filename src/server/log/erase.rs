//! What an erase frame erases.

use std::collections::BTreeMap;

use hearth_protocol::form::Object as _;
use hearth_protocol::frame::{Body, ErasedFrame};
use hearth_protocol::limits::LONGEST_FRAME;
use hearth_protocol::{BlobId, DeviceId};

use super::judge::Judge;
use super::pushed::ReadFrame;
use crate::db::{Erasure, NamedRow};

/// Frames with the bodies that they get, and attachments that go.
#[derive(Debug, Default)]
pub(super) struct Erasing {
    pub(super) frames: Vec<Erasure>,
    pub(super) blobs: Vec<BlobId>,
}

impl Erasing {
    /// What is kept of it beside the log.
    pub(super) fn bytes(&self) -> u64 {
        let bodies = self.frames.iter().map(|erasure| erasure.body.len() as u64);
        bodies.sum()
    }
}

/// All of it; or, where some of it may not be, in `Err` the part that may.
pub(super) fn read_erasures(
    read: &ReadFrame<'_>,
    judge: &Judge<'_>,
    named: &BTreeMap<(DeviceId, u64), NamedRow>,
) -> Result<Erasing, Erasing> {
    let Some(erased) = &read.header.erased else {
        return Ok(Erasing::default());
    };
    let signer = &read.header.device;
    let mut erasing = Erasing::default();
    let mut is_whole = true;
    for frame in &erased.frames {
        let body = find_body(read, judge, frame, named);
        match body.filter(|_| may_erase(read, judge, &frame.device)) {
            Some(body) => erasing.frames.push(Erasure {
                device: frame.device,
                dev_seq: frame.dev_seq,
                header: frame.header,
                body,
            }),
            None => is_whole = false,
        }
    }
    for blob in &erased.blobs {
        // One that is not here yet stays away.
        let author = judge.view.authors.get(blob).unwrap_or(signer);
        match may_erase(read, judge, author) {
            true => erasing.blobs.push(*blob),
            false => is_whole = false,
        }
    }
    match is_whole {
        true => Ok(erasing),
        false => Err(erasing),
    }
}

/// By the entry that the frame names; and now as well, but for one that was taken before.
fn may_erase(read: &ReadFrame<'_>, judge: &Judge<'_>, author: &DeviceId) -> bool {
    let (signer, stream) = (&read.header.device, &judge.place.stream);
    let at = read.header.control.seq;
    let circle = judge.circle;
    circle.check_erase_at(signer, author, stream, at).is_ok()
        && (read.pushed.again || circle.check_erase(signer, author, stream).is_ok())
}

/// The body that takes the place: brought along, or here already. It stays in its epoch, and under its header.
fn find_body(
    read: &ReadFrame<'_>,
    judge: &Judge<'_>,
    frame: &ErasedFrame,
    named: &BTreeMap<(DeviceId, u64), NamedRow>,
) -> Option<Vec<u8>> {
    let name = (frame.device, frame.dev_seq);
    let brought = read.pushed.bodies.iter();
    let brought = brought
        .filter(|(header, _)| *header == frame.header)
        .map(|(_, body)| body);
    let remembered = judge.view.redacted.get(&name);
    let remembered = remembered
        .filter(|(header, _)| *header == frame.header)
        .map(|(_, body)| body);
    let mut bodies = brought.chain(remembered);
    let body = bodies.find(|body| frame.is_body(body))?;
    let epoch = Body::decode(body, LONGEST_FRAME).ok()?.epoch;
    let here = named.get(&name);
    let fits = here.is_none_or(|row| row.header == frame.header && row.epoch == epoch);
    fits.then(|| body.clone())
}
