//! The circles as their chains fold, kept at hand. The database's head decides: what is kept here is only ever ahead of nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use hearth_protocol::control::{Circle, ControlHead, Rights, SignedEntry};
use hearth_protocol::{CircleId, DeviceId, Hash, Millis};

use crate::db::{Database, DatabaseError, Stored};

/// Circles kept at hand. A family's takes some kilobytes.
const MOST_KEPT: usize = 1024;

/// A circle as far as the database holds it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) circle: Circle,
    /// The hash of every entry, in order.
    chain: Vec<Hash>,
}

impl Known {
    /// Takes one more entry of the database's.
    fn take(&mut self, entry: &SignedEntry) -> Stored<()> {
        let applied = self.circle.apply(entry);
        applied.map_err(|_| DatabaseError::Damaged("control entry"))?;
        self.chain.push(self.circle.head().hash);
        Ok(())
    }

    /// Whether this entry is in the chain; the start always is.
    pub(crate) fn has_entry(&self, head: &ControlHead) -> bool {
        let place = usize::try_from(head.seq).unwrap_or(usize::MAX);
        match place.checked_sub(1) {
            None => *head == ControlHead::START,
            Some(at) => self.chain.get(at) == Some(&head.hash),
        }
    }

    /// The entry at this place; the start for 0 and for places that are not taken.
    pub(crate) fn head_at(&self, seq: u64) -> ControlHead {
        let place = usize::try_from(seq).ok().and_then(|seq| seq.checked_sub(1));
        let hash = place.and_then(|place| self.chain.get(place));
        hash.map_or(ControlHead::START, |hash| ControlHead { seq, hash: *hash })
    }

    /// What the device's person may do, where it is active and the role has not ended.
    pub(crate) fn rights(&self, device: &DeviceId, now: Millis) -> Option<&Rights> {
        let person = self.circle.person(device)?;
        if !self.circle.is_active(device) {
            return None;
        }
        let mut members = self.circle.members();
        let (_, rights) = members.find(|(member, _)| *member == person)?;
        rights.ends.is_none_or(|ends| now < ends).then_some(rights)
    }
}

/// The newest used circles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Circles {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    circles: BTreeMap<CircleId, (u64, Arc<Known>)>,
    /// Counts uses, so that the one longest unused goes.
    uses: u64,
}

impl Circles {
    /// The circle as the database has it now, and the bytes that it takes: one read, known or not. One that is not there has
    /// no entries.
    pub(crate) async fn read(
        &self,
        database: &impl Database,
        id: CircleId,
    ) -> Stored<(Arc<Known>, u64)> {
        let mut known = self.find(&id).unwrap_or_default();
        let head = known.circle.head();
        let tail = database.read_control(id, head).await?;
        if tail.follows && tail.entries.is_empty() {
            return Ok((known, tail.used));
        }
        if !tail.follows {
            known = Arc::default();
        }
        let newest = Arc::make_mut(&mut known);
        for entry in &tail.entries {
            newest.take(entry)?;
        }
        if newest.circle.head().seq > 0 {
            self.keep(id, &known);
        }
        Ok((known, tail.used))
    }

    fn find(&self, id: &CircleId) -> Option<Arc<Known>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let uses = kept.uses;
        let (used, known) = kept.circles.get_mut(id)?;
        *used = uses;
        Some(Arc::clone(known))
    }

    fn keep(&self, id: CircleId, known: &Arc<Known>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let uses = kept.uses;
        kept.circles.insert(id, (uses, Arc::clone(known)));
        if kept.circles.len() > MOST_KEPT {
            let oldest = kept.circles.iter().min_by_key(|(_, (used, _))| *used);
            let oldest = oldest.map(|(id, _)| *id);
            oldest.and_then(|id| kept.circles.remove(&id));
        }
    }
}
