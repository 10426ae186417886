//! Giving something out of the app: the phone's share screen or else the clipboard.

use js_sys::{Array, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ShareData};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shared {
    /// The phone's share screen took it, or the person closed that screen.
    ByThePhone,
    /// It lies on the clipboard.
    Copied,
    /// This browser can do neither.
    Not,
}

/// Shares words and photos where the phone takes photos, words alone where it does not, and
/// copies the words where it shares nothing.
pub(crate) async fn share(title: &str, text: &str, photos: &[File]) -> Shared {
    let navigator = window().navigator();
    if !Reflect::has(&navigator, &"share".into()).unwrap_or(false) {
        return copy(text).await;
    }
    let data = ShareData::new();
    data.set_title(title);
    data.set_text(text);
    let files: Array = photos.iter().collect();
    data.set_files(files.unchecked_ref());
    if photos.is_empty() || !takes(&navigator, &data) {
        let words = ShareData::new();
        words.set_title(title);
        words.set_text(text);
        return give(navigator.share_with_data(&words), text).await;
    }
    give(navigator.share_with_data(&data), text).await
}

/// Shares a file alone; a file does not go onto the clipboard.
pub(crate) async fn share_file(file: &File) -> Shared {
    let navigator = window().navigator();
    let data = ShareData::new();
    data.set_files(Array::of1(file).unchecked_ref());
    if !takes(&navigator, &data) {
        return Shared::Not;
    }
    match JsFuture::from(navigator.share_with_data(&data)).await {
        Ok(_) => Shared::ByThePhone,
        Err(error) if is_closed_by_person(&error) => Shared::ByThePhone,
        Err(_) => Shared::Not,
    }
}

fn takes(navigator: &web_sys::Navigator, data: &ShareData) -> bool {
    Reflect::has(navigator, &"canShare".into()).unwrap_or(false)
        && navigator.can_share_with_data(data)
}

async fn give(promise: js_sys::Promise, text: &str) -> Shared {
    match JsFuture::from(promise).await {
        Ok(_) => Shared::ByThePhone,
        Err(error) if is_closed_by_person(&error) => Shared::ByThePhone,
        Err(_) => copy(text).await,
    }
}

fn is_closed_by_person(error: &JsValue) -> bool {
    is_named(error, "AbortError")
}

/// Whether the error has that name.
pub(crate) fn is_named(error: &JsValue, wanted: &str) -> bool {
    let name = Reflect::get(error, &"name".into());
    name.is_ok_and(|name| name.as_string().as_deref() == Some(wanted))
}

/// Puts words on the clipboard.
pub(crate) async fn copy(text: &str) -> Shared {
    let written = JsFuture::from(window().navigator().clipboard().write_text(text)).await;
    if written.is_ok() {
        Shared::Copied
    } else {
        Shared::Not
    }
}
