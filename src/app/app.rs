//! The frame around every screen, and the table of screens.

use crate::features::{
    backup, bin, children, help, home, invite, item, join, make, missing, ours, people, saved,
    settings,
};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::{Door, Here, State};
use crate::ui::{AppBar, BottomBar, ClosedDoor, OfflineStrip, Opening, ToastBar, UpdateBar};
use hearth_core::record::RecordKind;
use leptos::prelude::*;

/// The whole app. A change of language draws it anew.
#[component]
pub(crate) fn App() -> impl IntoView {
    let state = State::provide();
    move || {
        state.language_changes.track();
        frame(state).into_any()
    }
}

fn frame(state: State) -> impl IntoView {
    let here = Memo::new(move |_| state.place.here());
    let door = Memo::new(move |_| state.door.get());
    view! {
        <a class="skip-link" href="#main" rel="external">{t(Key::AppSkip)}</a>
        {move || view! { <AppBar route=here.get().route/> }}
        <UpdateBar/>
        <OfflineStrip/>
        <main class="page" id="main" tabindex="-1">
            {move || {
                let here = here.get();
                if needs_vault(here.route) {
                    match door.get() {
                        Door::Opening => return view! { <Opening/> }.into_any(),
                        Door::Failed(failure) => return view! { <ClosedDoor failure/> }.into_any(),
                        Door::Open => {}
                    }
                }
                screen(here)
            }}
        </main>
        <BottomBar here=Signal::derive(move || here.get().route)/>
        <ToastBar/>
    }
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
        (Route::Settings, _) => view! { <settings::Page/> }.into_any(),
        (Route::Help, _) => view! { <help::Page/> }.into_any(),
        (Route::NotFound | Route::Edit | Route::Saved | Route::Item, _) => missing(),
    }
}
