//! Where the person is, and how they get elsewhere: the window's address is the only truth.
//!
//! Written by hand instead of taken from `leptos_router`: every screen is one variant of
//! [`Route`], so an exhaustive match is the table, and the app is smaller by the router.

use crate::browser::page;
use crate::route::Route;
use hearth_core::EntityId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PopStateEvent, ScrollRestoration, UrlSearchParams};

/// One address, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Here {
    pub(crate) route: Route,
    /// The record it is about.
    pub(crate) record: Option<EntityId>,
    /// The draft to go on with.
    pub(crate) draft: Option<EntityId>,
}

/// The place, and the way to others.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    here: RwSignal<Here>,
    has_moved: StoredValue<bool>,
}

/// The address of a screen about one record.
pub(crate) fn record_address(route: Route, record: EntityId) -> String {
    format!("{}{record}", route.address())
}

impl Here {
    fn read() -> Self {
        let location = window().location();
        let path = location.pathname().unwrap_or_default();
        let search = location.search().unwrap_or_default();
        let draft = UrlSearchParams::new_with_str(&search).ok();
        let draft = draft.and_then(|values| values.get("draft")?.parse().ok());
        let (route, record) = find(&path);
        Self {
            route,
            record,
            draft,
        }
    }
}

fn find(path: &str) -> (Route, Option<EntityId>) {
    let plain = if path.len() > 1 {
        path.trim_end_matches('/')
    } else {
        path
    };
    let found = Route::ALL.iter().find_map(|route| {
        if route.is_of_record() {
            let id = plain.strip_prefix(route.address())?.parse().ok()?;
            Some((*route, Some(id)))
        } else {
            (plain == route.address()).then_some((*route, None))
        }
    });
    found.unwrap_or((Route::NotFound, None))
}

impl Place {
    pub(super) fn find() -> Self {
        Self {
            here: RwSignal::new(Here::read()),
            has_moved: StoredValue::new(false),
        }
    }

    /// Where the person is.
    pub(crate) fn here(self) -> Here {
        self.here.get()
    }

    /// The same, for a moment that nothing redraws.
    pub(crate) fn here_now(self) -> Here {
        self.here.get_untracked()
    }

    /// Whether somebody moved inside the app: a screen that a reload brings takes no focus.
    pub(crate) fn has_moved(self) -> bool {
        self.has_moved.get_value()
    }

    /// Goes to an address of the app.
    pub(crate) fn go(self, address: &str) {
        self.remember_scroll();
        self.write(|history| history.push_state_with_url(&0.into(), "", Some(address)));
        self.arrive(0.0);
    }

    /// Goes there in place of this screen: back does not come here again.
    pub(crate) fn go_instead(self, address: &str) {
        self.rename(address);
        self.arrive(0.0);
    }

    /// Writes an address over this one without leaving the screen, so that a reload comes back.
    pub(crate) fn rename(self, address: &str) {
        self.write(|history| history.replace_state_with_url(&history.state()?, "", Some(address)));
    }

    /// Back to where the person came from, or home where they came from outside.
    pub(crate) fn go_back(self) {
        let came_from_here = window()
            .history()
            .and_then(|history| history.length())
            .unwrap_or(0)
            > 1;
        if !came_from_here || self.has_arrived_directly() {
            return self.go_instead(Route::Home.address());
        }
        self.write(|history| history.back());
    }

    /// Whether this is the first screen since the app opened: what is behind it is not ours.
    fn has_arrived_directly(self) -> bool {
        window()
            .history()
            .and_then(|history| history.state())
            .is_ok_and(|state| state.is_null())
    }

    /// Takes over every link of the app and the browser's own back and forward.
    pub(super) fn follow(self) {
        if let Ok(history) = window().history() {
            // Without it the browser scrolls by itself, which is nearly as good.
            let _: Result<(), _> = history.set_scroll_restoration(ScrollRestoration::Manual);
        }
        let _ = window_event_listener(leptos::ev::click, move |event| {
            if let Some(address) = inside_address(&event) {
                event.prevent_default();
                self.go(&address);
            }
        });
        let _ = window_event_listener(leptos::ev::popstate, move |event: PopStateEvent| {
            self.arrive(event.state().as_f64().unwrap_or_default());
        });
    }

    fn arrive(self, scroll: f64) {
        let here = Here::read();
        self.has_moved.set_value(true);
        if self.here.get_untracked() != here {
            self.here.set(here);
        }
        page::scroll_to(scroll);
    }

    fn remember_scroll(self) {
        let first = self.has_arrived_directly();
        if !first {
            self.write(|history| history.replace_state(&page::scrolled().into(), ""));
        }
    }

    fn write(self, change: impl FnOnce(&web_sys::History) -> Result<(), wasm_bindgen::JsValue>) {
        // A browser refuses only addresses of another origin, and floods of them.
        let _: Result<(), _> = window().history().and_then(|history| change(&history));
    }
}

/// The address of a pressed link that the app draws itself.
fn inside_address(event: &MouseEvent) -> Option<String> {
    if event.default_prevented() || event.button() != 0 {
        return None;
    }
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    let pressed: Element = event.target()?.dyn_into().ok()?;
    let link = pressed.closest("a[href]").ok().flatten()?;
    let address = link.get_attribute("href")?;
    let is_ours =
        address.starts_with('/') && address != "/rescue" && !link.has_attribute("download");
    is_ours.then_some(address)
}
