//! What outlives a screen: the vault's door, the children, the circle, unsaved drafts, settings,
//! the network, the toast, and where the person is. Made once under the root, so no screen can end it.
//!
//! The signals are for every screen to read. Only this room and the features' `state.rs` ask the
//! worker.

mod children;
mod circle;
mod health;
mod journal;
mod leave;
mod notes;
mod place;
mod records;
mod settings;
mod toast;
mod vault;

use crate::route::Route;
use hearth_core::EntityId;
use hearth_core::child::Child;
use hearth_core::circle::CircleView;
use hearth_core::draft::Draft;
use hearth_core::messages::Health;
use hearth_core::record::Record;
use hearth_core::timeline::Filter;
use leptos::prelude::*;

pub(crate) use hearth_storage::settings::{Settings, Theme};
pub(crate) use journal::{Journal, Journalled};
pub(crate) use place::{Here, Place, record_address};
pub(crate) use records::Listed;
pub(crate) use toast::Toast;
pub(crate) use vault::Door;

/// Records on Home.
const NEWEST: usize = 3;
/// Records that the timeline shows at a time.
pub(crate) const PAGE: usize = 30;

/// Everything that outlives a screen. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// Whether the vault is open.
    pub(crate) door: RwSignal<Door>,
    /// The children, in the order they were added.
    pub(crate) children: RwSignal<Vec<Child>>,
    /// What is not saved yet, newest first.
    pub(crate) drafts: RwSignal<Vec<Draft>>,
    /// How the store is.
    pub(crate) health: RwSignal<Health>,
    /// Counts up whenever records changed: what shows records reads again.
    pub(crate) changes: RwSignal<u32>,
    /// Language, colours, text size.
    pub(crate) settings: RwSignal<Settings>,
    /// Counts up when the language changed: the whole screen is drawn anew.
    pub(crate) language_changes: RwSignal<u32>,
    /// Whether there is a network.
    pub(crate) is_online: RwSignal<bool>,
    /// Whether a new version waits, and was not put off.
    pub(crate) is_update_ready: RwSignal<bool>,
    /// What was just done.
    pub(crate) toast: RwSignal<Option<Toast>>,
    /// Whether the browser promised to keep the vault; nothing while nobody knows.
    pub(crate) is_persistent: RwSignal<Option<bool>>,
    /// Whether the browser cleared what was saved, and nobody has said yet that they know.
    pub(crate) is_cleared: RwSignal<bool>,
    /// Where the person is.
    pub(crate) place: Place,
    /// What is being typed.
    pub(crate) journal: Journal,
    /// The record saved last, as the worker answered it: the next screen need not ask again.
    pub(crate) saved: RwSignal<Option<Record>>,
    /// The circle and how it stands; nothing until it was read.
    pub(crate) circle: RwSignal<Option<CircleView>>,
    /// The invite link that the app was opened with. It is a key: it lies here and nowhere else.
    pub(crate) link: RwSignal<Option<String>>,
    /// Notes that are being written, by the record they belong to.
    pub(crate) notes: RwSignal<Vec<(EntityId, String)>>,
    /// The newest records.
    pub(crate) newest: Listed,
    /// The timeline as it was left.
    pub(crate) timeline: Listed,
}

impl State {
    /// Makes it under the root owner, and listens to the world.
    pub(crate) fn provide() -> Self {
        // Before anything else looks at the address.
        let link = crate::browser::page::take_link(Route::Join.address());
        let state = Self {
            door: RwSignal::new(Door::Opening),
            children: RwSignal::default(),
            drafts: RwSignal::default(),
            health: RwSignal::default(),
            changes: RwSignal::new(0),
            settings: RwSignal::new(settings::read()),
            language_changes: RwSignal::new(0),
            is_online: RwSignal::new(crate::browser::network::is_online()),
            is_update_ready: RwSignal::new(crate::browser::hearth::is_update_ready()),
            toast: RwSignal::new(None),
            is_persistent: RwSignal::new(None),
            is_cleared: RwSignal::new(false),
            place: Place::find(),
            journal: Journal::new(),
            saved: RwSignal::new(None),
            circle: RwSignal::new(None),
            link: RwSignal::new(link),
            notes: RwSignal::default(),
            newest: Listed::new(Filter::default(), NEWEST),
            timeline: Listed::new(Filter::default(), PAGE),
        };
        provide_context(state);
        crate::browser::network::watch(move |is_online| state.is_online.set(is_online));
        // Dropping the handle leaves the listener: it is wanted as long as the page.
        let _ = window_event_listener_untyped("hearth-update-ready", move |_| {
            state.is_update_ready.set(true);
        });
        let _ = window_event_listener_untyped("hashchange", move |_| state.hear_link());
        state.end_toasts_with_their_screens();
        state.open_vault();
        state
    }

    /// The one that [`State::provide`] made.
    pub(crate) fn get() -> Self {
        expect_context()
    }
}
