//! What is on the page, part by part: each line can be hidden, each part moved or taken off.

use super::state::{Making, part_id};
use crate::i18n::{Key, t};
use crate::ui::{
    Picture, Rank, button, button_row, live_by, live_list, live_while, look_of, nothing, part,
    text, together,
};
use hearth_core::EntityId;
use hearth_core::handout::{Content, Line, Part};
use hearth_core::messages::encode;
use leptos::prelude::*;

/// All parts, in their order.
pub(super) fn on_it(making: Making) -> AnyView {
    let records = move || {
        let parts = making.sheet().parts.into_iter();
        parts.map(|part| part.record).collect::<Vec<EntityId>>()
    };
    let is_empty = move || records().is_empty();
    view! {
        <section data-testid="on-the-page">
            {part(Key::HandoutOnIt)}
            {live_while(is_empty, || text(Key::HandoutNone))}
            {live_list(records, encode, move |record| one(making, record))}
        </section>
    }
    .into_any()
}

/// A press of a button inside draws nothing anew but what it changed.
fn one(making: Making, record: EntityId) -> AnyView {
    let found = making.sheet_now().parts.into_iter();
    let Some(found) = found.into_iter().find(|part| part.record == record) else {
        return nothing();
    };
    let name = found.kind.map_or("", |kind| t(look_of(kind).name));
    let place = move || making.sheet().position(record).unwrap_or_default();
    let last = move || making.sheet().parts.len().saturating_sub(1);
    let up = move || match place() {
        0 => nothing(),
        _ => button(Rank::Plain, "", Key::HandoutUp, move || {
            making.shift(record, true);
        }),
    };
    let down = move || match place() == last() {
        true => nothing(),
        false => button(Rank::Plain, "", Key::HandoutDown, move || {
            making.shift(record, false);
        }),
    };
    let off = button(Rank::Danger, "x", Key::HandoutOff, move || {
        making.take_off(record);
    });
    let is_last = move || vec![u8::from(place() == last())];
    let is_first = move || vec![u8::from(place() == 0)];
    view! {
        <div class="handout-part handout-part--made" id=part_id(record) tabindex="-1" role="group" aria-label=name>
            {lines(making, &found)}
            {button_row([live_by(is_first, up), live_by(is_last, down), off])}
        </div>
    }
    .into_any()
}

fn lines(making: Making, part: &Part) -> AnyView {
    let record = part.record;
    let one = |(at, line): (usize, &Line)| row(making, record, at, line);
    part.lines
        .iter()
        .enumerate()
        .map(one)
        .collect::<Vec<_>>()
        .into_any()
}

fn row(making: Making, record: EntityId, at: usize, line: &Line) -> AnyView {
    let is_shown = Signal::derive(move || {
        let part = making.part(record);
        let line = part.as_ref().and_then(|part| part.lines.get(at));
        line.is_some_and(|line| line.is_shown)
    });
    view! {
        <label class="choice choice--line" class:choice--hidden=move || !is_shown.get()>
            <input type="checkbox" prop:checked=is_shown
                on:change:target=move |event| making.show_line(record, at, event.target().checked())/>
            <span class="choice__label"><span class="visually-hidden">{t(Key::HandoutShow)} ": "</span> {said(&line.content)}</span>
        </label>
    }
    .into_any()
}

fn said(content: &Content) -> AnyView {
    match content {
        Content::Words(words) => words_of(words),
        Content::Newer(words) => words_of(words),
        Content::Fact(question, answer) => {
            let (question, answer) = (question.clone(), answer.clone());
            view! { <span class="field__hint">{question}</span> " " <span dir="auto">{answer}</span> }.into_any()
        }
        Content::Photo(blob, _, _, caption) => {
            let (blob, caption) = (*blob, caption.clone());
            together([
                view! { <Picture blob alt=t(Key::PhotoHere) class="card__photo" width=88 height=88/> }.into_any(),
                view! { <span dir="auto">{caption}</span> }.into_any(),
            ])
        }
    }
}

fn words_of(words: &str) -> AnyView {
    let words = words.to_owned();
    view! { <span class="handout-words" dir="auto">{words}</span> }.into_any()
}
