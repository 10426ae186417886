//! Where the person is, and how they get elsewhere: the address is the only truth.
//!
//! `leptos_router`'s location does the browser's part: links, back and forward, the history.
//! Its table of routes stays out: every screen is one variant of [`Route`], so an exhaustive
//! match is the table, and the first load is 30 KB smaller (`docs/decisions/0004`).

use crate::browser::{hearth, page};
use crate::route::Route;
use hearth_core::EntityId;
use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, Url};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

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
    here: Memo<Here>,
    has_moved: StoredValue<bool>,
    /// Nothing where the browser hides its own address: the app stays on the screen it began with.
    browser: StoredValue<Option<BrowserUrl>>,
}

/// The address of a screen about one record.
pub(crate) fn record_address(route: Route, record: EntityId) -> String {
    format!("{}{record}", route.address())
}

impl Here {
    const HOME: Self = Self {
        route: Route::Home,
        record: None,
        draft: None,
    };

    fn read(address: &Url) -> Self {
        let draft = UrlSearchParams::new_with_str(address.search()).ok();
        let draft = draft.and_then(|values| values.get("draft")?.parse().ok());
        let (route, record) = find(address.path());
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
    /// Listens to the browser's address.
    pub(super) fn find() -> Self {
        let browser = BrowserUrl::new().ok();
        if let Some(browser) = &browser {
            browser.init(None);
        }
        let address = browser.as_ref().map(|browser| browser.as_url().clone());
        let has_moved = StoredValue::new(false);
        let here = Memo::new(move |before: Option<&Here>| {
            let here = address
                .as_ref()
                .map_or(Here::HOME, |url| url.with(Here::read));
            if before.is_some_and(|before| *before != here) {
                has_moved.set_value(true);
            }
            here
        });
        let place = Self {
            here,
            has_moved,
            browser: StoredValue::new(browser),
        };
        // A pressed link writes its address once the screen behind it stands.
        Effect::new(move || {
            here.track();
            place.with_browser(LocationProvider::ready_to_complete);
        });
        place
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

    /// Goes there in place of this screen: back does not come here again.
    pub(crate) fn go_instead(self, address: &str) {
        let Ok(url) = BrowserUrl::parse(address) else {
            return;
        };
        self.with_browser(|browser| browser.as_url().set(url.clone()));
        let value = address.to_owned();
        // The screen first: a browser takes a while to write an address.
        leptos::task::spawn_local(async move {
            hearth::rest().await;
            self.with_browser(|browser| {
                if browser.as_url().with_untracked(|now| *now == url) {
                    browser.complete_navigation(&LocationChange {
                        value,
                        // Now it would lay out the screen that is about to go.
                        scroll: false,
                        ..LocationChange::default()
                    });
                }
            });
            request_animation_frame(|| window().scroll_to_with_x_and_y(0.0, 0.0));
        });
    }

    /// Writes an address over this one without leaving the screen, so that a reload comes back.
    pub(crate) fn rename(self, address: &str) {
        // A browser refuses only addresses of another origin, and floods of them.
        let _: Result<(), JsValue> = window().history().and_then(|history| {
            history.replace_state_with_url(&history.state()?, "", Some(address))
        });
    }

    /// Loads the page again where the person goes now: another program has that screen.
    pub(crate) fn load_again(self) {
        let there = self.here_now();
        leptos::task::spawn_local(async move {
            // The address is written once the screen behind it stands.
            while self.here_now() == there && !self.is_written() {
                hearth::rest().await;
            }
            if self.here_now() == there {
                page::reload();
            }
        });
    }

    /// Whether the browser shows the address of this place.
    fn is_written(self) -> bool {
        let shown = window().location().pathname().ok();
        let browser = self.browser;
        browser.with_value(|browser| {
            let here = browser.as_ref().map(|browser| browser.as_url());
            here.is_none_or(|here| shown.as_deref() == Some(here.read_untracked().path()))
        })
    }

    fn with_browser(self, act: impl FnOnce(&BrowserUrl)) {
        self.browser.with_value(|browser| browser.as_ref().map(act));
    }

    /// Back to where the person came from, or home where they came from outside.
    pub(crate) fn go_back(self) {
        if !self.has_moved() {
            return self.go_instead(Route::Home.address());
        }
        let _: Result<(), JsValue> = window().history().and_then(|history| history.back());
    }
}
