//! The answer of an exchange: checked whole, in the order in which it was made.

use super::{Effects, Replica, Sent};
use crate::ports::NoRandomness;
use hearth_protocol::exchange::{EntryCode, ExchangeAnswer, Refusal};

/// What keeps a replica from sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Two valid entries at this place of the control log.
    TwoHistories(u64),
    /// Frames of this device are on the server that it does not know.
    StoreWentBack,
    /// The server does not take this device's frames, for this reason.
    NotTaken(Refusal),
}

/// The answer does not hold. Nothing of it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// See [`NoRandomness`].
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// An entry does not follow, or is not signed by who says so.
    #[error("a control entry does not hold")]
    Entry,
    /// A row does not follow the one before it.
    #[error("a row of the log does not follow")]
    Row,
    /// A frame is not signed by its device, or does not follow its device's last one.
    #[error("a frame does not hold")]
    Frame,
    /// The server did not sign how far its log goes, or signed something else.
    #[error("the signed head does not hold")]
    Head,
    /// The log is not the one that the inviter had.
    #[error("the log does not pass through the anchor")]
    Unexpected,
    /// It answers what was not asked.
    #[error("not an answer to what was asked")]
    Shape,
}

impl Replica {
    /// Takes an answer in.
    ///
    /// # Errors
    /// See [`AnswerError`]: then read the replica anew from what is kept, and ask again later.
    pub fn take(&mut self, sent: Sent, answer: &ExchangeAnswer) -> Result<Effects, AnswerError> {
        let mut effects = Effects::default();
        let own = usize::from(sent.intent.is_some());
        if answer.appended.len() != sent.entries.len() + own {
            return Err(AnswerError::Shape);
        }
        let keys_here = self.keys.len();
        let mut are_keys_refused = false;
        if let (Some(pushed), Some(result)) = (sent.intent, answer.appended.last()) {
            let is_own = self.own_intent().as_ref() == Some(&pushed.intent);
            are_keys_refused = is_own && result.code != EntryCode::WrongPlace;
            self.take_appended(pushed, *result, &mut effects)?;
        }
        for entry in &answer.entries {
            self.take_entry(entry, &mut effects)?;
        }
        self.take_control_head(&answer.control, &mut effects);
        self.take_grants(&answer.grants, &mut effects);
        for delivered in &sent.grants {
            self.asked_of_us.remove(delivered);
        }
        self.take_wanted(&answer.wanted);
        let (mut frames, mut asked) = (sent.frames, sent.asked);
        for stream in &answer.streams {
            let pushed = frames.remove(&stream.stream).ok_or(AnswerError::Shape)?;
            self.take_pushed(stream, &pushed)?;
            let asked = asked.remove(&stream.stream).unwrap_or_default();
            self.note_asked(&stream.stream, &asked);
            self.take_found(stream, &asked, &mut effects)?;
            self.take_holds(stream, &pushed, &mut effects);
            self.take_rows(stream, &pushed, &mut effects)?;
        }
        self.take_new_keys(&mut effects);
        // A key that came with this answer may have been the one that was missing.
        if are_keys_refused && self.keys.len() == keys_here {
            self.note_refused_keys();
        }
        Ok(effects)
    }
}
