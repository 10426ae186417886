//! The entries of every circle, in their order.

use hearth_protocol::control::{Act, ControlHead, Cut, SignedEntry};
use hearth_protocol::frame::ChainPoint;
use hearth_protocol::grant::Grant;
use hearth_protocol::{CircleId, DeviceId, Millis};

use super::Stored;

/// The chain of a circle from some entry on.
#[derive(Clone, Debug, Default)]
pub struct ControlTail {
    /// Whether the entry asked about is in the chain. If not, `entries` begin with the first.
    pub follows: bool,
    /// In order.
    pub entries: Vec<SignedEntry>,
    /// Bytes that the circle takes, attachments included.
    pub used: u64,
}

/// What the cuts of an entry must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutRule {
    /// The last headers that are here.
    Exact,
    /// Not before the last headers that are here: for an entry that an earlier copy took, when frames may be missing.
    NothingBeyond,
    /// Whatever they are: this server took the entry before.
    Unchecked,
}

impl CutRule {
    /// Whether `cut` may be made where `ours` is the last header here.
    #[must_use]
    pub fn allows(self, cut: &Cut, ours: ChainPoint) -> bool {
        let is_same = cut.dev_seq == ours.dev_seq && cut.header == ours.header;
        match self {
            Self::Exact => is_same,
            Self::NothingBeyond => is_same || ours.dev_seq < cut.dev_seq,
            Self::Unchecked => true,
        }
    }
}

/// One entry with what comes with it.
#[derive(Clone, Debug)]
pub struct EntryAppend {
    /// Which circle.
    pub circle: CircleId,
    /// The head that it follows.
    pub after: ControlHead,
    /// Its own place and hash.
    pub head: ControlHead,
    /// The entry.
    pub entry: SignedEntry,
    /// Keys for those whom it makes entitled.
    pub grants: Vec<Grant>,
    /// The cuts that it makes.
    pub cuts: Vec<Cut>,
    /// What they must be.
    pub rule: CutRule,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryOutcome {
    /// It is the head now.
    Appended,
    /// Another entry came first: look again.
    HeadMoved,
    /// Frames came that its cuts do not know of.
    CutsDiffer,
}

/// Anybody can name a key in a circle of their own: so many are looked at.
pub const MOST_FOUND: usize = 8;

/// The recovery keys that an entry names.
pub(super) fn recovery_keys(entry: &SignedEntry) -> Vec<DeviceId> {
    let acts = entry.read().ok().and_then(|entry| entry.acts);
    let named = acts.into_iter().flatten().filter_map(|act| match act {
        Act::RecoverySet(act) => Some(act.keys.id()),
        _ => None,
    });
    named.collect()
}

/// The control log's part of a database.
pub trait ControlDatabase {
    /// The entries after `after`; all of them where that is not in the chain, none of a circle that is not here.
    fn read_control(
        &self,
        circle: CircleId,
        after: ControlHead,
    ) -> impl Future<Output = Stored<ControlTail>> + Send;

    /// Appends one entry with its grants, where the head is still the one it follows.
    fn append_entry(
        &self,
        append: EntryAppend,
    ) -> impl Future<Output = Stored<EntryOutcome>> + Send;

    /// Takes no more frames of these devices before `until`; gives the last header of each in each stream that has one.
    fn hold_devices(
        &self,
        circle: CircleId,
        devices: Vec<DeviceId>,
        until: Millis,
    ) -> impl Future<Output = Stored<Vec<Cut>>> + Send;

    /// The circles that named this recovery key, the one that did so first here first; [`MOST_FOUND`] at most.
    fn find_recovery(&self, key: DeviceId) -> impl Future<Output = Stored<Vec<CircleId>>> + Send;

    /// Every circle that is here.
    fn list_circles(&self) -> impl Future<Output = Stored<Vec<CircleId>>> + Send;
}
