//! Files a person chose, and bytes shown as pictures.

use js_sys::{Array, Uint8Array};
use leptos::prelude::event_target;
use web_sys::{Blob, BlobPropertyBag, Event, File, FilePropertyBag, HtmlInputElement, Url};

const JPEG: &str = "image/jpeg";

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

/// An address for a JPEG's bytes; whoever takes it gives it back with [`forget_address`].
pub(crate) fn address_of(jpeg: &[u8]) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(JPEG);
    let parts = Array::of1(&Uint8Array::from(jpeg));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Frees what [`address_of`] holds.
pub(crate) fn forget_address(address: &str) {
    // Only an address that is none fails here.
    let _: Result<(), _> = Url::revoke_object_url(address);
}

/// A JPEG as a file, to be shared.
pub(crate) fn file_of(jpeg: &[u8], name: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(JPEG);
    File::new_with_u8_array_sequence_and_options(
        &Array::of1(&Uint8Array::from(jpeg)),
        name,
        &options,
    )
    .ok()
}
