//! One record as it is read, on the screen and on paper.

use super::state::answers;
use crate::browser::dates;
use crate::i18n::{Key, Language, t};
use crate::state::State;
use crate::ui::{Heading, Picture, icon, look_of};
use hearth_core::Day;
use hearth_core::photo::Photo;
use hearth_core::record::{Record, WORDS};
use leptos::prelude::*;

/// Everything that was said.
pub(crate) fn paper(record: &Record, is_page: bool) -> AnyView {
    let look = look_of(record.kind);
    let tag = Language::on().dates();
    let written_day = dates::day_of(record.written);
    let day = dates::write_day(record.day.unwrap_or(written_day), tag);
    let heading = if is_page {
        view! { <Heading text=day/> }.into_any()
    } else {
        view! { <h2 class="page-title">{day}</h2> }.into_any()
    };
    let words = record.fields.get(&WORDS).cloned().unwrap_or_default();
    view! {
        <article class=look.record_class>
            <span class="card__kind">{icon(look.badge)} {t(look.name)}</span>
            {heading}
            {(!words.is_empty()).then(|| view! { <p class="record__words" dir="auto">{words}</p> })}
            {photos(&record.photos)}
            {facts(record, tag)}
        </article>
    }
    .into_any()
}

fn photos(photos: &[Photo]) -> Option<AnyView> {
    let one = |photo: &Photo| {
        let caption = photo.caption.clone();
        let alt = if caption.is_empty() {
            t(Key::PhotoHere).to_owned()
        } else {
            caption.clone()
        };
        view! {
            <figure>
                <div class="photo"><Picture blob=photo.blob alt width=photo.width height=photo.height/></div>
                {(!caption.is_empty()).then(|| view! { <figcaption dir="auto">{caption}</figcaption> })}
            </figure>
        }
    };
    let shown: Vec<_> = photos.iter().map(one).collect();
    (!shown.is_empty()).then(|| view! { <div class="photo-grid">{shown}</div> }.into_any())
}

fn facts(record: &Record, tag: &str) -> AnyView {
    let state = State::get();
    let words = record.fields.get(&WORDS).cloned();
    let mut rows: Vec<(String, String)> = answers(record)
        .into_iter()
        .filter(|(_, answer)| Some(answer) != words.as_ref())
        .collect();
    if let Some(name) = record.child.and_then(|child| state.child_name(child)) {
        rows.insert(0, (t(Key::ItemAbout).to_owned(), name));
    }
    if let Some(day) = record.day {
        rows.push((t(Key::ItemHappened).to_owned(), write(day, tag)));
    }
    rows.push((
        t(Key::ItemWritten).to_owned(),
        dates::write_moment(record.written, tag),
    ));
    if record.changed > record.written {
        rows.push((
            t(Key::ItemChanged).to_owned(),
            dates::write_moment(record.changed, tag),
        ));
    }
    let row = |(label, answer)| view! { <div><dt>{label}</dt><dd dir="auto">{answer}</dd></div> };
    view! { <dl class="facts">{rows.into_iter().map(row).collect::<Vec<_>>()}</dl> }.into_any()
}

fn write(day: Day, tag: &str) -> String {
    dates::write_short_day(day, tag)
}
