//! Drafts: begun, kept as they are typed, thrown away and put back.

use super::Vault;
use crate::draft::{Draft, DraftPatch};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::record::RecordKind;
use hearth_protocol::EntityId;
use hearth_protocol::sorted::sort_by_key;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Everything unsaved that has something in it, newest first.
    #[must_use]
    pub fn drafts(&self) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = self
            .drafts
            .values()
            .filter(|draft| draft.has_content())
            .cloned()
            .collect();
        sort_by_key(&mut drafts, |draft| {
            std::cmp::Reverse((draft.kept, draft.id))
        });
        drafts
    }

    pub(super) fn begin(&self, kind: RecordKind) -> Result<Draft, Failure> {
        let (now, today) = (self.surroundings.now(), self.surroundings.today());
        Ok(Draft::new(
            self.new_id()?,
            kind,
            now,
            self.last_child,
            today,
        ))
    }

    pub(super) fn edit(&self, id: EntityId) -> Result<Draft, Failure> {
        match self.drafts.get(&id) {
            Some(draft) => Ok(draft.clone()),
            None => {
                let record = self.record(id)?;
                match record.is_mine {
                    true => Ok(Draft::edit(&record, self.surroundings.now())),
                    false => Err(Failure::NotYours),
                }
            }
        }
    }

    pub(super) async fn journal(
        &mut self,
        id: EntityId,
        kind: RecordKind,
        patch: DraftPatch,
    ) -> Result<(), Failure> {
        let mut draft = self.draft(id, kind);
        draft.apply(patch, self.surroundings.now());
        self.keep(draft).await
    }

    pub(super) async fn discard(&mut self, id: EntityId) -> Result<Draft, Failure> {
        let draft = self.drafts.get(&id).cloned().ok_or(Failure::NotFound)?;
        self.commit(vec![Write::Delete {
            table: Table::Drafts,
            key: id.0.to_vec(),
        }])
        .await?;
        self.drafts.remove(&id);
        Ok(draft)
    }

    /// Makes a draft durable as it is now.
    pub(super) async fn keep(&mut self, draft: Draft) -> Result<(), Failure> {
        self.commit(vec![self.put(
            Table::Drafts,
            &draft.id.0,
            &draft.encode(),
        )?])
        .await?;
        self.drafts.insert(draft.id, draft);
        Ok(())
    }

    /// The draft as it is kept; one that is not kept yet, or that another tab saved meanwhile,
    /// begins from what the vault knows of the entity.
    pub(super) fn draft(&self, id: EntityId, kind: RecordKind) -> Draft {
        let now = self.surroundings.now();
        match (self.drafts.get(&id), self.record(id)) {
            (Some(draft), _) => draft.clone(),
            (None, Ok(record)) => Draft::edit(&record, now),
            (None, Err(_)) => Draft::new(id, kind, now, None, self.surroundings.today()),
        }
    }
}
