//! The app: what a person sees and touches.
//!
//! It draws, and asks the worker for everything else through `link`. No key, no store and no
//! engine may enter here; views never ask the worker themselves, the `state.rs` beside them does.

#![expect(
    unreachable_pub,
    reason = "leptos' component macro makes public what is not"
)]

mod app;
mod browser;
mod features;
mod i18n;
mod link;
pub mod route;
mod screens;
mod state;
mod ui;

use browser::hearth;
use leptos::prelude::*;
use screens::Screens;
use wasm_bindgen::prelude::*;

/// Starts the program of a first visit: telling, and reading what was told.
pub fn start_first() {
    start(screens::first);
}

/// Starts the program that has every screen.
pub fn start_whole() {
    start(screens::all);
}

/// Loads the words, draws the app with these screens around what stands in the page and opens the vault.
fn start(screens: Screens) {
    std::panic::set_hook(Box::new(|panic| {
        // Where in our code; the panic's own sentence can quote what somebody wrote.
        let place = panic
            .location()
            .map(|at| format!("{}:{}:{}", at.file(), at.line(), at.column()));
        hearth::panicked(&place.unwrap_or_default());
    }));
    listen_for_test_panic();
    wasm_bindgen_futures::spawn_local(draw(screens));
}

async fn draw(screens: Screens) {
    let words = wasm_bindgen_futures::JsFuture::from(hearth::words()).await;
    let Ok(words) = words else {
        return hearth::failed("the words did not arrive");
    };
    if !i18n::take_words(i18n::Language::of_page(), &words) {
        return hearth::failed("the words are of another version");
    }
    let (Some(frame), Some(main)) = (
        browser::page::element("app"),
        browser::page::element("main"),
    ) else {
        return hearth::failed("the page has no place for the app");
    };
    app::draw(screens, frame, main);
}

/// A real panic on demand: the journey tests must show that a broken app loses nothing. Only a
/// script in this page can send it, and no other script runs here.
fn listen_for_test_panic() {
    #[expect(clippy::panic, reason = "this is the panic that the tests ask for")]
    let panic_now = Closure::<dyn FnMut()>::new(|| panic!("the test asked for it"));
    let listener = panic_now.as_ref().unchecked_ref();
    let heard = window().add_event_listener_with_callback("hearth-panic-test", listener);
    if heard.is_ok() {
        panic_now.forget();
    }
}
