//! Opening: read the circle, every change and every frame, build the view, find the drafts.

use super::sealing::Sealing;
use super::sync::{Line, MOST_AT_ONCE};
use super::{Closed, Vault, bin, rule_of};
use crate::draft::{Draft, DraftError};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Row, Store, Table};
use crate::sync::merge::View;
use crate::sync::replica::{Loader, OpenedFrame, Replica};
use hearth_protocol::sorted::sort_by_key;
use hearth_protocol::{
    Change, ChangeError, EntityId, HlcClock, Key, SealError, SortedMap, SortedSet,
};
use std::collections::BTreeMap;

/// Rows read at a time: enough that the round trips do not count, little enough memory.
const ROWS_AT_ONCE: usize = 1_000;

pub(super) const LAST_CHILD: &[u8] = b"last-child";

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Opens the vault in `store` with its key. A row that does not open is counted and kept.
    ///
    /// # Errors
    /// [`Failure::Lost`]: the store does not answer.
    pub async fn open(store: S, key: &Key, surroundings: E) -> Result<Self, Failure> {
        let mut vault = Self {
            store,
            surroundings,
            sealing: Sealing::new(key),
            clock: HlcClock::default(),
            view: View::new(rule_of),
            photos: BTreeMap::new(),
            notes: BTreeMap::new(),
            cards: BTreeMap::new(),
            backup: None,
            loss: None,
            photo_rule: super::sync::PhotoRule::default(),
            went_back: None,
            invites: super::invites::Invites::default(),
            removals: super::removals::Removals::default(),
            words: super::words::Words::default(),
            replica: None,
            line: Line::default(),
            most_at_once: MOST_AT_ONCE,
            is_stale: false,
            shown: 0,
            ending: SortedSet::new(),
            drafts: SortedMap::new(),
            last_child: None,
            closed_changes: Closed::default(),
            closed_drafts: Closed::default(),
        };
        vault.refresh().await?;
        vault.last_child = vault.read_last_child().await?;
        Ok(vault)
    }

    /// Takes in what another tab wrote.
    ///
    /// # Errors
    /// [`Failure::Lost`]
    pub async fn refresh(&mut self) -> Result<(), Failure> {
        self.read_all().await?;
        self.read_drafts().await
    }

    /// Builds everything that is shown, but for the drafts, from what is kept.
    pub(super) async fn read_all(&mut self) -> Result<(), Failure> {
        // Should a read fail half-way, the next step begins here again.
        self.is_stale = true;
        self.view = View::new(rule_of);
        self.photos.clear();
        self.notes.clear();
        self.cards.clear();
        self.closed_changes = Closed::default();
        let older = self.replica.take();
        self.replica = self.read_circle().await?;
        if let (Some(replica), Some(older)) = (&mut self.replica, older) {
            replica.take_over(older);
        }
        if let Some(replica) = &self.replica {
            self.view.add_own_person(replica.me().person);
        }
        self.read_frames().await?;
        self.read_changes().await?;
        self.ending = self.read_endings().await?;
        self.read_receipts().await?;
        self.backup = self.read_last_backup().await?;
        self.read_noticed().await?;
        self.photo_rule = self.read_photo_rule().await?;
        self.read_invites().await?;
        self.read_removals().await?;
        self.read_words().await?;
        self.is_stale = false;
        Ok(())
    }

    /// The circle of this phone.
    async fn read_circle(&mut self) -> Result<Option<Replica>, Failure> {
        let mut loader = Loader::default();
        let mut damaged = 0;
        self.each_row(Table::Circles, |sealing, (key, row)| {
            match sealing.open(Table::Circles, &key, &row) {
                Ok(row) => loader.take(&key, &row),
                Err(_) => damaged += 1,
            }
        })
        .await?;
        self.closed_changes.damaged += damaged + loader.damaged();
        Ok(choose_circle(loader))
    }

    async fn read_frames(&mut self) -> Result<(), Failure> {
        let Some(mut replica) = self.replica.take() else {
            return Ok(());
        };
        let mut opened: Vec<OpenedFrame> = Vec::new();
        let mut closed = Closed::default();
        let read = self
            .each_row(Table::Frames, |sealing, (key, row)| {
                match sealing.open(Table::Frames, &key, &row) {
                    Ok(row) if replica.owns(&key) => match replica.load_frame(&key, &row) {
                        Ok(frame) => opened.extend(frame),
                        Err(_) => closed.damaged += 1,
                    },
                    Ok(_) | Err(SealError::Later(_)) => closed.later += 1,
                    Err(SealError::DoesNotOpen) => closed.damaged += 1,
                }
            })
            .await;
        replica.finish_loading();
        self.closed_changes.damaged += closed.damaged;
        self.closed_changes.later += closed.later;
        self.replica = Some(replica);
        read?;
        for frame in opened {
            self.take_frame(frame);
        }
        Ok(())
    }

    async fn read_changes(&mut self) -> Result<(), Failure> {
        let mut rows = Vec::new();
        self.each_row(Table::Changes, |sealing, (key, row)| {
            let opened = sealing.open(Table::Changes, &key, &row);
            rows.push((key, opened.map(|bytes| Change::decode(&bytes))));
        })
        .await?;
        for (key, change) in rows {
            match (key.as_slice().try_into(), change) {
                (Ok(key), Ok(Ok(change))) => self.take_waiting(key, change),
                (_, Ok(Err(ChangeError::Later(_))) | Err(SealError::Later(_))) => {
                    self.closed_changes.later += 1;
                }
                _ => self.closed_changes.damaged += 1,
            }
        }
        Ok(())
    }

    pub(super) async fn each_row(
        &self,
        table: Table,
        mut take: impl FnMut(&Sealing, Row),
    ) -> Result<(), Failure> {
        let mut after: Option<Vec<u8>> = None;
        loop {
            let rows = self
                .store
                .scan(table, after.as_deref(), ROWS_AT_ONCE)
                .await?;
            match rows.last() {
                Some((key, _)) => after = Some(key.clone()),
                None => return Ok(()),
            }
            rows.into_iter().for_each(|row| take(&self.sealing, row));
        }
    }

    async fn read_drafts(&mut self) -> Result<(), Failure> {
        let rows = self.store.scan(Table::Drafts, None, usize::MAX).await?;
        self.drafts.clear();
        self.closed_drafts = Closed::default();
        for (key, row) in rows {
            let id = <[u8; 16]>::try_from(key.as_slice()).map(EntityId);
            let opened = self.sealing.open(Table::Drafts, &key, &row);
            match (id, opened) {
                (Ok(id), Ok(bytes)) => match Draft::decode(id, &bytes) {
                    Ok(draft) => {
                        self.drafts.insert(id, draft);
                    }
                    Err(DraftError::Later) => self.closed_drafts.later += 1,
                    Err(DraftError::Malformed) => self.closed_drafts.damaged += 1,
                },
                (_, Err(SealError::Later(_))) => self.closed_drafts.later += 1,
                _ => self.closed_drafts.damaged += 1,
            }
        }
        Ok(())
    }

    pub(super) async fn read_last_child(&self) -> Result<Option<EntityId>, Failure> {
        let row = self.store.get(Table::Meta, LAST_CHILD).await?;
        let bytes = row.and_then(|row| self.sealing.open(Table::Meta, LAST_CHILD, &row).ok());
        Ok(bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(EntityId)
            .filter(|child| {
                self.view
                    .get(*child)
                    .is_some_and(|entity| !bin::is_deleted(entity))
            }))
    }
}

/// Two tabs that began a circle at the same time leave two: the one that a server knows is it,
/// else the one with the smaller name.
pub(super) fn choose_circle(loader: Loader) -> Option<Replica> {
    let mut found = loader.finish();
    sort_by_key(&mut found, |replica| {
        (!replica.is_known_to_server(), replica.id())
    });
    found.into_iter().next()
}
