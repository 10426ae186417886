//! The four main places. While something is made the bar makes room for it.

use super::icon::{here_icon, icon};
use super::live;
use crate::i18n::{Key, t};
use crate::route::Route;
use leptos::prelude::*;

/// Route, words, drawing, drawing where the person is.
const PLACES: [(Route, Key, &str, &str); 4] = [
    (Route::Home, Key::NavHome, "house", "house-fill"),
    (Route::Make, Key::NavMake, "plus-circle", "plus-circle-fill"),
    (Route::Ours, Key::NavOurs, "books", "books-fill"),
    (
        Route::Settings,
        Key::NavSettings,
        "gear-six",
        "gear-six-fill",
    ),
];

/// The bar.
#[component]
pub(crate) fn BottomBar(here: Signal<Route>) -> impl IntoView {
    live(move || {
        let here = here.get();
        (!is_making(here)).then(
            || view! { <nav class="bottom-bar" aria-label=t(Key::AppPlaces)>{places(here)}</nav> },
        )
    })
}

fn is_making(route: Route) -> bool {
    matches!(
        route,
        Route::MakeStory
            | Route::MakeFeedback
            | Route::MakeAchievement
            | Route::HandOver
            | Route::Edit
            | Route::EditPage
    )
}

fn places(here: Route) -> Vec<impl IntoView> {
    let place = |(route, word, plain, filled): (Route, Key, &'static str, &'static str)| {
        let current = (route == here).then_some("page");
        view! {
            <a class="bottom-bar__item" href=route.address() aria-current=current>
                {icon(plain)} {here_icon(filled)} {t(word)}
            </a>
        }
    };
    PLACES.into_iter().map(place).collect()
}
