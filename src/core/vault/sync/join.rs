//! This phone comes into another circle, with everything that was told on it.

use super::rekey::strip;
use super::{Vault, draw_from};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::merge::Name;
use crate::sync::replica::{Newcomer, Replica, RowChange};
use crate::vault::invites::is_invite;
use hearth_protocol::{Change, CircleId, DeviceId, PersonId};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Fresh keys for a circle; `person` is who invited, where this is their other phone.
    ///
    /// # Errors
    /// [`Failure`] where the phone has no random numbers.
    pub fn newcomer(&self, person: Option<PersonId>) -> Result<Newcomer, Failure> {
        let person = match person {
            Some(person) => person,
            None => PersonId(self.random()?),
        };
        Ok(Newcomer::new(person, &draw_from(&self.surroundings))?)
    }

    /// Comes into a circle that has added these keys. What was told here before moves along,
    /// every change with its time, and waits to be framed there; the circle it lay in is
    /// forgotten with it, all in one transaction.
    ///
    /// # Errors
    /// [`Failure::SharedAlready`] where others read the circle that this phone is in.
    pub async fn join(&mut self, circle: CircleId, newcomer: &Newcomer) -> Result<(), Failure> {
        self.freshen().await?;
        let (_, effects) = Replica::join(circle, newcomer);
        self.move_into(&effects.rows, Vec::new()).await
    }

    /// In one transaction: a circle with these rows takes the place of this phone's own, whose
    /// changes wait to be told there.
    pub(in crate::vault) async fn move_into(
        &mut self,
        rows: &[RowChange],
        and: Vec<Write>,
    ) -> Result<(), Failure> {
        let mut steps = Vec::new();
        for row in rows {
            steps.push(self.step_of(row)?);
        }
        steps.extend(self.leave_own_circle().await?);
        steps.extend(and);
        self.is_stale = true;
        self.commit(steps).await?;
        self.line.forget_server();
        self.read_all().await?;
        self.line.pull_is_due = true;
        Ok(())
    }

    /// The steps that forget the circle of this phone, and keep what was told in it as waiting
    /// changes.
    ///
    /// # Errors
    /// [`Failure::SharedAlready`] where others read it.
    pub(in crate::vault) async fn leave_own_circle(&self) -> Result<Vec<Write>, Failure> {
        let Some(old) = &self.replica else {
            return Ok(Vec::new());
        };
        if !old.is_only_this_phone() {
            return Err(Failure::SharedAlready);
        }
        self.forget_circle(old, |_| true).await
    }

    /// Leaves the circle that this phone has come into and that is not the one of its invite.
    /// What was told on this phone waits here again; what others told goes with their circle.
    pub(in crate::vault) async fn leave_joined_circle(
        &mut self,
        and: Write,
    ) -> Result<(), Failure> {
        let Some(old) = &self.replica else {
            return Ok(());
        };
        let me = old.me().device;
        let is_own = |device: DeviceId| device == me || old.was(&device);
        let mut steps = self.forget_circle(old, is_own).await?;
        steps.push(and);
        // What waits goes to a server again under a circle of its own, as it did before.
        let is_waiting = |step: &Write| matches!(step, Write::Put { .. });
        let has_waiting = !self.store.keys(Table::Changes).await?.is_empty();
        if has_waiting || steps.iter().any(is_waiting) {
            let (_, effects) = Replica::found(&draw_from(&self.surroundings))?;
            for row in &effects.rows {
                steps.push(self.step_of(row)?);
            }
        }
        self.is_stale = true;
        self.commit(steps).await?;
        self.line.forget_server();
        self.shown += 1;
        self.read_all().await
    }

    /// The steps that forget a circle with all that hangs on its keys: receipts for attachments
    /// that will be sealed anew, and invites into it. What these devices told in it waits again.
    async fn forget_circle(
        &self,
        old: &Replica,
        is_told_by: impl Fn(DeviceId) -> bool,
    ) -> Result<Vec<Write>, Failure> {
        let mut steps = Vec::new();
        let circles = self.store.keys(Table::Circles).await?;
        let frames = self.store.keys(Table::Frames).await?;
        for row in old.forget_rows(&circles, &frames) {
            steps.push(self.step_of(&row)?);
        }
        steps.extend(self.steps_without_receipts().await?);
        let table = Table::Meta;
        let invites = self.store.keys(table).await?.into_iter();
        let invites = invites.filter(|key| is_invite(key));
        steps.extend(invites.map(|key| Write::Delete { table, key }));
        for change in self.framed_changes(is_told_by) {
            let mut key: [u8; 16] = self.random()?;
            key[..8].copy_from_slice(&change.hlc.0.to_be_bytes());
            steps.push(self.put(Table::Changes, &key, &change.encode()?)?);
        }
        Ok(steps)
    }

    /// Every change that lies in a frame of these devices, as it was before it was framed.
    fn framed_changes(&self, is_told_by: impl Fn(DeviceId) -> bool) -> Vec<Change> {
        let mut changes = Vec::new();
        let kept = self.view.iter();
        // What was ended for good stays behind.
        for (id, entity) in kept.filter(|(id, _)| !self.ending.contains(id)) {
            let framed = entity.changes().filter(|kept| match kept.name() {
                Name::Framed { device, .. } => is_told_by(device),
                Name::Waiting(_) => false,
            });
            changes.extend(framed.map(|kept| {
                let mut change = kept.to_change(id);
                strip(&mut change);
                change
            }));
        }
        changes
    }
}
