//! One exchange: entries, keys, then each stream; what it did and what the device lacks goes back in one answer.

use hearth_protocol::control::{Act, Circle, ControlHead};
use hearth_protocol::exchange::{EntryAnswer, EntryCode, ExchangeAnswer, ExchangeRequest};
use hearth_protocol::form::Object as _;
use hearth_protocol::limits::{LONGEST_EXCHANGE, MOST_STREAMS};
use hearth_protocol::request::RequestProof;
use hearth_protocol::{CircleId, DeviceId, Millis, VerifyKey};

use crate::api::{Api, Asked, Caller, Founders, No, Random, read_message};
use crate::db::Database;
use budget::Budget;

mod budget;
mod entries;
mod keys;
mod streams;

impl<D: Database> Api<D> {
    pub(crate) async fn exchange(
        &self,
        asked: &Asked<'_>,
        now: Millis,
        random: &mut impl Random,
        changed: &mut Option<CircleId>,
    ) -> Result<Vec<u8>, No> {
        let caller = match self.find_caller(asked, now).await? {
            Err(No::NotHere) => self.find_newcomer(asked, now).await?,
            found => found?,
        };
        let request: ExchangeRequest = read_message(asked.body, LONGEST_EXCHANGE)?;
        check_form(&request)?;
        let mut work = Work {
            api: self,
            caller,
            budget: Budget::new(),
            has_changed: false,
        };
        let answer = work.run(request, random).await;
        // What was done before a failure is done, and others may want it.
        *changed = work.has_changed.then_some(work.caller.circle);
        Ok(answer?.encode())
    }

    /// A device that the chain here does not know yet and the entries in its request do: the founder, or any member where
    /// the server went back.
    async fn find_newcomer(&self, asked: &Asked<'_>, now: Millis) -> Result<Caller, No> {
        let Ok(request) = ExchangeRequest::decode(asked.body, LONGEST_EXCHANGE) else {
            return Err(No::NotHere);
        };
        let proof = asked.proof.map(RequestProof::from_header);
        let Some(Ok(proof)) = proof else {
            return Err(No::NotHere);
        };
        self.check_proof(asked, find_key(&request, &proof.device), now)?;
        let (known, used) = self.circles.read(&self.database, request.circle).await?;
        let mut circle = known.circle.clone();
        for new in &request.entries {
            if circle.apply(&new.entry).is_err() {
                break;
            }
        }
        let is_it = circle.id() == Some(request.circle);
        if !is_it || !circle.is_active(&proof.device) {
            return Err(No::NotHere);
        }
        Ok(Caller {
            circle: request.circle,
            device: proof.device,
            known,
            used,
            now,
        })
    }
}

/// The key that an entry brings for this device.
fn find_key(request: &ExchangeRequest, device: &DeviceId) -> Option<VerifyKey> {
    let entries = request.entries.iter();
    let read = entries.filter_map(|new| new.entry.read().ok()?.acts);
    let keys = read.flatten().filter_map(|act| match act {
        Act::Genesis(act) => Some(act.keys),
        Act::MemberAdded(act) => Some(act.keys),
        Act::DeviceAdded(act) => Some(act.keys),
        Act::RecoverySet(act) => Some(act.keys),
        _ => None,
    });
    let mut own = keys.filter(|keys| keys.id() == *device);
    own.next().map(|keys| keys.signing)
}

fn check_form(request: &ExchangeRequest) -> Result<(), No> {
    let mut pairs = request.streams.windows(2);
    if !pairs.all(|pair| pair[0].stream < pair[1].stream) {
        return Err(No::BadForm("the streams do not ascend"));
    }
    if request.streams.len() > MOST_STREAMS {
        return Err(No::BadForm("more streams than a circle has"));
    }
    Ok(())
}

/// One exchange on its way.
struct Work<'a, D> {
    api: &'a Api<D>,
    caller: Caller,
    budget: Budget,
    /// Whether others may want to pull.
    has_changed: bool,
}

impl<D: Database> Work<'_, D> {
    async fn run(
        &mut self,
        request: ExchangeRequest,
        random: &mut impl Random,
    ) -> Result<ExchangeAnswer, No> {
        let mut answer = ExchangeAnswer {
            time: self.caller.now,
            control: ControlHead::START,
            appended: Vec::new(),
            entries: Vec::new(),
            streams: Vec::new(),
            grants: Vec::new(),
            wanted: Vec::new(),
            more: false,
        };
        if self.may_append() {
            answer.appended = self.append_entries(&request).await?;
        } else {
            let not_taken = |_| EntryAnswer {
                code: EntryCode::NotTaken,
                detail: 0,
            };
            answer.appended = request.entries.iter().map(not_taken).collect();
        }
        self.budget.take_answers(answer.appended.len());
        answer.control = self.caller.known.circle.head();
        // A device that its own entries did not bring in, or took out, is told what became of them and nothing else.
        if self.caller.rights().is_none() {
            return Ok(answer);
        }
        self.keep_keys(&request).await?;
        self.answer_control(&request, &mut answer).await?;
        for stream in &request.streams {
            if let Some(done) = self.exchange_stream(stream, random).await? {
                answer.streams.push(done);
            }
        }
        Ok(answer)
    }

    fn may_append(&self) -> bool {
        let is_known = self.circle().head() != ControlHead::START;
        is_known || self.api.settings.found == Founders::Anyone
    }

    fn circle(&self) -> &Circle {
        &self.caller.known.circle
    }
}
