//! The copy that anyone can read. It is not locked, and made by the reader of the rescue page
//! (`public/rescue-parts`), which shares nothing with the app: `docs/decisions/0011`.

use super::done::file_buttons;
use super::state::Making;
use crate::browser::{hearth, share};
use crate::i18n::Key;
use crate::state::State;
use crate::ui::{Rank, Weight, button, live, notice, part, plain, text, together, trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Where the reader says how far it is, then what is in it (`exportAll`).
const TOLD: &str = "copy-told";
/// What the reader calls more than one zip holds.
const TOO_LARGE: &str = "TooLarge";

/// What it is, that it is not locked, the button, and the file.
pub(super) fn copy_part(state: State, copying: Making) -> AnyView {
    let action = live(move || match copying.made.get() {
        None if copying.is_making.get() => ().into_any(),
        None => button(
            Rank::Plain,
            "download-simple",
            Key::BackupCopyMake,
            move || make(copying),
        ),
        Some(_) => together([text(Key::BackupCopyDone), file_buttons(state, copying)]),
    });
    let form = plain("div", "form")
        .with(text(Key::BackupCopyLead))
        .with(notice(Weight::Warning, text(Key::BackupCopyOpen)))
        .with(trouble(copying.trouble))
        .with(plain("p", "").set("id", TOLD).set("role", "status").view())
        .with(action);
    together([part(Key::BackupCopyTitle), form.view()])
}

fn make(copying: Making) {
    copying.is_making.set(true);
    copying.trouble.set(None);
    // Not tied to the screen: it is saved, whoever went where.
    spawn_local(async move {
        if let Err(word) = take(copying).await {
            let _ = copying.trouble.try_set(Some(word));
        }
        let _ = copying.is_making.try_set(false);
    });
}

async fn take(copying: Making) -> Result<(), Key> {
    let made = JsFuture::from(hearth::export_all()).await;
    let made = made.map_err(|error| match share::is_named(&error, TOO_LARGE) {
        true => Key::BackupCopyLarge,
        false => Key::BackupCopyNot,
    })?;
    if made.is_null() {
        return Err(Key::BackupNothing);
    }
    let file: File = made.unchecked_into();
    copying.take_file(file).ok_or(Key::BackupCopyNot)
}
