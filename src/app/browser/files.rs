//! Files a person chose, and bytes shown as pictures.

use super::hearth;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::{document, event_target};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Event, File, FilePropertyBag, HtmlElement, HtmlInputElement, Url,
};

/// The type of every photo.
pub(crate) const JPEG: &str = "image/jpeg";
/// The type of bytes that only Hearth understands.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// The files of a file input, which is emptied so that the same one can be chosen again.
pub(crate) fn take_files(event: &Event) -> Vec<File> {
    let input: HtmlInputElement = event_target(event);
    let files = input.files();
    let count = files.as_ref().map_or(0, web_sys::FileList::length);
    let chosen = (0..count)
        .filter_map(|at| files.as_ref()?.get(at))
        .collect();
    input.set_value("");
    chosen
}

/// Words and files that another app shared; nothing where they are gone.
pub(crate) async fn take_shared() -> Option<(String, Vec<File>)> {
    let shared = hearth::shared().await?;
    let part = |name: &str| Reflect::get(&shared, &name.into()).ok();
    let text = part("text").and_then(|text| text.as_string());
    let files = part("files").map(|files| Array::from(&files));
    let files = files.into_iter().flat_map(|files| files.to_vec());
    Some((
        text.unwrap_or_default(),
        files.filter_map(|file| file.dyn_into().ok()).collect(),
    ))
}

/// An address for bytes; whoever takes it gives it back with [`forget_address`].
pub(crate) fn address_of(bytes: &[u8], kind: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Frees what [`address_of`] holds.
pub(crate) fn forget_address(address: &str) {
    // Only an address that is none fails here.
    let _: Result<(), _> = Url::revoke_object_url(address);
}

/// Saves what lies at such an address as a file of that name, as a pressed link does.
pub(crate) fn save_file(address: &str, name: &str) {
    let link = document().create_element("a");
    if let Some(link) = link
        .ok()
        .and_then(|link| link.dyn_into::<HtmlElement>().ok())
    {
        // A fresh element takes every attribute.
        let _: Result<(), _> = link.set_attribute("href", address);
        let _: Result<(), _> = link.set_attribute("download", name);
        link.click();
    }
}

/// An address for a file, like [`address_of`].
pub(crate) fn address_of_file(file: &File) -> Option<String> {
    Url::create_object_url_with_blob(file).ok()
}

/// Bytes, or what the browser holds of them, as a file.
pub(crate) fn file_of(content: &JsValue, name: &str, kind: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(kind);
    File::new_with_u8_array_sequence_and_options(&Array::of1(content), name, &options).ok()
}
