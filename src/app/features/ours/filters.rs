//! Which records to show: of one kind, about one child.

use crate::i18n::{Key, t};
use crate::state::{Listed, PAGE, State};
use crate::ui::{live_list, live_while, look_of};
use hearth_core::messages::encode;
use hearth_core::record::RecordKind;
use hearth_core::timeline::Filter;
use leptos::prelude::*;

/// The chips. About whom is asked only where there is a choice.
#[component]
pub(super) fn Filters(listed: Listed) -> impl IntoView {
    let children = State::get().children;
    let of_kind = move |kind: Option<RecordKind>| {
        let word = kind.map_or(Key::OursAll, |kind| look_of(kind).plural);
        chip(
            listed,
            t(word).to_owned(),
            move |filter| {
                filter.kind = kind;
                filter.is_waiting &= kind.is_some();
            },
            move |filter| filter.kind == kind && (kind.is_some() || !filter.is_waiting),
        )
    };
    let of_child = move |id, name| {
        chip(
            listed,
            name,
            move |filter| filter.child = id,
            move |filter| filter.child == id,
        )
    };
    let about = move || {
        let each = live_list(
            move || children.get(),
            |child| encode(&(child.id, &child.name)),
            move |child| of_child(Some(child.id), child.name),
        );
        view! {
            <div class="chips" role="group" aria-label=t(Key::OursChildren)>
                {of_child(None, t(Key::OursEveryone).to_owned())} {each}
            </div>
        }
    };
    let circle = State::get().circle;
    let may_wait = move || {
        let waits =
            circle.with(|circle| circle.as_ref().is_some_and(|circle| circle.sync.unsent > 0));
        waits || listed.filter.with(|filter| filter.is_waiting)
    };
    let waiting = move || {
        chip(
            listed,
            t(Key::OursWaiting).to_owned(),
            |filter| filter.is_waiting = !filter.is_waiting,
            |filter| filter.is_waiting,
        )
    };
    view! {
        <div class="chips" role="group" aria-label=t(Key::OursKinds)>
            {of_kind(None)} {RecordKind::ALL.map(|kind| of_kind(Some(kind)))} {live_while(may_wait, waiting)}
        </div>
        {live_while(move || children.with(|children| !children.is_empty()), about)}
    }
}

fn chip(
    listed: Listed,
    word: String,
    choose: impl Fn(&mut Filter) + 'static,
    is_chosen: impl Fn(&Filter) -> bool + Send + Sync + 'static,
) -> AnyView {
    let press = move |_| {
        listed.limit.set(PAGE);
        listed.filter.update(&choose);
    };
    let pressed = move || listed.filter.with(|filter| is_chosen(filter)).to_string();
    view! {
        <button class="chip" type="button" aria-pressed=pressed on:click=press><span dir="auto">{word}</span></button>
    }
    .into_any()
}
