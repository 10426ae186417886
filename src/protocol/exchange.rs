//! What devices and server say to each other. One exchange pushes and pulls one circle, all its
//! streams, in one round trip; attachments, holds and invites have messages of their own.
//!
//! Every message is the body of a `POST`, and every one may come twice without harm.

mod answer;
mod ask;
mod blob;
mod code;
mod endpoint;
mod hold;
mod invite;
mod recovery;
mod status;

pub use answer::{ExchangeAnswer, LogRow, StreamAnswer};
pub use ask::{ExchangeRequest, NewEntry, PushedFrame, StreamRequest};
pub use blob::{BlobGet, BlobGetAnswer, BlobPut, BlobPutAnswer};
pub use code::{EntryAnswer, EntryCode, FrameAnswer, FrameCode, Refusal};
pub use endpoint::{Endpoint, LiveRequest, NOT_HERE, ServerCard};
pub use hold::{HoldAnswer, HoldRequest};
pub use invite::{InviteApprove, InviteClaim, InviteGet, InvitePut, InviteReveal, InviteState};
pub use recovery::{RecoveryFind, RecoveryFound};
pub use status::Status;

#[cfg(test)]
pub(crate) mod tests;
