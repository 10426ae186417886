//! The authority and the addresses it is for.
