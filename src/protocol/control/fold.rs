//! Taking entries in, one after another.

use super::circle::{Circle, Owed};
use super::entry::{ControlHead, Entry, SignedEntry};
use super::rules::{self, RuleBroken};
use crate::form::FormError;
use crate::key::VerifyKey;

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It counts. These keys have to come with it.
    New(Vec<Owed>),
    /// It was there already.
    Known,
    /// It is chained and kept; what it does is known after an update.
    NotUnderstood,
}

/// Why an entry does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// Not an entry.
    #[error(transparent)]
    Form(#[from] FormError),
    /// The signer is unknown, or did not sign this.
    #[error("not signed by a key of this circle")]
    BadSignature,
    /// It does not follow this head: fetch what is between, or look at what came first.
    #[error("it does not follow entry {}", .0.seq)]
    WrongPlace(ControlHead),
    /// A valid signature on another entry at a place that is taken: two histories. Keep the
    /// one that is here, stop writing, show both.
    #[error("a second entry at place {0}")]
    TwoHistories(u64),
    /// One of its acts is not allowed, so none of them counts.
    #[error(transparent)]
    Rule(#[from] RuleBroken),
}

impl Circle {
    /// The circle of these entries, from the first one.
    ///
    /// # Errors
    /// See [`ControlError`].
    pub fn from_entries<'a>(
        entries: impl IntoIterator<Item = &'a SignedEntry>,
    ) -> Result<Self, ControlError> {
        let mut circle = Self::default();
        for entry in entries {
            circle.apply(entry)?;
        }
        Ok(circle)
    }

    /// Checks one entry against every rule and takes it in, or leaves the circle as it was.
    ///
    /// # Errors
    /// See [`ControlError`].
    pub fn apply(&mut self, signed: &SignedEntry) -> Result<Applied, ControlError> {
        let entry = signed.read()?;
        if (1..=self.head().seq).contains(&entry.head.seq) {
            return self.compare(signed, &entry);
        }
        if entry.head.seq != self.head().seq + 1 || entry.prev != self.head().hash {
            return Err(ControlError::WrongPlace(self.head()));
        }
        if self.is_ended {
            return Err(RuleBroken::CircleEnded.into());
        }
        if self.understood < self.head().seq {
            // Whose keys count by now only an update can say; chaining it is what is left.
            self.chain.push(entry.head.hash);
            return Ok(Applied::NotUnderstood);
        }
        let key = self.key_that_signs(&entry)?;
        signed
            .verify(&key)
            .map_err(|_| ControlError::BadSignature)?;
        let understood = entry
            .acts
            .as_deref()
            .filter(|acts| !acts.iter().any(rules::is_beyond_this_build));
        let Some(acts) = understood else {
            self.chain.push(entry.head.hash);
            return Ok(Applied::NotUnderstood);
        };
        let mut next = self.clone();
        next.chain.push(entry.head.hash);
        next.understood = entry.head.seq;
        rules::apply_acts(&mut next, &entry, acts)?;
        let owed = rules::keys_owed(self, &next, &entry);
        *self = next;
        Ok(Applied::New(owed))
    }

    /// The key of an active signer; a first entry brings its own.
    fn key_that_signs(&self, entry: &Entry) -> Result<VerifyKey, ControlError> {
        let found = match self.head().seq {
            0 if entry.acts.is_none() => return Err(FormError::Later(entry.version).into()),
            0 => rules::founder(entry).filter(|keys| keys.id() == entry.signer),
            _ => self.key_now(&entry.signer).map(|holder| &holder.keys),
        };
        let keys = found.ok_or(ControlError::BadSignature)?;
        Ok(keys.signing)
    }

    /// An entry at a place that is taken: the same one again, or proof of two histories.
    fn compare(&self, signed: &SignedEntry, entry: &Entry) -> Result<Applied, ControlError> {
        let place = usize::try_from(entry.head.seq).unwrap_or(0);
        let ours = place.checked_sub(1).and_then(|at| self.chain.get(at));
        if ours == Some(&entry.head.hash) {
            return Ok(Applied::Known);
        }
        let holder = self.keys.get(&entry.signer);
        let could_sign = holder.filter(|holder| holder.is_active_at(entry.head.seq - 1));
        let key = could_sign.ok_or(ControlError::BadSignature)?.keys.signing;
        signed
            .verify(&key)
            .map_err(|_| ControlError::BadSignature)?;
        Err(ControlError::TwoHistories(entry.head.seq))
    }
}
