//! The screens, by feature. A page draws; the `state.rs` beside it asks the worker.

pub(crate) mod bin;
pub(crate) mod children;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod item;
pub(crate) mod make;
pub(crate) mod missing;
pub(crate) mod ours;
pub(crate) mod saved;
pub(crate) mod settings;
