//! Into a circle without an invite: what an inviter's engine wants, put there by hand. The walk
//! through an invite is the suite `two_phones`.

use super::Phone;
use hearth_core::sync::replica::{Intent, Newcomer};

impl Phone {
    /// Another person comes into this phone's circle. `sync` is how the suite's phones reach the
    /// server.
    pub fn let_in(&mut self, other: &mut Self, sync: impl FnMut(&mut Self)) {
        let newcomer = other.vault.newcomer(None).unwrap();
        let intent = Intent::AddPerson {
            person: newcomer.me().person,
            keys: newcomer.keys(),
            reads_all: true,
        };
        self.bring_in(other, &newcomer, intent, sync);
    }

    /// The same for another phone of this phone's person.
    pub fn let_in_own(&mut self, other: &mut Self, sync: impl FnMut(&mut Self)) {
        let newcomer = other.vault.newcomer(Some(self.me().0)).unwrap();
        let intent = Intent::AddDevice(newcomer.keys());
        self.bring_in(other, &newcomer, intent, sync);
    }

    fn bring_in(
        &mut self,
        other: &mut Self,
        keys: &Newcomer,
        intent: Intent,
        mut sync: impl FnMut(&mut Self),
    ) {
        self.vault.intend(intent);
        sync(self);
        let circle = self.replica().id();
        pollster::block_on(other.vault.join(circle, keys)).unwrap();
        sync(other);
    }
}
