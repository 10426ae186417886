//! The server's card and clock: who it is, and how far this phone's clock is from its own.

use super::{Progress, Vault};
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::{Intent, Replica};
use hearth_protocol::exchange::ServerCard;
use hearth_protocol::limits::LONGEST_SMALL_MESSAGE;
use hearth_protocol::request::{RequestProof, ServerTime};
use hearth_protocol::{Millis, Object};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Who the server is, and what its clock says.
    pub(super) fn take_card(&mut self, body: &[u8]) -> Progress {
        let card = ServerCard::decode(body, LONGEST_SMALL_MESSAGE);
        let Ok(card) = card else {
            return Progress::Wait;
        };
        if let Some(replica) = &mut self.replica
            && replica.needs_server()
        {
            replica.intend(Intent::SetServer {
                address: self.line.origin.clone().unwrap_or_default(),
                key: card.key,
            });
        }
        self.line.card_is_due = false;
        let replica = self.replica.as_ref();
        let pinned = replica.and_then(Replica::server_key);
        let is_other = pinned.is_some_and(|pinned| pinned != card.key);
        self.line.other_server = is_other.then_some(card.key);
        self.line.skew = skew(card.time, self.surroundings.now());
        Progress::GoOn
    }

    /// Only the pinned server's word sets the clock right, and only in answer to this call. At
    /// the founding it is not pinned yet: then the card's key has to do. Who has joined and heard
    /// of no entry yet has no key at all: then it is the card's time.
    pub(super) fn take_time(&mut self, proof: Option<RequestProof>, body: &[u8]) -> Progress {
        let told = ServerTime::decode(body, LONGEST_SMALL_MESSAGE);
        let key = self
            .replica
            .as_ref()
            .and_then(|replica| replica.expected_server_key());
        let (Ok(told), Some(proof)) = (told, proof) else {
            return Progress::Wait;
        };
        let Some(key) = key else {
            self.line.card_is_due = true;
            return Progress::GoOn;
        };
        match told.verify(&proof, &key) {
            Ok(time) => {
                self.line.skew = skew(time, self.surroundings.now());
                Progress::GoOn
            }
            Err(_) => Progress::Wait,
        }
    }

    /// Whether the clock is wrong, and only the server's card can say by how much.
    pub(in crate::vault) fn is_card_due(&self) -> bool {
        self.line.card_is_due
    }

    /// The server's time, as far as it is known.
    pub(in crate::vault) fn server_time(&self) -> Millis {
        self.surroundings
            .now()
            .saturating_add_signed(self.line.skew)
    }
}

fn skew(server: Millis, here: Millis) -> i64 {
    let signed = |time: Millis| i64::try_from(time).unwrap_or(i64::MAX);
    signed(server).saturating_sub(signed(here))
}
