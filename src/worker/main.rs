//! The worker: the one place that holds the vault key, the store and the engine.
//!
//! It answers the messages of `hearth_core::messages` one after another, so that no two can
//! change the vault at once. Nothing here decides what a record is, and nothing draws.

// A native build of the workspace passes over this crate; it has no native main to offer.
#![cfg_attr(not(target_arch = "wasm32"), expect(unused, reason = "wasm only"))]

mod drive;
mod envelope;
mod file;
mod line;
mod photo;
mod service;
mod surroundings;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `public/worker-start.js`: tells the page that the worker is gone.
    #[wasm_bindgen(js_name = panicked)]
    fn tell_page(message: &str);
}

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        // The place in our code, never what a person wrote.
        let place = panic
            .location()
            .map(|at| format!("{}:{}", at.file(), at.line()));
        tell_page(&format!("panic at {}", place.unwrap_or_default()));
    }));
    service::start();
}
