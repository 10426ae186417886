//! Whether the server works, for the machine that watches it. Says nothing else.

pub(crate) mod routes;
