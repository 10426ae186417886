//! A server without room: it is asked again later, longer each time, and everything else goes on.

use super::Vault;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::Replica;
use hearth_protocol::Millis;

const MINUTE: Millis = 60 * 1000;
/// The longest until it is asked again.
const HOUR: Millis = 60 * MINUTE;

/// The server had no room for a photo.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoRoom {
    /// When it is asked again, by this phone's clock.
    until: Millis,
    /// How long it was waited for that.
    wait: Millis,
}

impl NoRoom {
    fn after(before: Option<Self>, now: Millis) -> Self {
        let wait = before.map_or(MINUTE, |before| (before.wait * 2).min(HOUR));
        let until = now.saturating_add(wait);
        Self { until, wait }
    }

    /// Milliseconds that are left. A clock that was set back does not make it longer.
    fn left(&self, now: Millis) -> Millis {
        match self.until.saturating_sub(now) {
            left if left > self.wait => 0,
            left => left,
        }
    }
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// The server had no room for it.
    pub(super) fn note_no_room(&mut self) {
        let now = self.surroundings.now();
        self.line.upload = None;
        self.line.no_room = Some(NoRoom::after(self.line.no_room, now));
    }

    /// Whether photos stay here for now, because the server had no room a moment ago.
    pub(super) fn waits_for_room(&self) -> bool {
        self.wait_for_room().is_some()
    }

    /// How many milliseconds are left until a server that had no room is asked again; nothing
    /// where it is not waited for.
    #[must_use]
    pub fn wait_for_room(&self) -> Option<Millis> {
        let now = self.surroundings.now();
        let left = self.line.no_room.map(|room| room.left(now));
        left.filter(|left| *left > 0)
    }

    /// Somebody asked: there may be room now.
    pub(in crate::vault) fn look_for_room(&mut self) {
        if let Some(room) = &mut self.line.no_room {
            room.until = 0;
        }
    }

    /// Whether something stays here because the server has no room for it.
    pub(in crate::vault) fn is_server_full(&self) -> bool {
        let is_for_frames = self.replica.as_ref().is_some_and(Replica::is_server_full);
        is_for_frames || self.line.no_room.is_some() && self.has_photos_to_send()
    }
}
