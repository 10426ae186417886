//! The photos of a draft: taken, chosen, said what is on them, taken away again.

use super::state::Writing;
use crate::browser::files;
use crate::i18n::{Key, t};
use crate::ui::{LineField, Notice, Picture, Weight, icon, live, live_list};
use hearth_core::messages::encode;
use hearth_core::photo::{Photo, THUMBNAIL_SIDE, fit_within};
use leptos::prelude::*;

/// An iPhone turns its own format into JPEG only where exactly these are asked for.
const TYPES: &str = "image/jpeg,image/png,image/webp";

/// The photos, and the two buttons that add some.
#[component]
pub(super) fn Photos(writing: Writing) -> impl IntoView {
    let trouble = move || {
        let draw = |key| view! { <Notice weight=Weight::Error><p>{t(key)}</p></Notice> };
        writing.photo_trouble.get().map(draw)
    };
    view! {
        <section class="photos" aria-label=t(Key::PhotoTitle)>
            <ul class="photo-list">
                {live_list(
                    move || writing.photos.get(),
                    |photo| encode(&photo.id),
                    move |photo| view! { <OnePhoto writing photo/> },
                )}
            </ul>
            <p role="status">{live(move || (writing.adding.get() > 0).then(|| t(Key::PhotoAdding)))}</p>
            <div role="alert">{live(trouble)}</div>
            <div class="button-row">
                <Adder writing word=Key::PhotoTake drawing="camera" from_camera=true/>
                <Adder writing word=Key::PhotoChoose drawing="images" from_camera=false/>
            </div>
        </section>
    }
}

#[component]
fn Adder(writing: Writing, word: Key, drawing: &'static str, from_camera: bool) -> impl IntoView {
    view! {
        <label class="photo-add">
            <input type="file" accept=TYPES capture=from_camera.then_some("environment") multiple=!from_camera
                on:change=move |event| writing.add_photos(files::take_files(&event))/>
            {icon(drawing)} {t(word)}
        </label>
    }
}

#[component]
fn OnePhoto(writing: Writing, photo: Photo) -> impl IntoView {
    let (width, height) = fit_within(photo.width, photo.height, THUMBNAIL_SIDE);
    let id = photo.id;
    let caption = RwSignal::new(photo.caption);
    let typed = Callback::new(move |text: String| {
        caption.set(text.clone());
        writing.set_caption(id, text);
    });
    let alt = if caption.get_untracked().is_empty() {
        t(Key::PhotoHere).to_owned()
    } else {
        caption.get_untracked()
    };
    view! {
        <li class="photo-list__one">
            <div class="photo">
                <Picture blob=photo.thumbnail alt width height/>
                <button class="photo__remove" type="button" on:click=move |_| writing.remove_photo(id)>
                    {icon("x")} <span class="visually-hidden">{t(Key::PhotoRemove)}</span>
                </button>
            </div>
            <LineField id=format!("caption-{id}") label=t(Key::PhotoCaption) value=caption typed/>
        </li>
    }
}
