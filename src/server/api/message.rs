//! Reading messages: first only the id that says who may ask, then, once that is known, all of it.

use hearth_protocol::form::{FormError, Object};
use hearth_protocol::{CircleId, DeviceId, InviteId};

use super::No;

/// In deterministic CBOR every message begins so: a short map, field 0 (the version) is 1, then field 1.
fn field_one(body: &[u8]) -> Option<&[u8]> {
    let (map, rest) = body.split_first()?;
    let is_short_map = (0xa2..=0xb7).contains(map);
    rest.strip_prefix(&[0, 1, 1]).filter(|_| is_short_map)
}

/// The circle that a message names, without reading the rest.
pub(super) fn peek_circle(body: &[u8]) -> Option<CircleId> {
    let id = field_one(body)?.strip_prefix(&[0x58, 32])?;
    id.first_chunk().map(|id| CircleId(*id))
}

/// The invite that a message names, without reading the rest.
pub(crate) fn peek_invite(body: &[u8]) -> Option<InviteId> {
    let id = field_one(body)?.strip_prefix(&[0x50])?;
    id.first_chunk().map(|id| InviteId(*id))
}

/// The recovery key that a message names, without reading the rest.
pub(crate) fn peek_key(body: &[u8]) -> Option<DeviceId> {
    let id = field_one(body)?.strip_prefix(&[0x50])?;
    id.first_chunk().map(|id| DeviceId(*id))
}

/// Reads the message.
pub(crate) fn read_message<T: Object>(body: &[u8], longest: usize) -> Result<T, No> {
    T::decode(body, longest).map_err(|error| {
        No::BadForm(match error {
            FormError::TooLong => "the message is longer than it may be",
            FormError::Later(_) => "the message is of a version that this server does not know",
            FormError::Value(_) => "the message is not deterministic CBOR",
            FormError::Shape => "the message does not have the fields it should have",
        })
    })
}
