use hearth_protocol::{InviteId, Millis};

use super::MemoryDatabase;
use crate::db::{InviteChange, InviteDatabase, InviteRow, Kept, Stored};

impl InviteDatabase for MemoryDatabase {
    async fn keep_invite(&self, invite: InviteRow, now: Millis, most: usize) -> Stored<Kept> {
        let invites = &mut self.lock().invites;
        invites.retain(|_, kept| !kept.is_forgotten(now));
        if let Some(kept) = invites.get_mut(&invite.invite) {
            if kept.is_same(&invite) {
                kept.leave_again(invite.expires, now);
            }
            return Ok(Kept::Here(Box::new(kept.clone())));
        }
        let waiting = invites.values().filter(|kept| kept.circle == invite.circle);
        if waiting.count() >= most {
            return Ok(invite.without_room(now));
        }
        let invite = invite.begin(now);
        invites.insert(invite.invite, invite.clone());
        Ok(Kept::Here(Box::new(invite)))
    }

    async fn read_invite(&self, invite: InviteId) -> Stored<Option<InviteRow>> {
        Ok(self.lock().invites.get(&invite).cloned())
    }

    async fn change_invite(
        &self,
        invite: InviteId,
        change: InviteChange,
        now: Millis,
    ) -> Stored<Option<InviteRow>> {
        let mut rows = self.lock();
        let Some(row) = rows.invites.get_mut(&invite) else {
            return Ok(None);
        };
        let is_done = row.apply(&change, now);
        Ok(is_done.then(|| row.clone()))
    }
}
