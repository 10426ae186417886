//! Bringing a backup back: its rows come in, and this phone goes on under keys of its own.

use super::brought::Brought;
use super::damage::{Damage, Tally};
use super::staging::{Staging, end_staging};
use super::{LAST_BACKUP, LastBackup};
use crate::backup::{INDEX, Index, Opener, Reader, Row, SetName};
use crate::messages::Failure;
use crate::photo;
use crate::ports::{Clock, Random, Source, Store, Table, Write};
use crate::sync::replica::{Loader, Replica};
use crate::vault::Vault;
use crate::vault::open::choose_circle;
use crate::vault::sync::draw_from;
use hearth_protocol::sorted::sort_by_key;
use hearth_protocol::{Change, CircleId, SortedMap};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::num::NonZeroU16;

/// What backups brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// Records on the phone now, those in the bin among them.
    pub records: usize,
    /// Photos on the phone now, with file and thumbnail.
    pub photos: usize,
    /// What did not open of the files. The server may still have what they held.
    pub damage: Damage,
    /// Parts of these backups that are known to be and never came to this phone, from 1, as a
    /// list with commas.
    pub missing: String,
    /// Files that did not open at all, while others did.
    pub closed: usize,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Brings backups back: all their parts at once, or some now and others later, in any order.
    /// What was told on this phone before stays, and moves into the circle of the backup; one of
    /// the circle that it is in fills what is missing here. Until one last transaction nothing of
    /// a backup is shown, and a restore that failed can be tried again.
    ///
    /// # Errors
    /// [`Failure::NotABackup`], [`Failure::LaterBackup`], [`Failure::WrongPassphrase`] where no
    /// file opens; [`Failure::SharedAlready`] where others read the circle that this phone is in;
    /// [`Failure::Damaged`] where the rows that open all others are gone; [`Failure::Lost`] where
    /// a file can no longer be read.
    pub async fn restore(
        &mut self,
        files: &[impl Source],
        passphrase: &str,
    ) -> Result<Restored, Failure> {
        let mut opener = Opener::new(passphrase);
        let (mut readers, mut why_closed) = (Vec::new(), Vec::new());
        for file in files {
            match Reader::open(file, &mut opener).await {
                Ok(reader) => readers.push(reader),
                Err(why) => why_closed.push(why),
            }
        }
        if readers.is_empty() {
            let why = why_closed.into_iter().next();
            return Err(why.map_or(Failure::NotABackup, Failure::from));
        }
        self.freshen().await?;
        sort_by_key(&mut readers, |reader| (reader.set(), reader.part()));
        let mut restored = Restored {
            closed: why_closed.len(),
            ..Restored::default()
        };
        for parts in readers.chunk_by_mut(|one, other| one.set() == other.set()) {
            self.restore_set(parts, &mut restored).await?;
        }
        restored.records = self.records().count();
        restored.photos = self.whole_photos().await?;
        Ok(restored)
    }

    /// Brings back what is here of one backup.
    async fn restore_set(
        &mut self,
        parts: &mut [Reader<'_, impl Source>],
        restored: &mut Restored,
    ) -> Result<(), Failure> {
        let Some(set) = parts.first().map(Reader::set) else {
            return Ok(());
        };
        let mut staging = Staging::default();
        let mut brought = self.read_brought().await?.remove(&set).unwrap_or_default();
        // Of two copies of one part the better one counts.
        let mut damage = SortedMap::new();
        for part in parts {
            let number = part.part().map_or(1, NonZeroU16::get);
            let tally = self.stage_part(part, &mut staging).await?;
            let is_last = match part.part() {
                Some(_) => tally.is_last_part(),
                None => Some(true),
            };
            brought.take(number, is_last);
            let lost = tally.damage();
            let best = damage.get(&number).copied().unwrap_or(lost);
            damage.insert(
                number,
                if lost.total() < best.total() {
                    lost
                } else {
                    best
                },
            );
        }
        self.flush(&mut staging).await?;
        let damage: Damage = damage.into_iter().map(|(_, damage)| damage).sum();
        let has_gaps = damage.may_be_words() || !brought.is_whole();
        self.come_back(set, staging, &brought, has_gaps).await?;
        restored.damage += damage;
        for part in brought.missing() {
            if !restored.missing.is_empty() {
                restored.missing.push_str(", ");
            }
            restored.missing.push_str(&part.to_string());
        }
        Ok(())
    }

    /// Takes in the rows of one part. Its last index counts the rows that went in; the first one
    /// says early whether they may come.
    async fn stage_part(
        &mut self,
        part: &mut Reader<'_, impl Source>,
        staging: &mut Staging,
    ) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        while let Some(row) = part.next_row().await? {
            if row.table != INDEX {
                tally.take(&row);
                self.stage(row, staging).await?;
            } else if let Some(index) = Index::decode(&row.value) {
                self.check_may_come(&index.circle)?;
                staging.index = Some(index.clone());
                tally.index = Some(index);
            }
        }
        tally.closed = part.damaged().len() + usize::from(part.is_cut_off());
        Ok(tally)
    }

    fn check_may_come(&self, circle: &CircleId) -> Result<(), Failure> {
        self.check_may_stop_recovering()?;
        let replica = self.replica.as_ref();
        let may = replica.is_none_or(|own| own.id() == *circle || own.is_only_this_phone());
        may.then_some(()).ok_or(Failure::SharedAlready)
    }

    /// From this one transaction on the backup is here.
    async fn come_back(
        &mut self,
        set: SetName,
        mut staging: Staging,
        brought: &Brought,
        has_gaps: bool,
    ) -> Result<(), Failure> {
        let mut loader = Loader::default();
        staging
            .circle
            .iter()
            .for_each(|(key, row)| loader.take(key, row));
        let restored = choose_circle(loader).ok_or(Failure::Damaged)?;
        self.check_may_come(&restored.id())?;
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
        steps.push(self.keep_brought(set, brought).await?);
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
