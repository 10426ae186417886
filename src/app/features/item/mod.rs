//! One record to read, and what can be done with it.

mod give;
mod page;
mod paper;
mod state;

pub(crate) use give::GiveButtons;
pub(crate) use page::Page;
pub(crate) use paper::{living_paper, paper};
pub(crate) use state::load;
