//! Invites that wait here, sealed. The server learns who left one, when it ends, and how often it was claimed by who had the
//! secret; nothing else.

use hearth_protocol::exchange::{
    InviteApprove, InviteClaim, InviteGet, InvitePut, InviteReveal, InviteState,
};
use hearth_protocol::form::Object as _;
use hearth_protocol::limits::{
    LARGEST_CLOCK_ERROR, LINK_INVITE_SECONDS, LONGEST_INVITE_BOX, LONGEST_SMALL_MESSAGE,
};
use hearth_protocol::{CircleId, InviteId, Millis};

use crate::api::{Api, Asked, Caller, NO_CIRCLE, No, peek_invite, read_message};
use crate::db::{Database, InviteChange, InviteRow, Kept};

/// The longest that an invite can be claimed, by a clock that may differ.
const LONGEST_TIME: Millis = (LINK_INVITE_SECONDS + LARGEST_CLOCK_ERROR) as Millis * 1000;

/// Invites of one circle that wait at one time.
const MOST_WAITING: usize = 64;

impl<D: Database> Api<D> {
    pub(crate) async fn put_invite(&self, asked: &Asked<'_>, now: Millis) -> Result<Vec<u8>, No> {
        let caller = self.find_caller(asked, now).await??;
        let put: InvitePut = read_message(asked.body, LONGEST_SMALL_MESSAGE)?;
        check_box(&put.bundle)?;
        if put.expires > now + LONGEST_TIME {
            return Err(No::BadForm("no invite can be claimed for so long"));
        }
        let row = InviteRow {
            invite: put.invite,
            circle: put.circle,
            inviter: caller.device,
            proof_key: put.proof_key,
            bundle: put.bundle,
            expires: put.expires,
            claim: None,
            claims: 0,
            number: None,
            anchor: None,
            until: put.expires,
        };
        let kept = self.database.keep_invite(row.clone(), now, MOST_WAITING);
        match kept.await? {
            Kept::TooMany => Err(No::Full("as many invites of this circle wait as may")),
            // One that was to be claimed and is taken back is not here; taking it back is answered as done.
            Kept::Here(kept) if kept.is_same(&row) && (kept.is_here(now) || row.expires <= now) => {
                Ok(show(&kept))
            }
            // Its name is taken, by chance or by somebody who guessed it.
            Kept::Here(_) => Err(No::NotHere),
        }
    }

    /// Unsigned: the joiner is nobody yet, and the name is a secret.
    pub(crate) async fn get_invite(&self, asked: &Asked<'_>, now: Millis) -> Result<Vec<u8>, No> {
        let get: InviteGet = read_message(asked.body, LONGEST_SMALL_MESSAGE)?;
        let row = self.find_invite(get.invite, now).await?;
        Ok(show(&row.ok_or(No::NotHere)?))
    }

    /// Unsigned; that the joiner has the secret, the claim proves.
    pub(crate) async fn claim_invite(
        &self,
        asked: &Asked<'_>,
        now: Millis,
        changed: &mut Option<CircleId>,
    ) -> Result<Vec<u8>, No> {
        let message: InviteClaim = read_message(asked.body, LONGEST_SMALL_MESSAGE)?;
        check_box(&message.claim.sealed)?;
        let row = self.find_invite(message.invite, now).await?;
        let row = row.ok_or(No::NotHere)?;
        let verified = message.claim.verify(&message.invite, &row.proof_key);
        verified.map_err(|_| No::NotHere)?;
        // A second claim is news as well: it is the alarm.
        *changed = Some(row.circle);
        let change = InviteChange::Claim(message.claim);
        self.change(message.invite, change, now).await
    }

    pub(crate) async fn reveal_invite(
        &self,
        asked: &Asked<'_>,
        now: Millis,
    ) -> Result<Vec<u8>, No> {
        self.check_inviter(asked, now).await?;
        let reveal: InviteReveal = read_message(asked.body, LONGEST_SMALL_MESSAGE)?;
        let change = InviteChange::Reveal(reveal.number);
        self.change(reveal.invite, change, now).await
    }

    pub(crate) async fn approve_invite(
        &self,
        asked: &Asked<'_>,
        now: Millis,
    ) -> Result<Vec<u8>, No> {
        self.check_inviter(asked, now).await?;
        let approve: InviteApprove = read_message(asked.body, LONGEST_SMALL_MESSAGE)?;
        check_box(&approve.anchor)?;
        let change = InviteChange::Approve(approve.anchor);
        self.change(approve.invite, change, now).await
    }

    async fn find_invite(&self, invite: InviteId, now: Millis) -> Result<Option<InviteRow>, No> {
        let row = self.database.read_invite(invite).await?;
        Ok(row.filter(|row| row.is_here(now)))
    }

    /// A device of the person who left the invite. Both are looked up, whatever is there.
    async fn check_inviter(&self, asked: &Asked<'_>, now: Millis) -> Result<Caller, No> {
        let name = peek_invite(asked.body).unwrap_or(InviteId([0; 16]));
        let row = self.find_invite(name, now).await?;
        let circle = row.as_ref().map_or(NO_CIRCLE, |row| row.circle);
        let caller = self.find_caller_of(asked, circle, now).await??;
        let members = &caller.known.circle;
        let inviter = row.and_then(|row| members.person(&row.inviter));
        match inviter == members.person(&caller.device) {
            true => Ok(caller),
            false => Err(No::NotHere),
        }
    }

    async fn change(
        &self,
        invite: InviteId,
        change: InviteChange,
        now: Millis,
    ) -> Result<Vec<u8>, No> {
        let row = self.database.change_invite(invite, change, now).await?;
        Ok(show(&row.ok_or(No::NotHere)?))
    }
}

fn check_box(sealed: &[u8]) -> Result<(), No> {
    match sealed.len() {
        1..=LONGEST_INVITE_BOX => Ok(()),
        _ => Err(No::BadForm(
            "the sealed box is empty or longer than it may be",
        )),
    }
}

fn show(row: &InviteRow) -> Vec<u8> {
    InviteState {
        bundle: row.bundle.clone(),
        claim: row.claim.clone(),
        claims: row.claims,
        number: row.number,
        anchor: row.anchor.clone(),
    }
    .encode()
}
