//! The four pictures that two phones compare, each with its word. The drawings come as one file
//! that only these screens ask for.

use super::icon::picture;
use super::plain;
use crate::i18n::{Key, t};
use leptos::prelude::*;

/// The pictures at those places of the protocol's list.
pub(crate) fn four_pictures(places: [u8; 4]) -> AnyView {
    let one = |place: u8| {
        let word = plain("span", "").words(word_of(place)).view();
        let drawn = picture(format!("/pictures-64.svg#p{place}"));
        plain("li", "compare__one").with(drawn).with(word).view()
    };
    plain("ol", "compare").with_all(places.map(one)).view()
}

fn word_of(place: u8) -> &'static str {
    let mut words = t(Key::PictureWords).split('|');
    words.nth(place.into()).unwrap_or_default()
}
