//! A hold, before a removal: the server takes no more frames of these devices for a minute and
//! answers their last headers, so that no acknowledged frame becomes void and a flood cannot
//! put the removal off.

use crate::clock::Millis;
use crate::control::Cut;
use crate::form::object;
use crate::id::{CircleId, DeviceId};

object! {
    /// Asks to hold devices. Only who may remove them is heard.
    pub struct HoldRequest, "hold request" {
        /// Which circle.
        circle: CircleId = 1,
        /// Which devices.
        devices: Vec<DeviceId> = 2,
    }
}

object! {
    /// What the removal has to name.
    pub struct HoldAnswer, "hold answer" {
        /// The last frame of each of these devices in each stream where it has one.
        cuts: Vec<Cut> = 1,
        /// Until when they are held, by the server's clock.
        until: Millis = 2,
    }
}
