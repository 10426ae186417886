//! The page.

use super::item::InBin;
use crate::i18n::{Key, t};
use crate::state::{Listed, State};
use crate::ui::{Empty, Heading, Notice, Opening, Weight, failure_words, live, live_list};
use hearth_core::messages::encode;
use hearth_core::timeline::Filter;
use leptos::prelude::*;

/// Everything in the bin: its length is bounded by thirty days of deleting.
const ALL: usize = usize::MAX;

/// The bin.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let listed = Listed::new(
        Filter {
            in_bin: true,
            ..Filter::default()
        },
        ALL,
    );
    listed.follow(state);
    let trouble = move || {
        let draw = |failure| view! { <Notice weight=Weight::Error><p>{failure_words(&failure)}</p></Notice> };
        listed.failure.get().map(draw)
    };
    view! {
        <Heading text=t(Key::BinTitle)/>
        <p class="lead">{t(Key::BinLead)}</p>
        {live(trouble)}
        {live(move || match (listed.is_read.get(), listed.total.get()) {
            (false, _) => view! { <Opening/> }.into_any(),
            (true, 0) => view! { <Empty text=t(Key::BinEmpty)></Empty> }.into_any(),
            (true, _) => view! {
                <ul class="cards">
                    {live_list(move || listed.records.get(), encode, |record| view! { <li><InBin record/></li> })}
                </ul>
            }
            .into_any(),
        })}
    }
}
