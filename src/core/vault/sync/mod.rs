//! The vault and its circle: begun at the first save, framed when there is time, told to a
//! server when there is one. Saving never waits for any of it.

mod blobs;
mod call;
mod clock;
mod endings;
mod exchange;
mod join;
mod line;
mod loss;
mod moving;
mod photos;
mod rekey;
mod room;
mod state;
mod waiting;

pub use call::{Outgoing, Progress, Reply};
pub use state::SyncState;

pub(in crate::vault) use loss::Noticed;
pub(in crate::vault) use photos::PhotoRule;

pub(super) use line::{Asked, Line};
pub(super) use waiting::MOST_AT_ONCE;

use super::Vault;
use crate::messages::Failure;
use crate::photo;
use crate::ports::{Clock, Expected, NoRandomness, Random, Store, Table, Write};
use crate::sync::merge::{Name, Origin};
use crate::sync::replica::{
    Effects, FoundError, FrameName, OpenedFrame, Replica, RowChange, WaitingError,
};
use hearth_protocol::EntityId;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// A circle where there is none yet, with the rows that make it durable. It counts from the
    /// commit on; see [`Vault::write_changes`].
    pub(super) async fn found_circle(
        &mut self,
    ) -> Result<Option<(Replica, Vec<RowChange>)>, Failure> {
        if self.replica.is_some() {
            return Ok(None);
        }
        if !self.store.keys(Table::Circles).await?.is_empty() {
            // Another tab was first.
            self.read_all().await?;
            if self.replica.is_some() {
                return Ok(None);
            }
        }
        let surroundings = &self.surroundings;
        let (replica, effects) = Replica::found(&|bytes| surroundings.fill(bytes))?;
        Ok(Some((replica, effects.rows)))
    }

    /// Makes a step of the engine durable and then takes it into what is shown. Where that
    /// fails, the engine is read anew before its next step.
    pub(super) async fn carry_out(&mut self, effects: Effects) -> Result<(), Failure> {
        let mut steps = Vec::with_capacity(effects.rows.len());
        if !effects.expected.is_empty() {
            steps.push(self.expect_own_keys().await?);
        }
        let expected = effects.expected.into_iter();
        steps.extend(expected.map(|(table, key, what)| Write::Expect { table, key, what }));
        for row in &effects.rows {
            steps.push(self.step_of(row)?);
        }
        for (name, placed) in &effects.moved {
            let key = Replica::key_of(name);
            let kept = self.kept_row(Table::Frames, &key).await?;
            let moved = kept.and_then(|row| Replica::place_row(&row, name, *placed));
            if let Some(row) = moved {
                steps.push(self.put(Table::Frames, &key, &row)?);
            }
        }
        if !steps.is_empty() {
            self.is_stale = true;
            self.commit(steps).await?;
            self.is_stale = false;
        }
        let is_shown = !effects.opened.is_empty()
            || !effects.placed.is_empty()
            || !effects.taken_out.is_empty()
            || effects.somebody_arrived;
        if is_shown || effects.must_rebuild {
            self.shown += 1;
        }
        if effects.must_rebuild {
            return self.read_all().await;
        }
        for (name, index) in effects.taken_out {
            self.view.forget_change(change_name(&name, index));
        }
        for frame in effects.opened {
            self.take_frame(frame);
        }
        for (name, placed) in effects.placed {
            self.view
                .place(name.stream, name.device, name.dev_seq, placed);
        }
        Ok(())
    }

    /// Takes the changes of a durable frame into what is shown.
    pub(super) fn take_frame(&mut self, frame: OpenedFrame) {
        self.closed_changes.later += frame.later;
        let seen = self
            .replica
            .as_mut()
            .and_then(|replica| replica.seen_by(&frame.name));
        let seen = seen.unwrap_or_default();
        for opened in frame.changes {
            let origin = Origin {
                name: change_name(&frame.name, opened.index),
                person: frame.person,
                seen: seen.clone(),
                placed: frame.placed,
            };
            self.take_into_view(&origin, opened.was, opened.change);
        }
    }

    /// The step that seals and keeps, or forgets, a row of the engine.
    pub(super) fn step_of(&self, row: &RowChange) -> Result<Write, Failure> {
        match &row.value {
            Some(value) => self.put(row.table, &row.key, value),
            None => Ok(Write::Delete {
                table: row.table,
                key: row.key.clone(),
            }),
        }
    }

    /// Another tab may have taken this phone into another circle, or given it other keys: what is
    /// signed with the old ones would be nobody's.
    pub(super) async fn expect_own_keys(&mut self) -> Result<Write, Failure> {
        let replica = self.replica.as_ref().ok_or(Failure::NoCircle)?;
        let key = replica.own_key();
        let sealed = self.store.get(Table::Circles, &key).await?;
        let row = sealed.as_ref();
        let row = row.and_then(|row| self.sealing.open(Table::Circles, &key, row).ok());
        match (sealed, row) {
            (Some(sealed), Some(row)) if replica.are_own_keys(&key, &row) => Ok(Write::Expect {
                table: Table::Circles,
                key,
                what: Expected::Exactly(sealed),
            }),
            _ => {
                self.is_stale = true;
                Err(Failure::Refused("another tab changed the keys".into()))
            }
        }
    }

    /// A row as it was before it was sealed.
    pub(super) async fn kept_row(
        &self,
        table: Table,
        key: &[u8],
    ) -> Result<Option<Vec<u8>>, Failure> {
        let row = self.store.get(table, key).await?;
        Ok(row.and_then(|row| self.sealing.open(table, key, &row).ok()))
    }

    /// After a write that failed the engine in memory is ahead of what is durable.
    pub(super) async fn freshen(&mut self) -> Result<(), Failure> {
        if self.is_stale {
            self.read_all().await?;
        }
        Ok(())
    }

    fn photos_in_view(&self) -> impl Iterator<Item = (EntityId, &crate::sync::merge::Entity)> {
        let all = self.view.iter();
        all.filter(|(_, entity)| entity.kind() == photo::KIND && !entity.is_deleted())
    }
}

pub(super) fn change_name(frame: &FrameName, index: u32) -> Name {
    Name::Framed {
        stream: frame.stream,
        device: frame.device,
        dev_seq: frame.dev_seq,
        index,
    }
}

impl From<FoundError> for Failure {
    fn from(error: FoundError) -> Self {
        match error {
            FoundError::Random(error) => error.into(),
            FoundError::Refused => Self::Malformed(error.to_string()),
        }
    }
}

impl From<WaitingError> for Failure {
    fn from(error: WaitingError) -> Self {
        match error {
            WaitingError::Random(error) => error.into(),
            WaitingError::Change(error) => error.into(),
            other => Self::Malformed(other.to_string()),
        }
    }
}

/// The engine's source of random bytes.
pub(super) fn draw_from<E: Random>(
    surroundings: &E,
) -> impl Fn(&mut [u8]) -> Result<(), NoRandomness> + '_ {
    |bytes| surroundings.fill(bytes)
}
