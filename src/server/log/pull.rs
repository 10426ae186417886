//! From where a device is answered rows.

use hearth_protocol::exchange::StreamRequest;
use hearth_protocol::log::LogPoint;

use crate::db::LogView;

/// What a device is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pull {
    /// What is here of each device: its copy has another name, or goes further, and has to be compared.
    Holds,
    /// Rows after this point.
    Rows {
        after: LogPoint,
        /// Whether the device has nothing before them, and may not read what is there.
        is_start: bool,
    },
}

/// `view` answers for the point that the device has. `went_back` says that this very request showed it.
pub(crate) fn plan_pull(view: &LogView, asked: &StreamRequest, went_back: bool) -> Pull {
    let ours = view.points.first().and_then(Option::as_ref);
    match &asked.have {
        _ if went_back => Pull::Holds,
        Some(have) if ours != Some(have) => Pull::Holds,
        Some(have) if have.seq >= view.begins.seq => Pull::Rows {
            after: have.clone(),
            is_start: false,
        },
        _ => Pull::Rows {
            after: view.begins.clone(),
            is_start: view.begins.seq > 0,
        },
    }
}
