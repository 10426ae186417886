//! The order of a stream: which frames come in, and which rows a device is answered. No input, no output: what the database
//! holds comes as a [`crate::db::LogView`], and what it shall hold goes back.

mod erase;
mod judge;
mod pull;
mod pushed;

pub(crate) use judge::Judge;
pub(crate) use pull::{Pull, plan_pull};
pub(crate) use pushed::Pushed;
