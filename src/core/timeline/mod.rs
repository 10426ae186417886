//! The timeline: records by the day they happened, newest first.

use crate::record::{RecordKind, Summary};
use hearth_protocol::EntityId;
use serde::{Deserialize, Serialize};

/// Which records to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// Of this kind only.
    pub kind: Option<RecordKind>,
    /// About this child only.
    pub child: Option<EntityId>,
    /// Those in the bin instead of the others.
    pub in_bin: bool,
    /// Those of which the server lacks something, in the bin or not.
    pub is_waiting: bool,
}

/// A stretch of the timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Newest day first; of one day, latest written first. The bin: latest deleted first.
    pub records: Vec<Summary>,
    /// How many there are with this filter.
    pub total: usize,
}
