//! The protocol over HTTP: bytes in, bytes out. What a request means, [`crate::api`] knows; here are only sockets' matters:
//! under which address we were asked, how long a body may be, and news that stay open.

mod hub;
mod live;
mod origin;
pub(crate) mod routes;
#[cfg(test)]
mod tests;

pub(crate) use hub::Hub;
pub(crate) use live::LONGEST_SILENCE;
pub(crate) use origin::{Origins, parse_origin};
