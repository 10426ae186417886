//! One record to read, and what can be done with it.

mod conflicts;
mod earlier;
mod give;
mod notes;
mod page;
mod paper;
mod place;
mod sheet;
mod state;

pub(crate) use earlier::Earlier;
pub(crate) use give::GiveButtons;
pub(crate) use page::Page;
pub(crate) use paper::{living_paper, page_paper, paper};
pub(crate) use place::who_can_see;
pub(crate) use state::{answers, load};
