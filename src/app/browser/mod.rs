//! Small bindings to what the browser offers. No record, no word and no signal may enter here:
//! each function does one thing that only a browser can do.

pub(crate) mod dates;
pub(crate) mod files;
pub(crate) mod hearth;
pub(crate) mod http;
pub(crate) mod kind;
pub(crate) mod network;
pub(crate) mod page;
pub(crate) mod share;
