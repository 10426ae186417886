//! The bar at the top: where the person is or the way back, and help in the same place always.

use super::Heading;
use super::icon::{icon, turning_icon};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::live_by;
use leptos::prelude::*;

/// What the bar begins with.
#[derive(Clone, Copy)]
enum Start {
    Name,
    Title(Key),
    Back,
}

/// The bar. Most screens have the same, which stays as it stands.
#[component]
pub(crate) fn AppBar(here: Signal<Route>) -> impl IntoView {
    let parts = move || parts_of(here.get());
    live_by(
        move || written(parts()),
        move || draw(parts_of(here.get_untracked())).into_any(),
    )
}

/// Its beginning, and whether the way to help is in it.
fn parts_of(route: Route) -> (Start, bool) {
    let start = match route {
        Route::Home => Start::Name,
        Route::Make => Start::Title(Key::MakeTitle),
        Route::Ours => Start::Title(Key::OursTitle),
        Route::Settings => Start::Title(Key::SettingsTitle),
        _ => Start::Back,
    };
    (start, route != Route::Help)
}

/// Bars of the same parts are the same bar.
fn written((start, has_help): (Start, bool)) -> Vec<u8> {
    let start = match start {
        Start::Name => 0,
        Start::Back => 1,
        Start::Title(key) => 2 + key as u32,
    };
    [&start.to_be_bytes()[..], &[u8::from(has_help)]].concat()
}

fn draw((start, has_help): (Start, bool)) -> impl IntoView {
    let start = match start {
        Start::Name => name().into_any(),
        Start::Title(key) => view! { <Heading text=t(key) class="app-bar__title"/> }.into_any(),
        Start::Back => back().into_any(),
    };
    let help = has_help.then(|| {
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
