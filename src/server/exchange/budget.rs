//! How much of an answer is left: it never grows over what an exchange may be.

use hearth_protocol::limits::LONGEST_EXCHANGE;

/// Kept for what stands around the lists.
const FRAME: usize = 4 * 1024;
/// Code and detail.
const ANSWER: usize = 12;
/// An answer for a stream without its lists: ids, a signed head and a start.
const STREAM: usize = 512;
/// Entries and grants leave this to what every stream takes, and one frame.
const FOR_STREAMS: usize = 384 * 1024;
/// A device or stream with a number.
const NAME: usize = 64;

/// Bytes that are left.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            left: LONGEST_EXCHANGE - FRAME,
        }
    }

    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Takes this many bytes, where they are there.
    pub(super) fn try_take(&mut self, bytes: usize) -> bool {
        match self.left.checked_sub(bytes) {
            Some(rest) => {
                self.left = rest;
                true
            }
            None => false,
        }
    }

    /// An entry or grant, with the head of its byte string. Some room stays for streams.
    pub(super) fn try_take_object(&mut self, bytes: usize) -> bool {
        let stays = self.left.saturating_sub(FOR_STREAMS);
        bytes + NAME <= stays && self.try_take(bytes + NAME)
    }

    /// A device, perhaps in a stream, with a number.
    pub(super) fn try_take_name(&mut self) -> bool {
        self.try_take(NAME)
    }

    /// Answers to what was pushed: each took more room in the request.
    pub(super) fn take_answers(&mut self, count: usize) {
        self.take(count * ANSWER);
    }

    /// What every stream takes.
    pub(super) fn take_stream(&mut self, pushed: usize) {
        self.take(STREAM + pushed * ANSWER);
    }

    fn take(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }
}
