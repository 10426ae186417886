//! The frame around every screen, and the table of screens.

use crate::browser::{hearth, page};
use crate::features::{
    backup, bin, children, help, home, invite, item, join, make, missing, ours, people, restore,
    saved, settings, words,
};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::{Door, Here, State};
use crate::ui::{AppBar, BottomBar, ClosedDoor, OfflineStrip, Opening, ToastBar, UpdateBar, live};
use hearth_core::record::RecordKind;
use leptos::prelude::*;
use web_sys::{Element, HtmlElement, Node};

/// Draws the whole app as long as the page lives: its bars around `main`, which stands in the page
/// with Home's first part in it, and every screen at the end of `main`. Each part is a task of its
/// own: most of the time goes into compiling what runs for the first time.
pub(crate) fn draw(frame: HtmlElement, main: HtmlElement) {
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
            owner.with(|| keep(inside(state), &main, None));
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

fn inside(state: State) -> AnyView {
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
            screen(here)
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

fn screen(here: Here) -> AnyView {
    let make = |kind| view! { <make::Page kind draft=here.draft/> }.into_any();
    let missing = || view! { <missing::Page/> }.into_any();
    match (here.route, here.record) {
        (Route::Home, _) => view! { <home::Page/> }.into_any(),
        (Route::Make, _) => view! { <make::Choose/> }.into_any(),
        (Route::MakeStory, _) => make(RecordKind::Story),
        (Route::MakeFeedback, _) => make(RecordKind::Feedback),
        (Route::MakeAchievement, _) => make(RecordKind::Achievement),
        (Route::Edit, Some(record)) => view! { <make::Edit record/> }.into_any(),
        (Route::Saved, Some(record)) => view! { <saved::Page record/> }.into_any(),
        (Route::Item, Some(record)) => view! { <item::Page record/> }.into_any(),
        (Route::Ours, _) => view! { <ours::Page/> }.into_any(),
        (Route::Bin, _) => view! { <bin::Page/> }.into_any(),
        (Route::Children, _) => view! { <children::Page/> }.into_any(),
        (Route::People, _) => view! { <people::Page/> }.into_any(),
        (Route::Invite, _) => view! { <invite::Page/> }.into_any(),
        (Route::Join, _) => view! { <join::Page/> }.into_any(),
        (Route::Backup, _) => view! { <backup::Page/> }.into_any(),
        (Route::Restore, _) => view! { <restore::Page/> }.into_any(),
        (Route::RestoreWords, _) => view! { <restore::ByWords/> }.into_any(),
        (Route::Words, _) => view! { <words::Page/> }.into_any(),
        (Route::Settings, _) => view! { <settings::Page/> }.into_any(),
        (Route::Help, _) => view! { <help::Page/> }.into_any(),
        (Route::NotFound | Route::Edit | Route::Saved | Route::Item, _) => missing(),
    }
}
