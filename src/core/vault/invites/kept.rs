//! How invites lie in the table `meta`: `docs/store-format.md`.

use crate::circle::Whom;
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::vault::Vault;
use hearth_protocol::invite::InviteLink;
use hearth_protocol::{InviteId, Key, Millis, Value};

const INVITE: &[u8] = b"invite/";
const JOINING: &[u8] = b"joining";

/// Whether a row of the table `meta` is about invites, which hang on this phone's keys.
pub(in crate::vault) fn owns(key: &[u8]) -> bool {
    key.starts_with(INVITE) || key == JOINING
}

/// An invite that this phone made. The secret and the number are secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::vault) struct KeptInvite {
    pub(super) secret: [u8; 32],
    /// Fixed in the bundle, revealed when the claim has come.
    pub(super) number: [u8; 32],
    /// As it was sealed: the pictures are drawn from these bytes.
    pub(super) bundle: Vec<u8>,
    pub(super) whom: Whom,
    pub(super) expires: Millis,
    /// The server has it.
    pub(super) is_put: bool,
    /// The first claim, as it was sealed; kept before the number is revealed.
    pub(super) claim: Option<Vec<u8>>,
    /// More than one is an alarm.
    pub(super) claims: u64,
    pub(super) is_revealed: bool,
    /// The person of this phone said that the pictures are the same.
    pub(super) is_approved: bool,
    /// The joiner has the anchor.
    pub(super) is_done: bool,
    pub(super) over: Over,
}

/// Whether and why nobody comes in by an invite any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::vault) enum Over {
    #[default]
    Not,
    /// The server does not have it any more.
    Gone,
    /// The circle does not take whom it lets in.
    Refused,
    /// It was taken back here, and the server has not confirmed that yet.
    TakenBack,
}

/// An invite that this phone follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::vault) struct KeptJoining {
    pub(super) id: InviteId,
    pub(super) secret: [u8; 32],
    pub(super) bundle: Option<Vec<u8>>,
    /// The keys of this phone, from the yes on.
    pub(super) newcomer: Option<Vec<u8>>,
    /// The claim with its proof.
    pub(super) claim: Option<Vec<u8>>,
    pub(super) is_claimed: bool,
    pub(super) number: Option<[u8; 32]>,
    pub(super) anchor: Option<Vec<u8>>,
    pub(super) ended: Ended,
    /// The person of this phone said that the pictures are the same. Nothing moves before.
    pub(super) is_confirmed: bool,
}

/// Whether and how following an invite came to an end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::vault) enum Ended {
    #[default]
    Not,
    /// Used, taken back, run out.
    Gone,
    /// It does not fit what it fixed, or the person saw other pictures.
    Unsound,
    /// Others have come into the circle of this phone meanwhile, which cannot move any more.
    SharedAlready,
}

impl KeptInvite {
    pub(super) fn link(&self, id: InviteId) -> InviteLink {
        InviteLink {
            id,
            secret: Key::new(self.secret),
        }
    }

    /// Whether whom it lets in is on the way into the circle.
    pub(super) fn lets_in(&self) -> bool {
        self.is_approved && !self.is_done && self.over == Over::Not
    }

    /// Whether the other phone may answer any moment.
    pub(super) fn is_waiting(&self, now: Millis) -> bool {
        let is_open = !self.is_done && self.over == Over::Not;
        is_open && (self.claim.is_some() || now < self.expires)
    }

    fn encode(&self) -> Vec<u8> {
        let whom = match self.whom {
            Whom::MyPhone => 0,
            Whom::Person { reads_all: true } => 1,
            Whom::Person { reads_all: false } => 2,
        };
        list([
            bytes(&self.secret),
            bytes(&self.number),
            bytes(&self.bundle),
            Value::Int(whom),
            number(self.expires),
            Value::Bool(self.is_put),
            optional(self.claim.as_deref()),
            number(self.claims),
            Value::Bool(self.is_revealed),
            Value::Bool(self.is_approved),
            Value::Bool(self.is_done),
            Value::Int(match self.over {
                Over::Not => 0,
                Over::Gone => 1,
                Over::Refused => 2,
                Over::TakenBack => 3,
            }),
        ])
    }

    fn decode(row: &[u8]) -> Option<Self> {
        let [
            secret,
            drawn,
            Value::Bytes(bundle),
            whom,
            expires,
            Value::Bool(is_put),
            claim,
            claims,
            Value::Bool(is_revealed),
            Value::Bool(is_approved),
            Value::Bool(is_done),
            over,
        ] = read_list(row, Value::Int(0))?
        else {
            return None;
        };
        Some(Self {
            secret: secret.as_array()?,
            number: drawn.as_array()?,
            bundle,
            whom: match whom.as_int()? {
                0 => Whom::MyPhone,
                1 => Whom::Person { reads_all: true },
                2 => Whom::Person { reads_all: false },
                _ => return None,
            },
            expires: u64::try_from(expires.as_int()?).ok()?,
            is_put,
            claim: read_optional(claim)?,
            claims: u64::try_from(claims.as_int()?).ok()?,
            is_revealed,
            is_approved,
            is_done,
            over: match over.as_int()? {
                0 => Over::Not,
                1 => Over::Gone,
                3 => Over::TakenBack,
                _ => Over::Refused,
            },
        })
    }
}

impl KeptJoining {
    pub(super) fn new(link: &InviteLink) -> Self {
        Self {
            id: link.id,
            secret: *link.secret.expose(),
            bundle: None,
            newcomer: None,
            claim: None,
            is_claimed: false,
            number: None,
            anchor: None,
            ended: Ended::Not,
            is_confirmed: false,
        }
    }

