//! The four pictures that two phones compare, each with its word. The drawings come as one file
//! that only these screens ask for.

use crate::i18n::{Key, t};
use leptos::prelude::*;

/// The pictures at those places of the protocol's list.
pub(crate) fn four_pictures(places: [u8; 4]) -> AnyView {
    let picture = |place: u8| {
        let address = format!("/pictures-64.svg#p{place}");
        view! {
            <li class="compare__one">
                <svg class="compare__picture" aria-hidden="true"><use href=address></use></svg>
                <span>{word_of(place)}</span>
            </li>
        }
    };
    view! { <ol class="compare">{places.map(picture)}</ol> }.into_any()
}

fn word_of(place: u8) -> &'static str {
    let mut words = t(Key::PictureWords).split('|');
    words.nth(place.into()).unwrap_or_default()
}
