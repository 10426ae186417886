//! What people and phones are called: written down for everybody in the circle.

use super::KeptInvite;
use super::inviting::claim_of;
use crate::circle::card;
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::vault::Vault;
use hearth_protocol::SortedMap;
use hearth_protocol::{InviteId, Value};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// What the newcomer is called, for everybody in the circle.
    pub(super) async fn write_cards(
        &mut self,
        id: InviteId,
        invite: &KeptInvite,
    ) -> Result<(), Failure> {
        let Some(claim) = claim_of(id, invite) else {
            return Ok(());
        };
        let name = card::tidy_name(&claim.name);
        let (kind, of) = match claim.person {
            Some(person) => (card::PERSON, person.0),
            None => (card::DEVICE, claim.keys.id().0),
        };
        self.write_card(kind, of, &name).await
    }

    /// What this person is called, for everybody in the circle.
    pub(super) async fn name_person(&mut self, name: &str) -> Result<(), Failure> {
        let Some(replica) = &self.replica else {
            return Ok(());
        };
        let person = replica.me().person.0;
        self.write_card(card::PERSON, person, name).await
    }

    async fn write_card(&mut self, kind: u64, of: [u8; 16], name: &str) -> Result<(), Failure> {
        if name.is_empty() || self.name_of(&of) == name {
            return Ok(());
        }
        let cards = self.cards.get(&of).and_then(|cards| cards.first().copied());
        let card = match cards {
            Some(card) => card,
            None => self.new_id()?,
        };
        let patch = SortedMap::from([
            (card::OF, Value::Bytes(of.to_vec())),
            (card::NAME, Value::Text(name.to_owned())),
        ]);
        self.write_changes(vec![(kind, card, patch)], vec![]).await
    }
}
