//! Where a change came from, and whether the author of one had seen another.

use super::{Name, Placed, SeenVector};
use hearth_protocol::PersonId;
use std::rc::Rc;

/// Where a change came from: its name, whose it is, and what its author had seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What it is called.
    pub name: Name,
    /// Whose words they are.
    pub person: PersonId,
    /// What the author had seen of other devices in the stream when the frame was made. Of a
    /// waiting change it says nothing: its author had seen every frame that is here.
    pub seen: Rc<SeenVector>,
    /// Where it lies in the server's log; not there yet: nowhere.
    pub placed: Option<Placed>,
}

/// Whether the author of `later` had seen `earlier` when writing. Never true of a change and
/// itself.
///
/// Waiting changes have seen every frame that is here, because they are framed before rows that
/// were pulled are applied.
#[must_use]
pub fn has_seen(later: &Origin, earlier: &Origin) -> bool {
    if later.name.is_of_same_hand(&earlier.name) {
        return later.name > earlier.name;
    }
    match (later.name, earlier.name) {
        (Name::Waiting(_), _) => true,
        (_, Name::Waiting(_)) => false,
        (
            Name::Framed { stream, .. },
            Name::Framed {
                stream: its_stream,
                device,
                dev_seq,
                ..
            },
        ) => stream == its_stream && later.seen.newest(device) >= dev_seq,
    }
}
