//! Another server stands where the circle's own was: set up anew after a loss, or one that the
//! circle was brought to by a backup. Its signature proves nothing of what was confirmed before, so
//! a person who manages says first that it is to have the circle.

use super::Vault;
use crate::circle::{CircleView, SyncTrouble};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::Replica;
use hearth_protocol::exchange::{EntryCode, ExchangeAnswer};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Whether the server refused the chain because it names another one. Its card says who it is.
    pub(super) fn note_server(&mut self, answer: &ExchangeAnswer) -> bool {
        let mut appended = answer.appended.iter();
        let is_other = appended.any(|answer| answer.code == EntryCode::OtherServer);
        match is_other {
            true => self.line.card_is_due |= self.line.other_server.is_none(),
            false => self.line.other_server = None,
        }
        is_other
    }

    /// Whether the circle's own server is not there.
    pub(in crate::vault) fn is_at_other_server(&self) -> bool {
        self.line.other_server.is_some()
    }

    /// What is said of it.
    pub(in crate::vault) fn other_server(&self) -> Option<SyncTrouble> {
        let replica = self.replica.as_ref()?;
        let may_move = replica.is_manager();
        let is_moving = replica.intends_server();
        let is_other = self.is_at_other_server() && !is_moving;
        is_other.then_some(SyncTrouble::OtherServer { may_move })
    }

    /// The circle is to be on the server that stands there now: it gets the whole chain with its
    /// own name at the end, and then everything that is here.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where the circle's own server is there, or another person has to say it.
    pub(in crate::vault) fn move_to_server(&mut self) -> Result<CircleView, Failure> {
        let address = self.line.origin.clone().ok_or(Failure::NotFound)?;
        let key = self.line.other_server.ok_or(Failure::NotFound)?;
        let replica = self
            .replica
            .as_mut()
            .filter(|replica| Replica::is_manager(replica));
        replica.ok_or(Failure::NotFound)?.move_to(address, key);
        self.look_for_news();
        Ok(self.circle())
    }
}
