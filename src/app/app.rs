//! The frame around every screen.

use crate::browser::{hearth, page};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::screens::Screens;
use crate::state::{Door, State};
use crate::ui::{AppBar, BottomBar, ClosedDoor, OfflineStrip, Opening, ToastBar, UpdateBar, live};
use leptos::prelude::*;
use web_sys::{Element, HtmlElement, Node};

/// Draws the whole app as long as the page lives: its bars around `main`, which stands in the page
/// with Home's first part in it, and every screen at the end of `main`. Each part is a task of its
/// own: most of the time goes into compiling what runs for the first time.
pub(crate) fn draw(screens: Screens, frame: HtmlElement, main: HtmlElement) {
    let place = frame.clone();
    leptos::mount::mount_to(frame, move || {
        let state = State::provide();
        let owner = Owner::current().unwrap_or_default();
        leptos::task::spawn_local(async move {
            hearth::rest().await;
            owner.with(|| keep(below(state), &place, None));
            hearth::rest().await;
            owner.with(|| keep(above(state), &place, Some(&main)));
            page::remove("shell-bar");
            hearth::rest().await;
            owner.with(|| keep(inside(state, screens), &main, None));
            hearth::ready();
        });
    })
    .forget();
}

fn keep(view: AnyView, parent: &Element, marker: Option<&Node>) {
    let mut drawn = view.build();
    drawn.mount(parent, marker);
    // Dropping it would end its signals.
    std::mem::forget(drawn);
}

fn above(state: State) -> AnyView {
    in_each_language(state, move || {
        view! {
            <a class="skip-link" href="#main" rel="external">{t(Key::AppSkip)}</a>
            <AppBar here=Signal::derive(move || state.place.here().route)/>
            <UpdateBar/>
            <OfflineStrip/>
        }
    })
}

fn inside(state: State, screens: Screens) -> AnyView {
    in_each_language(state, move || {
        live(move || {
            let here = state.place.here();
            // Where the focused element goes with its screen, the browser works out the style of
            // the whole page in the middle of drawing.
            page::let_go_of_focus();
            if needs_vault(here.route) {
                match state.door.get() {
                    Door::Opening => return view! { <Opening/> }.into_any(),
                    Door::Failed(failure) => return view! { <ClosedDoor failure/> }.into_any(),
                    Door::Open => {}
                }
            }
            screens(here)
        })
    })
}

fn below(state: State) -> AnyView {
    in_each_language(state, move || {
        view! {
            <BottomBar here=Signal::derive(move || state.place.here().route)/>
            <ToastBar/>
        }
    })
}

/// A change of language draws it anew.
fn in_each_language<V: IntoView + 'static>(
    state: State,
    draw: impl Fn() -> V + Send + 'static,
) -> AnyView {
    live(move || {
        state.language_changes.track();
        draw()
    })
}

/// Home paints its tiles before the vault is open; words and settings need none.
fn needs_vault(route: Route) -> bool {
    !matches!(
        route,
        Route::Home | Route::Make | Route::Settings | Route::Help | Route::NotFound
    )
}