    pub(super) fn link(&self) -> InviteLink {
        InviteLink {
            id: self.id,
            secret: Key::new(self.secret),
        }
    }

    /// Whether the other phone may answer any moment.
    pub(super) fn is_waiting(&self) -> bool {
        self.ended == Ended::Not && (self.bundle.is_none() || self.newcomer.is_some())
    }

    fn encode(&self) -> Vec<u8> {
        list([
            bytes(&self.id.0),
            bytes(&self.secret),
            optional(self.bundle.as_deref()),
            optional(self.newcomer.as_deref()),
            optional(self.claim.as_deref()),
            Value::Bool(self.is_claimed),
            optional(self.number.as_ref().map(|number| &number[..])),
            optional(self.anchor.as_deref()),
            Value::Int(match self.ended {
                Ended::Not => 0,
                Ended::Gone => 1,
                Ended::Unsound => 2,
                Ended::SharedAlready => 3,
            }),
            Value::Bool(self.is_confirmed),
        ])
    }

    fn decode(row: &[u8]) -> Option<Self> {
        let [
            id,
            secret,
            bundle,
            newcomer,
            claim,
            Value::Bool(is_claimed),
            drawn,
            anchor,
            ended,
            Value::Bool(is_confirmed),
        ] = read_list(row, Value::Bool(false))?
        else {
            return None;
        };
        Some(Self {
            id: InviteId(id.as_array()?),
            secret: secret.as_array()?,
            bundle: read_optional(bundle)?,
            newcomer: read_optional(newcomer)?,
            claim: read_optional(claim)?,
            is_claimed,
            number: drawn.as_array(),
            anchor: read_optional(anchor)?,
            ended: match ended.as_int()? {
                0 => Ended::Not,
                1 => Ended::Gone,
                3 => Ended::SharedAlready,
                _ => Ended::Unsound,
            },
            is_confirmed,
        })
    }
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn kept_invites(&self) -> Result<super::Invites, Failure> {
        let mut found = super::Invites::default();
        self.each_row(Table::Meta, |sealing, (key, row)| {
            let Ok(row) = sealing.open(Table::Meta, &key, &row) else {
                return;
            };
            if key == JOINING {
                found.joining = KeptJoining::decode(&row);
            }
            let id = key.strip_prefix(INVITE).and_then(|id| id.try_into().ok());
            if let (Some(id), Some(invite)) = (id, KeptInvite::decode(&row)) {
                found.made.insert(InviteId(id), invite);
            }
        })
        .await?;
        Ok(found)
    }

    /// Keeps an invite as it stands now.
    pub(super) async fn keep_invite(
        &mut self,
        id: InviteId,
        invite: KeptInvite,
    ) -> Result<(), Failure> {
        let row = self.put(Table::Meta, &invite_key(id), &invite.encode())?;
        self.commit(vec![row]).await?;
        self.invites.made.insert(id, invite);
        Ok(())
    }

    pub(super) async fn forget_invite(&mut self, id: InviteId) -> Result<(), Failure> {
        let key = invite_key(id);
        let table = Table::Meta;
        self.commit(vec![Write::Delete { table, key }]).await?;
        self.invites.made.remove(&id);
        Ok(())
    }

    /// Keeps how far this phone has followed an invite.
    pub(super) async fn keep_joining(&mut self, joining: KeptJoining) -> Result<(), Failure> {
        let row = self.put(Table::Meta, JOINING, &joining.encode())?;
        self.commit(vec![row]).await?;
        self.invites.joining = Some(joining);
        Ok(())
    }

    pub(super) async fn forget_joining(&mut self) -> Result<(), Failure> {
        self.commit(vec![end_joining()]).await?;
        self.invites.joining = None;
        Ok(())
    }
}

/// Whether a row of the table `meta` is an invite that this phone made: for its own circle.
pub(in crate::vault) fn is_invite(key: &[u8]) -> bool {
    key.starts_with(INVITE)
}

/// The step that forgets which invite this phone followed.
pub(super) fn end_joining() -> Write {
    let (table, key) = (Table::Meta, JOINING.to_vec());
    Write::Delete { table, key }
}

fn invite_key(id: InviteId) -> Vec<u8> {
    [INVITE, &id.0].concat()
}

fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec())
}

fn number(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn optional(inner: Option<&[u8]>) -> Value {
    inner.map_or(Value::Null, bytes)
}

/// Outer `None`: neither bytes nor nothing.
#[expect(clippy::option_option, reason = "absent is one of the values")]
fn read_optional(value: Value) -> Option<Option<Vec<u8>>> {
    match value {
        Value::Null => Some(None),
        Value::Bytes(bytes) => Some(Some(bytes)),
        _ => None,
    }
}

fn list<const N: usize>(values: [Value; N]) -> Vec<u8> {
    let version = std::iter::once(Value::Int(1));
    Value::List(version.chain(values).collect()).encode()
}

/// `last` is the last value in a row of an earlier build, which had one less.
fn read_list<const N: usize>(row: &[u8], last: Value) -> Option<[Value; N]> {
    let Value::List(mut values) = Value::decode(row).ok()? else {
        return None;
    };
    if values.first().and_then(Value::as_int) != Some(1) {
        return None;
    }
    values.remove(0);
    if values.len() + 1 == N {
        values.push(last);
    }
    values.try_into().ok()
}
