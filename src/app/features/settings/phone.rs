//! How this phone keeps what is saved, said plainly also where it is not good.

use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::state::State;
use crate::ui::{Notice, Rank, Weight, button_link, button_row, icon, live};
use hearth_storage::persist::{self, Room};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

/// A tenth of a megabyte, in bytes.
const TENTH: u64 = 100_000;

/// The facts, and what to do about them.
#[component]
pub(super) fn Phone() -> impl IntoView {
    let state = State::get();
    let used = RwSignal::new(None::<Room>);
    state.read_health();
    spawn_local_scoped_with_cancellation(async move { used.set(persist::estimate_room().await) });
    let counted = |key, count: usize| t_with(key, &[("count", &count.to_string())]);
    let warn = |words: String| view! { <Notice weight=Weight::Warning><p>{words}</p></Notice> };
    let troubles = move || {
        let health = state.health.get();
        [
            (health.damaged > 0).then(|| counted(Key::SettingsDamaged, health.damaged)),
            (health.later > 0).then(|| counted(Key::SettingsLater, health.later)),
            health
                .key_is_plain
                .then(|| t(Key::SettingsPlainKey).to_owned()),
        ]
        .into_iter()
        .flatten()
        .map(warn)
        .collect::<Vec<_>>()
    };
    let space = move || {
        let write = |room: Room| {
            let tenths = room.used.div_ceil(TENTH);
            let size = format!("{}.{}", tenths / 10, tenths % 10);
            t_with(Key::SettingsUsed, &[("size", &size)])
        };
        used.get().map(write)
    };
    view! {
        <section>
            <h2 class="day-header">{t(Key::SettingsPhone)}</h2>
            <ul class="facts-list">
                <li>{live(move || counted(Key::SettingsRecords, state.health.get().records))}</li>
                <li>{live(space)}</li>
            </ul>
            <Promise/>
            {live(troubles)}
            {button_row([button_link(Rank::Plain, "trash", Key::LeaveTitle, Route::Leave.address())])}
        </section>
    }
}

/// Whether the browser has promised to keep it.
#[component]
fn Promise() -> impl IntoView {
    let state = State::get();
    live(move || match state.is_persistent.get() {
        None => ().into_any(),
        Some(true) => {
            view! { <p>{icon("check-circle-fill")} " " {t(Key::SettingsStays)}</p> }.into_any()
        }
        Some(false) => view! {
            <Notice weight=Weight::Warning>
                <p>{t(Key::SettingsMayGo)}</p>
                <div class="button-row">
                    <button class="button" type="button" on:click=move |_| state.ask_to_persist()>
                        {t(Key::SettingsAskStay)}
                    </button>
                </div>
            </Notice>
        }
        .into_any(),
    })
}
