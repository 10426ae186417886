//! One record as it is read, on the screen and on paper.

use super::sheet::sheet;
use super::state::answers;
use crate::browser::{dates, page};
use crate::i18n::{Key, Language, t};
use crate::state::State;
use crate::ui::{Heading, Picture, icon, live, live_list, look_of, name_or_somebody};
use hearth_core::Day;
use hearth_core::messages::encode;
use hearth_core::photo::Photo;
use hearth_core::record::{Record, RecordKind, WORDS};
use leptos::prelude::*;

/// How its day stands over it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// It is the screen's heading.
    Heading,
    Part,
}

/// Everything that was said, as a screen.
pub(crate) fn page_paper(record: &Record) -> AnyView {
    whole(record, Title::Heading)
}

/// Everything that was said, as a part of something else.
pub(crate) fn paper(record: &Record) -> AnyView {
    whole(record, Title::Part)
}

fn whole(record: &Record, title: Title) -> AnyView {
    let look = look_of(record.kind);
    if record.kind == RecordKind::Handout {
        return sheet(record, title);
    }
    let one = |photo: &Photo| figure(photo, Signal::stored(photo.caption.clone()));
    let shown: Vec<_> = record.photos.iter().map(one).collect();
    let grid = (!shown.is_empty()).then(|| view! { <div class="photo-grid">{shown}</div> });
    view! {
        <article class=look.record_class>
            <span class="card__kind">{icon(look.badge)} {t(look.name)}</span>
            {told(record, title)}
            {grid}
            {facts(record)}
        </article>
    }
    .into_any()
}

/// The same of a record that is still written. However much is typed, a photo is read once.
pub(crate) fn living_paper(record: Signal<Record>) -> AnyView {
    let look = look_of(record.with_untracked(|record| record.kind));
    let photos = move || record.with(|record| record.photos.clone());
    let caption = move |id| {
        Signal::derive(move || {
            let kept = photos().into_iter().find(|photo: &Photo| photo.id == id);
            kept.map(|photo| photo.caption).unwrap_or_default()
        })
    };
    view! {
        <article class=look.record_class>
            <span class="card__kind">{icon(look.badge)} {t(look.name)}</span>
            {live(move || record.with(|record| told(record, Title::Part)))}
            <div class="photo-grid">
                {live_list(photos, |photo| encode(&photo.id), move |photo| figure(&photo, caption(photo.id)))}
            </div>
            {live(move || record.with(facts))}
        </article>
    }
    .into_any()
}

/// The day and the words.
fn told(record: &Record, title: Title) -> AnyView {
    let written_day = dates::day_of(record.written);
    let day = record.day.unwrap_or(written_day);
    let day = dates::write_day(day, Language::on().dates());
    let heading = head(day, title);
    let words = record.fields.get(&WORDS).cloned().unwrap_or_default();
    let words =
        (!words.is_empty()).then(|| view! { <p class="record__words" dir="auto">{words}</p> });
    view! { {heading} {words} }.into_any()
}

pub(super) fn head(text: String, title: Title) -> AnyView {
    match title {
        // News of the record draws it again, and leaves focus where somebody is typing.
        Title::Heading => {
            let quiet = page::is_titled(&text);
            view! { <Heading text quiet/> }.into_any()
        }
        Title::Part => view! { <h2 class="page-title">{text}</h2> }.into_any(),
    }
}

fn figure(photo: &Photo, caption: Signal<String>) -> AnyView {
    let (width, height) = (photo.width, photo.height);
    let said = move || Some(caption.get()).filter(|caption| !caption.is_empty());
    view! {
        <figure>
            <div class="photo"><Picture blob=photo.blob alt=t(Key::PhotoHere) width height/></div>
            {live(move || said().map(|caption| view! { <figcaption dir="auto">{caption}</figcaption> }))}
        </figure>
    }
    .into_any()
}

fn facts(record: &Record) -> AnyView {
    let tag = Language::on().dates();
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
    if !record.is_mine {
        rows.insert(0, (t(Key::ItemBy).to_owned(), name_or_somebody(&record.by)));
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
