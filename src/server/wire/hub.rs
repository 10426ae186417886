//! Who waits for news of which circle.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hearth_protocol::CircleId;
use hearth_protocol::limits::MOST_KEYS;
use tokio::sync::watch;

/// Listeners of one circle: every key once, and as many again for connections that the server has not missed yet.
const MOST_LISTENERS: usize = 2 * MOST_KEYS;

/// Counts changes of each circle that somebody listens to. Several at once are one piece of news.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hub {
    circles: Arc<Mutex<BTreeMap<CircleId, watch::Sender<u64>>>>,
}

impl Hub {
    /// Tells everybody who listens.
    pub(crate) fn tell(&self, circle: &CircleId) {
        if let Some(sender) = self.lock().get(circle) {
            sender.send_modify(|changes| *changes += 1);
        }
    }

    /// Listens from now on; `None` where too many do.
    pub(crate) fn listen(&self, circle: CircleId) -> Option<watch::Receiver<u64>> {
        let mut circles = self.lock();
        circles.retain(|_, sender| sender.receiver_count() > 0);
        let sender = circles.entry(circle).or_insert_with(|| watch::channel(0).0);
        (sender.receiver_count() < MOST_LISTENERS).then(|| sender.subscribe())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<CircleId, watch::Sender<u64>>> {
        self.circles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
