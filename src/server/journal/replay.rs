//! Doing again what a database that went back has forgotten.

use std::collections::{BTreeMap, BTreeSet};

use hearth_protocol::control::{Applied, Circle, ControlHead, SignedEntry};
use hearth_protocol::grant::Grant;
use hearth_protocol::{CircleId, DeviceId, StreamId};

use super::{Erased, Journal, Record};
use crate::db::{CutRule, Database, DatabaseError, EntryAppend, EntryOutcome, Stored};

/// An entry with the keys that came with it.
type Kept = (SignedEntry, Vec<Grant>);

/// What a replay did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Entries that the database lacked.
    pub entries: u64,
    /// Entries that the journal lacked: the server ended between the two.
    pub noted: u64,
}

/// Brings database and journal to the same state: entries that either lacks, and everything that was erased. May be done
/// any number of times.
///
/// # Errors
/// Where either cannot be written.
pub async fn replay(
    database: &impl Database,
    journal: &dyn Journal,
    records: Vec<Record>,
) -> Stored<Replayed> {
    let mut entries: BTreeMap<CircleId, Vec<Kept>> = BTreeMap::new();
    let mut erased = Vec::new();
    for record in records {
        match record {
            Record::Entry {
                circle,
                entry,
                grants,
            } => entries.entry(circle).or_default().push((entry, grants)),
            Record::Erased(gone) => erased.push(gone),
        }
    }
    let mut done = Replayed::default();
    let known = database.list_circles().await?;
    let all: BTreeSet<_> = known.into_iter().chain(entries.keys().copied()).collect();
    for circle in all {
        let kept = entries.remove(&circle).unwrap_or_default();
        let (added, noted) = replay_circle(database, journal, circle, kept).await?;
        done.entries += added;
        done.noted += noted;
    }
    for Erased {
        place,
        frames,
        blobs,
    } in erased
    {
        database.erase_again(place, frames, blobs).await?;
    }
    if done != Replayed::default() {
        tracing::warn!(
            entries = done.entries,
            noted = done.noted,
            "the database and its journal differed, and were brought together"
        );
    }
    Ok(done)
}

async fn replay_circle(
    database: &impl Database,
    journal: &dyn Journal,
    circle: CircleId,
    mut kept: Vec<Kept>,
) -> Stored<(u64, u64)> {
    let tail = database.read_control(circle, ControlHead::START).await?;
    let folded = Circle::from_entries(&tail.entries);
    let mut chain = folded.map_err(|_| DatabaseError::Damaged("control entry"))?;
    let noted = note_missing(journal, circle, &tail.entries, &kept)?;
    kept.sort_by_key(|(entry, _)| entry.read().map_or(u64::MAX, |entry| entry.head.seq));
    let mut added = 0;
    for (entry, grants) in kept {
        let after = chain.head();
        match chain.apply(&entry) {
            Ok(Applied::Known) => {}
            Ok(applied) => {
                let owed = owed(applied, &grants);
                let append = EntryAppend {
                    circle,
                    after,
                    head: chain.head(),
                    entry,
                    grants,
                    cuts: Vec::new(),
                    rule: CutRule::Unchecked,
                };
                if database.append_entry(append).await? == EntryOutcome::Appended {
                    added += 1;
                    want_owed(database, circle, owed).await?;
                }
            }
            Err(error) => {
                tracing::error!(%error, "an entry of the journal does not fit the database, and was left out");
            }
        }
    }
    Ok((added, noted))
}

/// By device, the keys of an entry that did not come with it: older journals have none, and what was noted here after the
/// server ended between the two has none either.
fn owed(applied: Applied, grants: &[Grant]) -> BTreeMap<DeviceId, Vec<(StreamId, u64)>> {
    let mut missed: BTreeMap<DeviceId, Vec<(StreamId, u64)>> = BTreeMap::new();
    let Applied::New(owed) = applied else {
        return missed;
    };
    for debt in owed {
        let is_it =
            |grant: &Grant| grant.to == debt.to && grant.keys.contains(&(debt.stream, debt.epoch));
        if !grants.iter().any(is_it) {
            let keys = missed.entry(debt.to).or_default();
            keys.push((debt.stream, debt.epoch));
        }
    }
    missed
}

/// Who has those keys is asked to bring them again: a recovery key cannot ask before it is needed.
async fn want_owed(
    database: &impl Database,
    circle: CircleId,
    owed: BTreeMap<DeviceId, Vec<(StreamId, u64)>>,
) -> Stored<()> {
    for (device, keys) in owed {
        database.want_keys(circle, device, keys).await?;
    }
    Ok(())
}

/// Entries of the database that the journal lacks.
fn note_missing(
    journal: &dyn Journal,
    circle: CircleId,
    stored: &[SignedEntry],
    kept: &[Kept],
) -> Stored<u64> {
    let kept: BTreeSet<_> = kept.iter().map(|(entry, _)| entry.encode()).collect();
    let mut noted = 0;
    for entry in stored
        .iter()
        .filter(|entry| !kept.contains(&entry.encode()))
    {
        let record = Record::Entry {
            circle,
            entry: entry.clone(),
            grants: Vec::new(),
        };
        journal.keep(&record).map_err(|_| DatabaseError::Journal)?;
        noted += 1;
    }
    Ok(noted)
}
