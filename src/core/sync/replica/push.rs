//! What became of the frames that were pushed.

use super::request::Pushed;
use super::{AnswerError, Replica, Stream, Trouble};
use hearth_protocol::exchange::{FrameAnswer, FrameCode, Refusal, StreamAnswer};

impl Replica {
    /// Whether frames stay here because the server has no room for them.
    #[must_use]
    pub fn is_server_full(&self) -> bool {
        let is_full = |stream: &Stream| stream.is_full && !stream.outbox.is_empty();
        self.streams.values().any(is_full)
    }

    /// Whether own frames are here that no server has answered for.
    #[must_use]
    pub fn has_unsent(&self) -> bool {
        self.streams.values().any(Stream::has_unsent)
    }

    pub(super) fn take_pushed(
        &mut self,
        answer: &StreamAnswer,
        pushed: &[Pushed],
    ) -> Result<(), AnswerError> {
        if answer.pushed.len() != pushed.len() {
            return Err(AnswerError::Shape);
        }
        let Some(stream) = self.streams.get_mut(&answer.stream) else {
            return Err(AnswerError::Shape);
        };
        let is_full = |result: &FrameAnswer| {
            let is_refused = result.code == FrameCode::Refused;
            is_refused && Refusal::from_number(result.detail) == Some(Refusal::Quota)
        };
        if !pushed.is_empty() {
            stream.is_full = answer.pushed.iter().any(is_full);
        }
        let own = pushed.iter().zip(&answer.pushed);
        for (frame, result) in own.filter(|(frame, _)| !frame.again) {
            match result.code {
                FrameCode::New | FrameCode::Duplicate => {
                    stream.answered = stream.answered.max(frame.dev_seq);
                }
                // What it waits for comes with this answer or the next: an entry, a key, rows.
                FrameCode::Gap => {
                    stream.answered = stream.answered.min(result.detail.saturating_sub(1));
                }
                FrameCode::StaleEpoch => {}
                FrameCode::Conflict => {
                    self.trouble = Some(Trouble::StoreWentBack);
                }
                FrameCode::Refused => {
                    let refusal = Refusal::from_number(result.detail);
                    let refusal = refusal.ok_or(AnswerError::Shape)?;
                    if !is_passing(refusal) {
                        self.trouble = Some(Trouble::NotTaken(refusal));
                    }
                }
            }
        }
        Ok(())
    }
}

impl Stream {
    pub(super) fn has_unsent(&self) -> bool {
        let newest = self.outbox.keys().next_back();
        newest.is_some_and(|newest| *newest > self.answered)
    }
}

/// Whether the same frame may be taken a little later.
fn is_passing(refusal: Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Held | Refusal::OtherControl | Refusal::Quota | Refusal::LaterVersion
    )
}
