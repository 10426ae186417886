//! Bringing a backup back: its rows come in, and this phone goes on under keys of its own.

use super::staging::{Staging, end_staging};
use super::{LAST_BACKUP, LastBackup};
use crate::backup::{INDEX, Index, Reader, Row};
use crate::messages::Failure;
use crate::photo;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::replica::{Loader, Replica};
use crate::vault::Vault;
use crate::vault::open::choose_circle;
use crate::vault::sync::draw_from;
use hearth_protocol::{Change, CircleId, SortedMap};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What a backup brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// Records on the phone now, those in the bin among them.
    pub records: usize,
    /// Photos on the phone now, with file and thumbnail.
    pub photos: usize,
    /// Rows of the file that did not open. The server may still have what they held.
    pub damaged: usize,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Brings a backup back. What was told on this phone before stays, and moves into the circle
    /// of the backup; a file of the circle that it is in fills what is missing here. Until one
    /// last transaction nothing of it is shown, and a restore that failed can be tried again.
    ///
    /// # Errors
    /// [`Failure::NotABackup`], [`Failure::LaterBackup`], [`Failure::WrongPassphrase`];
    /// [`Failure::SharedAlready`] where others read the circle that this phone is in;
    /// [`Failure::Damaged`] where the rows that open all others are gone.
    pub async fn restore(&mut self, file: &[u8], passphrase: &str) -> Result<Restored, Failure> {
        let mut reader = Reader::open(file, passphrase)?;
        self.freshen().await?;
        let mut staging = Staging::default();
        while let Some(row) = reader.next_row() {
            if row.table == INDEX {
                self.take_index(&row, &mut staging)?;
            } else {
                self.stage(row, &mut staging).await?;
            }
        }
        self.flush(&mut staging).await?;
        let lost = reader.damaged().len() + usize::from(reader.is_cut_off());
        let damaged = staging.missing(lost);
        self.come_back(staging, lost).await?;
        let (records, photos) = (self.records().count(), self.whole_photos().await?);
        Ok(Restored {
            records,
            photos,
            damaged,
        })
    }

    /// The last one counts the rows that went in; the first one says early whether they may come.
    fn take_index(&self, row: &Row, staging: &mut Staging) -> Result<(), Failure> {
        if let Some(index) = Index::decode(&row.value) {
            self.check_may_come(&index.circle)?;
            staging.index = Some(index);
        }
        Ok(())
    }

    fn check_may_come(&self, circle: &CircleId) -> Result<(), Failure> {
        self.check_may_stop_recovering()?;
        let replica = self.replica.as_ref();
        let may = replica.is_none_or(|own| own.id() == *circle || own.is_only_this_phone());
        may.then_some(()).ok_or(Failure::SharedAlready)
    }

    /// From this one transaction on the backup is here.
    async fn come_back(&mut self, mut staging: Staging, lost: usize) -> Result<(), Failure> {
        let mut loader = Loader::default();
        staging
            .circle
            .iter()
            .for_each(|(key, row)| loader.take(key, row));
        let restored = choose_circle(loader).ok_or(Failure::Damaged)?;
        self.check_may_come(&restored.id())?;
        let has_gaps = staging.has_gaps(lost);
        let circle = std::mem::take(&mut staging.circle);
        let own = self.replica.as_ref();
        let is_same = own.is_some_and(|own| own.id() == restored.id());
        let mut steps = match is_same {
            true => self.fill_in(&restored, circle).await?,
            false => self.move_in(&restored, circle, has_gaps).await?,
        };
        for (table, row) in staging.small {
            steps.extend(self.step_in(table, &row).await?);
        }
        if let Some(index) = &staging.index {
            let made = self.backup.as_ref().map(|own| own.made);
            let is_news = !is_same || made.is_none_or(|made| made < index.made);
            let row = LastBackup::from(index).encode();
            let row = is_news.then(|| self.put(Table::Meta, LAST_BACKUP, &row));
            steps.extend(row.transpose()?);
        }
        steps.push(end_staging());
        self.is_stale = true;
        self.commit_and_read_back(steps).await?;
        if !is_same {
            self.forget_server();
        }
        self.refresh().await?;
        self.last_child = self.read_last_child().await?;
        self.change_keys_if_due().await?;
        self.look_for_news();
        Ok(())
    }

    /// The circle of the backup takes the place of the one that this phone began.
    async fn move_in(
        &self,
        restored: &Replica,
        circle: SortedMap<Vec<u8>, Vec<u8>>,
        has_gaps: bool,
    ) -> Result<Vec<Write>, Failure> {
        let mut steps = self.leave_own_circle().await?;
        let rows = restored.restored_rows(circle, has_gaps, &draw_from(&self.surroundings))?;
        for row in rows {
            steps.push(self.step_of(&row)?);
        }
        Ok(steps)
    }

    /// The circle of the backup is this phone's: only keys that are missing come out of it.
    async fn fill_in(
        &self,
        restored: &Replica,
        circle: SortedMap<Vec<u8>, Vec<u8>>,
    ) -> Result<Vec<Write>, Failure> {
        let own = self.replica.as_ref();
        if own.is_some_and(|own| own.me().person != restored.me().person) {
            return Err(Failure::SharedAlready);
        }
        let mut steps = Vec::new();
        for (key, row) in circle {
            let is_key = Replica::is_epoch_key(&key, &restored.id());
            if is_key && self.kept_row(Table::Circles, &key).await?.is_none() {
                steps.push(self.put(Table::Circles, &key, &row)?);
            }
        }
        Ok(steps)
    }

    /// A small row, unless it is here already: as it is, or told in a frame since.
    async fn step_in(&self, table: Table, row: &Row) -> Result<Option<Write>, Failure> {
        if self.kept_row(table, &row.key).await?.is_some() {
            return Ok(None);
        }
        let change = match table {
            Table::Changes => Change::decode(&row.value).ok(),
            _ => None,
        };
        if change.is_some_and(|change| self.is_told(&change)) {
            return Ok(None);
        }
        self.put(table, &row.key, &row.value).map(Some)
    }

    async fn whole_photos(&self) -> Result<usize, Failure> {
        let here = self.store.keys(Table::Blobs).await?;
        let here: HashSet<Vec<u8>> = here.into_iter().collect();
        let photos = self.view.iter();
        let photos = photos.filter(|(_, entity)| {
            let mut files = [photo::BLOB, photo::THUMBNAIL].into_iter();
            entity.kind() == photo::KIND
                && files.all(|field| {
                    let file = entity.entity(field);
                    file.is_some_and(|file| here.contains(&file.0[..]))
                })
        });
        Ok(photos.count())
    }
}
