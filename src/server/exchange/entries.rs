//! Appending control entries, and answering those that the device lacks.

use hearth_protocol::control::{Act, Applied, ControlHead, SignedEntry};
use hearth_protocol::exchange::{
    EntryAnswer, EntryCode, ExchangeAnswer, ExchangeRequest, NewEntry,
};
use hearth_protocol::grant::still_owed;
use hearth_protocol::{Sign as _, VerifyKey};
use std::sync::Arc;

use super::{Work, keys};
use crate::api::{Known, No};
use crate::db::{CutRule, Database, DatabaseError, EntryAppend, EntryOutcome};
use crate::journal::Record;

/// How often others may come first before the answer is that the server is too busy.
pub(super) const MOST_TRIES: usize = 64;

/// Bytes beyond the circle's share that its chain may still take: a full circle must be able to remove who filled it.
const CHAIN_RESERVE: u64 = 16 << 20;

impl<D: Database> Work<'_, D> {
    pub(super) async fn append_entries(
        &mut self,
        request: &ExchangeRequest,
    ) -> Result<Vec<EntryAnswer>, No> {
        let mut answers = Vec::new();
        let last_pin = request
            .entries
            .iter()
            .rposition(|new| pinned_key(new).is_some());
        for (place, new) in request.entries.iter().enumerate() {
            if last_pin == Some(place) && self.pins_another(new) {
                answers.push(answer(EntryCode::OtherServer, 0));
                continue;
            }
            // The device had this entry chained before it asked: another copy of this server took it.
            let is_known_there = new
                .entry
                .read()
                .is_ok_and(|entry| entry.head.seq <= request.control.seq);
            answers.push(self.append_entry(new, is_known_there).await?);
        }
        Ok(answers)
    }

    /// Whether an entry pins the key of another server: no head of this one would count for anybody. An entry that is here
    /// already is answered as such.
    fn pins_another(&self, new: &NewEntry) -> bool {
        let head = new.entry.read().map(|entry| entry.head);
        let is_here = head.is_ok_and(|head| self.caller.known.has_entry(&head));
        !is_here && pinned_key(new).is_some_and(|key| key != self.api.identity.verify_key())
    }

    async fn append_entry(
        &mut self,
        new: &NewEntry,
        is_known_there: bool,
    ) -> Result<EntryAnswer, No> {
        for _ in 0..MOST_TRIES {
            let append = match self.prepare_entry(new, is_known_there) {
                Ok(append) => append,
                Err(answer) => return Ok(answer),
            };
            let (seq, grants) = (append.head.seq, append.grants.clone());
            let outcome = self.api.database.append_entry(append).await?;
            self.read_again().await?;
            match outcome {
                EntryOutcome::Appended => {
                    self.has_changed = true;
                    self.api.write_journal(&Record::Entry {
                        circle: self.caller.circle,
                        entry: new.entry.clone(),
                        grants,
                    })?;
                    return Ok(answer(EntryCode::New, seq));
                }
                EntryOutcome::CutsDiffer => return Ok(answer(EntryCode::CutsDiffer, 0)),
                EntryOutcome::HeadMoved => {}
            }
        }
        Err(DatabaseError::Busy.into())
    }

    /// Judges an entry by the chain as it is here, or says in `Err` why it is not taken.
    fn prepare_entry(
        &self,
        new: &NewEntry,
        is_known_there: bool,
    ) -> Result<EntryAppend, EntryAnswer> {
        let mut next = self.circle().clone();
        let owed = match next.apply(&new.entry)? {
            Applied::New(owed) => owed,
            Applied::NotUnderstood => return Err(answer(EntryCode::LaterVersion, 0)),
            Applied::Known => {
                let seq = new.entry.read().map_or(0, |entry| entry.head.seq);
                return Err(answer(EntryCode::Known, seq));
            }
        };
        let grants = keys::keep_entitled(&next, &new.grants);
        let missing = still_owed(&owed, &grants).len() as u64;
        if missing > 0 && !is_known_there {
            return Err(answer(EntryCode::GrantsMissing, missing));
        }
        let most = self.api.settings.circle_bytes.saturating_add(CHAIN_RESERVE);
        if next.id() != Some(self.caller.circle) || self.caller.used > most {
            return Err(answer(EntryCode::NotTaken, 0));
        }
        let rule = match is_known_there {
            true => CutRule::NothingBeyond,
            false => CutRule::Exact,
        };
        Ok(EntryAppend {
            circle: self.caller.circle,
            after: self.circle().head(),
            head: next.head(),
            entry: new.entry.clone(),
            grants,
            cuts: next.cuts_made_at(next.head().seq),
            rule,
        })
    }

    /// The circle as it is now.
    pub(super) async fn read_again(&mut self) -> Result<(), No> {
        let circles = &self.api.circles;
        let (known, used) = circles.read(&self.api.database, self.caller.circle).await?;
        (self.caller.known, self.caller.used) = (known, used);
        Ok(())
    }

    /// Entries that the device lacks, each with the keys that came with it, then keys that it asked for.
    pub(super) async fn answer_control(
        &mut self,
        request: &ExchangeRequest,
        answer: &mut ExchangeAnswer,
    ) -> Result<(), No> {
        let after = find_fork(&self.caller.known, &request.control);
        let lacked = self.read_entries(after).await?;
        let mut grants = self
            .read_grants(request, after)
            .await?
            .into_iter()
            .peekable();
        for (seq, entry) in (after + 1..).zip(lacked) {
            if !self.budget.try_take_object(entry.encode().len()) {
                answer.more = true;
                return Ok(());
            }
            answer.entries.push(entry);
            while let Some(stored) = grants.next_if(|stored| stored.entry <= seq) {
                if !self.answer_grant(stored.grant, answer) {
                    // Without its keys the entry is of little use yet: it comes again with them. The first one stays
                    // in any case, and what is missing is asked for.
                    if answer.entries.len() > 1 {
                        answer.entries.pop();
                    }
                    return Ok(());
                }
            }
        }
        for stored in grants {
            if !self.answer_grant(stored.grant, answer) {
                return Ok(());
            }
        }
        self.answer_wanted(answer).await
    }

    async fn read_entries(&self, after: u64) -> Result<Vec<SignedEntry>, No> {
        let known = &self.caller.known;
        let after = known.head_at(after);
        if after == known.circle.head() {
            return Ok(Vec::new());
        }
        let tail = self.api.database.read_control(self.caller.circle, after);
        Ok(tail.await?.entries)
    }
}

/// The server's key that an entry pins, if it does: the last one counts.
fn pinned_key(new: &NewEntry) -> Option<VerifyKey> {
    let acts = new.entry.read().ok()?.acts?;
    acts.iter().rev().find_map(|act| match act {
        Act::ServerSet(server) => Some(server.key),
        _ => None,
    })
}

/// After which entry the device has to read. Where its own is another than the one here: after the one before, so that it
/// sees both.
fn find_fork(known: &Arc<Known>, theirs: &ControlHead) -> u64 {
    let ours = known.circle.head().seq;
    if known.has_entry(theirs) {
        theirs.seq
    } else if theirs.seq > ours {
        ours
    } else {
        theirs.seq.saturating_sub(1)
    }
}

fn answer(code: EntryCode, detail: u64) -> EntryAnswer {
    EntryAnswer { code, detail }
}
