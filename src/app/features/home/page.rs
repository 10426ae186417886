//! The page.

use crate::features::make::UnsavedList;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::{Door, State};
use crate::ui::{Card, ClosedDoor, Heading, Tiles};
use hearth_core::messages::encode;
use leptos::prelude::*;

/// Home.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    state.newest.follow(state);
    let failure = move || match state.door.get() {
        Door::Failed(failure) => Some(failure),
        _ => None,
    };
    view! {
        {move || match failure() {
            Some(failure) => view! { <ClosedDoor failure/> }.into_any(),
            None => view! { <Welcome/> }.into_any(),
        }}
    }
}

#[component]
fn Welcome() -> impl IntoView {
    let newest = State::get().newest.records;
    view! {
        <Heading text=t(Key::ShellTitle)/>
        <p class="lead">{t(Key::ShellLead)}</p>
        <UnsavedList/>
        <Tiles/>
        <Show when=move || newest.with(|records| !records.is_empty())>
            <section>
                <h2 class="day-header">{t(Key::HomeNewest)}</h2>
                <ul class="cards">
                    <For each=move || newest.get() key=encode let:record><li><Card record/></li></For>
                </ul>
            </section>
            <p><a href=Route::Ours.address()>{t(Key::HomeAll)}</a></p>
        </Show>
    }
}
