//! The bar at the top: where the person is or the way back, and help in the same place always.

use super::Heading;
use super::icon::{icon, turning_icon};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::live_by;
use leptos::prelude::*;

/// The bar. Most screens have the same, which stays as it stands.
#[component]
pub(crate) fn AppBar(here: Signal<Route>) -> impl IntoView {
    let look = move || match here.get() {
        Route::Home => 1,
        Route::Make => 2,
        Route::Ours => 3,
        Route::Settings => 4,
        Route::Help => 5,
        _ => 0,
    };
    live_by(
        move || vec![look()],
        move || bar_of(here.get_untracked()).into_any(),
    )
}

fn bar_of(route: Route) -> impl IntoView {
    let title = |key| view! { <Heading text=t(key) class="app-bar__title"/> }.into_any();
    let start = match route {
        Route::Home => name().into_any(),
        Route::Make => title(Key::MakeTitle),
        Route::Ours => title(Key::OursTitle),
        Route::Settings => title(Key::SettingsTitle),
        _ => back().into_any(),
    };
    let help = (route != Route::Help).then(|| {
        view! { <a class="app-bar__help" href=Route::Help.address()>{icon("question")} {t(Key::AppHelp)}</a> }
    });
    view! { <header class="app-bar">{start} {help}</header> }
}

fn name() -> impl IntoView {
    view! {
        <img class="app-bar__mark" src="/icons/favicon.svg" alt="" width="36" height="36"/>
        <span class="app-bar__title">{t(Key::ShellName)}</span>
    }
}

fn back() -> impl IntoView {
    let place = State::get().place;
    view! {
        <button class="app-bar__back" type="button" on:click=move |_| place.go_back()>
            {turning_icon("arrow-left")} {t(Key::AppBack)}
        </button>
    }
}
