//! The screens, by feature. A page draws; the `state.rs` beside it asks the worker.

pub(crate) mod backup;
pub(crate) mod bin;
pub(crate) mod children;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod invite;
pub(crate) mod item;
pub(crate) mod join;
pub(crate) mod leave;
pub(crate) mod make;
pub(crate) mod missing;
pub(crate) mod ours;
pub(crate) mod people;
pub(crate) mod restore;
pub(crate) mod saved;
pub(crate) mod settings;
pub(crate) mod words;
