//! Home's first part stands in `index.html`, in words that `boot.js` fills in: it is there before
//! wasm comes, and the app shows and hides it instead of drawing it anew under a reader's eyes.

use crate::browser::page;
use leptos::prelude::*;

/// Shows it as long as the caller's owner lives, with `before_tiles` and `at_end` in it.
pub(super) fn show(before_tiles: AnyView, at_end: AnyView) {
    page::set_home(true);
    on_cleanup(|| page::set_home(false));
    let Some(home) = page::element("home") else {
        return;
    };
    let tiles = page::element("home-tiles");
    draw_into(&home, tiles.as_ref().map(AsRef::as_ref), before_tiles);
    draw_into(&home, None, at_end);
}

fn draw_into(home: &web_sys::Element, marker: Option<&web_sys::Node>, view: AnyView) {
    let mut drawn = view.build();
    drawn.mount(home, marker);
    let drawn = StoredValue::new_local(drawn);
    on_cleanup(move || drawn.update_value(Mountable::unmount));
}
