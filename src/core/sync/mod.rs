//! How changes become what a person sees, and how they travel.
//!
//! [`merge`] folds changes by what each author had seen; [`replica`] is this phone's copy of a
//! circle, a state machine that makes frames and requests and takes answers in.

pub mod merge;
pub mod replica;
