//! Finding a circle with nothing but a recovery key.

use crate::form::object;
use crate::id::DeviceId;

object! {
    /// Somebody with recovery words asks where they lead, signed by the key that grows from them.
    pub struct RecoveryFind, "recovery find" {
        /// The recovery key, which signs.
        key: DeviceId = 1,
    }
}

object! {
    /// Where this recovery key counts now. Anybody can name a key in a circle of their own: only what opens with the words is theirs.
    pub struct RecoveryFound, "recovery found" {
        /// The circles' ids, each sealed under its phrase, the one that was first here first.
        sealed: Vec<Vec<u8>> = 1,
    }
}
