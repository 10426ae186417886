//! When this device says in the chain that it is here with all its keys. Until somebody says so they
//! were approved and no more: what only they could open besides would be lost with this phone.
//!
//! Nothing of it is kept: a device that the chain does not show as arrived wants it after
//! every exchange, so that no crash, conflict or lost entry can swallow it.

use super::acts::Prepared;
use super::{Intent, Replica, Sent};
use hearth_protocol::control::Standing;

impl Replica {
    /// Wants to say it, if it is so. Whoever drives the replica asks only where nothing is left to
    /// prove about the circle that this phone came into.
    pub fn intend_arrival(&mut self) {
        let is_open = self.trouble.is_none() && self.circle.standing() == Standing::Open;
        if is_open && self.server_key().is_some() && self.may_arrive() {
            self.intend(Intent::Arrive);
        }
    }

    /// Whether it is so and the chain does not show it. A store that changes its keys says it
    /// under the new ones.
    pub(super) fn may_arrive(&self) -> bool {
        let me = &self.me.device;
        self.circle.is_active(me)
            && !self.circle.has_arrived(me)
            && !self.is_waiting_for_keys()
            && self.keys_missing().is_empty()
    }
}

impl Sent {
    /// Whether the request said that this device has arrived.
    #[must_use]
    pub fn is_arriving(&self) -> bool {
        let is_it = |prepared: &Prepared| prepared.intent == Intent::Arrive;
        self.intent.as_ref().is_some_and(is_it)
    }
}
