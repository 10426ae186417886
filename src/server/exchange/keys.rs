//! Keys on their way: who gets which, who misses which.

use hearth_protocol::control::Circle;
use hearth_protocol::exchange::{ExchangeAnswer, ExchangeRequest};
use hearth_protocol::form::Object as _;
use hearth_protocol::grant::Grant;
use hearth_protocol::limits::LONGEST_GRANT;
use hearth_protocol::{DeviceId, StreamId};
use std::collections::BTreeSet;

use super::Work;
use crate::api::No;
use crate::db::{Database, StoredGrant};

/// Keys that one device may miss at one time; more are asked for when these have come.
const MOST_WANTED: usize = 1024;

/// The grants whose every key its receiver is entitled to. The others are nobody's business.
pub(super) fn keep_entitled(circle: &Circle, grants: &[Grant]) -> Vec<Grant> {
    let read = grants.iter().filter(|grant| {
        let is_one = grant.encode().len() <= LONGEST_GRANT && grant.check().is_ok();
        is_one && is_entitled(circle, &grant.to, &grant.keys)
    });
    read.cloned().collect()
}

fn is_entitled(circle: &Circle, device: &DeviceId, keys: &[(StreamId, u64)]) -> bool {
    let own = circle.entitlement(device);
    let has = |(stream, epoch): &(StreamId, u64)| {
        let mut on = own.iter().filter(|(id, _)| id == stream);
        on.any(|(_, epochs)| epochs.contains(epoch))
    };
    keys.iter().all(has)
}

impl<D: Database> Work<'_, D> {
    /// Keeps keys that the device brings for others, and remembers those that it misses.
    pub(super) async fn keep_keys(&mut self, request: &ExchangeRequest) -> Result<(), No> {
        let (circle, device) = (self.caller.circle, self.caller.device);
        let database = &self.api.database;
        let mut grants = keep_entitled(self.circle(), &request.grants);
        // Who has no right to a key has none to give: what they send would only take the place of a good one.
        grants.retain(|grant| is_entitled(self.circle(), &device, &grant.keys));
        if !grants.is_empty() {
            database.keep_grants(circle, grants).await?;
            self.has_changed = true;
        }
        let wanted = self.wanted_keys(request);
        if !wanted.is_empty() {
            self.has_changed |= database.want_keys(circle, device, wanted).await?;
        }
        Ok(())
    }

    /// The keys that it says it misses and may have.
    fn wanted_keys(&self, request: &ExchangeRequest) -> Vec<(StreamId, u64)> {
        let wanted: BTreeSet<_> = request.wanted.iter().copied().collect();
        let own = wanted
            .into_iter()
            .filter(|key| is_entitled(self.circle(), &self.caller.device, &[*key]));
        own.take(MOST_WANTED).collect()
    }

    pub(super) async fn read_grants(
        &self,
        request: &ExchangeRequest,
        after: u64,
    ) -> Result<Vec<StoredGrant>, No> {
        let (circle, device) = (self.caller.circle, self.caller.device);
        let wanted = self.wanted_keys(request);
        // Nothing new and nothing missed, as nearly always: no need to look.
        if wanted.is_empty() && after == self.circle().head().seq {
            return Ok(Vec::new());
        }
        let database = &self.api.database;
        let mut grants = database.read_grants(circle, device, after, wanted).await?;
        // Rights may have gone since.
        grants.retain(|stored| is_entitled(self.circle(), &device, &stored.grant.keys));
        Ok(grants)
    }

    /// Whether it still fits; where not, the device asks again.
    pub(super) fn answer_grant(&mut self, grant: Grant, answer: &mut ExchangeAnswer) -> bool {
        let fits = self.budget.try_take_object(grant.encode().len());
        match fits {
            true => answer.grants.push(grant),
            false => answer.more = true,
        }
        fits
    }

    /// What others miss and this device may have.
    pub(super) async fn answer_wanted(&mut self, answer: &mut ExchangeAnswer) -> Result<(), No> {
        let device = self.caller.device;
        let wanted = self.api.database.read_wanted(self.caller.circle).await?;
        for (to, stream, epoch) in wanted {
            let key = [(stream, epoch)];
            let can_help = to != device
                && is_entitled(self.circle(), &to, &key)
                && is_entitled(self.circle(), &device, &key);
            if can_help && self.budget.try_take_name() {
                answer.wanted.push((to, stream, epoch));
            }
        }
        Ok(())
    }
}
