//! Tests that cross crates live in this package; each file beside this one is one suite.
//! Here is what they share: a running server and a plain client. No test double of the server may enter.

use std::error::Error;

mod client;
mod server;

pub use client::{Answer, ask, ask_over, send_raw};
pub use server::RunningServer;

/// What a test or a helper ends with.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;
