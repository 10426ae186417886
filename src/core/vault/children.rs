//! The children of the family, by the names the family chose.

use super::Vault;
use super::bin::is_deleted;
use crate::child::{self, Child};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use hearth_protocol::SortedMap;
use hearth_protocol::sorted::sort_by_key;
use hearth_protocol::{EntityId, Value};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Every child, in the order they were added.
    #[must_use]
    pub fn children(&self) -> Vec<Child> {
        let mut found: Vec<_> = self
            .view
            .iter()
            .filter(|(_, entity)| entity.kind() == child::KIND && !is_deleted(entity))
            .filter_map(|(id, entity)| {
                Some((
                    entity.first(),
                    Child {
                        id,
                        name: entity.text(child::NAME)?.to_owned(),
                    },
                ))
            })
            .collect();
        sort_by_key(&mut found, |(first, child)| (*first, child.id));
        found.into_iter().map(|(_, child)| child).collect()
    }

    pub(super) async fn name_child(
        &mut self,
        id: Option<EntityId>,
        typed: &str,
    ) -> Result<(), Failure> {
        let name = child::tidy_name(typed).ok_or(Failure::Empty)?;
        let id = match id {
            Some(id) => self.view.get(id).map(|_| id).ok_or(Failure::NotFound)?,
            None => self.new_id()?,
        };
        let patch = SortedMap::from([(child::NAME, Value::Text(name))]);
        self.write_changes(vec![(child::KIND, id, patch)], vec![])
            .await
    }
}
