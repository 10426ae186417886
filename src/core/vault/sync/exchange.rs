//! The answer of an exchange, and frames that a server which went back lacks.

use super::{Progress, Vault};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table};
use crate::sync::replica::{AnswerError, KeptFrame, Replica, Sent};
use hearth_protocol::exchange::{EntryCode, ExchangeAnswer, FrameCode, StreamAnswer};

/// Frames read at once for a server that lacks them: an exchange of the usual ones.
const MOST_AGAIN: usize = 512;

/// Bytes of them in one exchange.
const BYTES_AGAIN: usize = 768 * 1024;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn take_exchange(
        &mut self,
        sent: Sent,
        answer: &ExchangeAnswer,
    ) -> Result<Progress, Failure> {
        let is_other_server = self.note_server(answer);
        if brings_news(answer) {
            // What waits has not seen what comes now.
            self.frame_all().await?;
        }
        let Some(replica) = &mut self.replica else {
            return Ok(Progress::Wait);
        };
        let was_arriving = sent.is_arriving();
        let taken = replica.take(sent, answer);
        let effects = match taken {
            Ok(effects) => effects,
            Err(error) => {
                // A lying or broken server moves nothing here: back to what is durable.
                self.is_stale = true;
                self.line.pull_is_due = true;
                if error == AnswerError::Unexpected {
                    self.go_astray().await?;
                }
                return Ok(Progress::Wait);
            }
        };
        self.line.not_here = 0;
        self.line.pull_is_due = false;
        self.line.last_exchange = Some(self.surroundings.now());
        self.line.absent.clear();
        if effects.has_gone_back {
            // Before the step counts: after a crash the server says so again.
            self.note_loss().await?;
            self.forget_receipts().await?;
        }
        let refused = effects.refused.clone();
        self.carry_out(effects).await?;
        self.end_refused(&refused).await?;
        self.end_refused_words(&refused).await?;
        self.check_arrival().await?;
        self.end_loss();
        let are_put_off = self.go_on_removing();
        let replica = self.replica.as_ref();
        // What still waits is not to be had now: a hold ends, a key comes, room is made.
        self.line.is_stuck = !has_moved(answer) && replica.is_some_and(Replica::has_business);
        // Where the server would not have it, it is not told that again before it was asked something else.
        if !was_arriving || has_moved(answer) {
            self.intend_arrival();
        }
        // Its card is asked for, but not at once: whatever spoils cards may spoil the next one.
        Ok(match self.line.is_stuck || are_put_off || is_other_server {
            true => Progress::Wait,
            false => Progress::GoOn,
        })
    }

    pub(super) async fn frames_lacking(&self) -> Result<Vec<KeptFrame>, Failure> {
        let replica = self.replica.as_ref();
        let names = replica.map_or_else(Vec::new, |replica| replica.lacking(MOST_AGAIN));
        let mut frames = Vec::with_capacity(names.len());
        let mut bytes = 0;
        for name in names {
            let row = self
                .kept_row(Table::Frames, &Replica::key_of(&name))
                .await?;
            let Some(frame) = row.and_then(|row| Replica::frame_of_row(&row)) else {
                continue;
            };
            bytes += frame.len();
            if bytes > BYTES_AGAIN {
                break;
            }
            frames.push((name, frame));
        }
        Ok(frames)
    }
}

/// Whether more comes than what became of this phone's own frames: those come without their bytes.
fn brings_news(answer: &ExchangeAnswer) -> bool {
    let is_new = |stream: &StreamAnswer| {
        let mut rows = stream.rows.iter();
        stream.holds.is_some()
            || stream.start.is_some()
            || !stream.found.is_empty()
            || rows.any(|row| !row.frame.is_empty())
    };
    !answer.entries.is_empty()
        || !answer.appended.is_empty()
        || !answer.grants.is_empty()
        || answer.streams.iter().any(is_new)
}

/// Whether anything is other than it was: asking again at once may bring more.
fn has_moved(answer: &ExchangeAnswer) -> bool {
    let is_done = |code| {
        matches!(
            code,
            EntryCode::New | EntryCode::Known | EntryCode::WrongPlace
        )
    };
    let is_taken = |code| matches!(code, FrameCode::New | FrameCode::Duplicate);
    let has_moved = |stream: &StreamAnswer| {
        let mut pushed = stream.pushed.iter();
        stream.more
            || stream.holds.is_some()
            || !stream.rows.is_empty()
            || !stream.found.is_empty()
            || pushed.any(|answer| is_taken(answer.code))
    };
    let mut appended = answer.appended.iter();
    answer.more
        || !answer.entries.is_empty()
        || !answer.grants.is_empty()
        || !answer.wanted.is_empty()
        || appended.any(|answer| is_done(answer.code))
        || answer.streams.iter().any(has_moved)
}
