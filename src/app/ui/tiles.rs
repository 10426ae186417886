//! The three things a person can make.

use super::icon;
use super::kind::{TILES, look_of};
use crate::i18n::t;
use leptos::prelude::*;

/// A link for each.
#[component]
pub(crate) fn Tiles() -> impl IntoView {
    let tile = |kind| {
        let look = look_of(kind);
        view! {
            <a class=look.tile_class href=look.route.address()>
                {icon(look.icon)}
                <span class="tile__title">{t(look.make)}</span>
                <span class="tile__line">{t(look.line)}</span>
            </a>
        }
    };
    view! { <div class="tiles">{TILES.map(tile)}</div> }
}
