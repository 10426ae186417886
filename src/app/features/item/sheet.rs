//! A page to hand over, as it is read and as it is given away: with the words of the day on which
//! it was made.

use super::paper::{Title, head};
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::ui::{Picture, line, look_of, nothing, plain, together};
use hearth_core::handout::{Content, Part, SHEET, Sheet, TO};
use hearth_core::record::{Record, WORDS};
use hearth_core::{Day, EntityId};
use leptos::prelude::*;

/// What is handed out.
pub(super) fn sheet_of(record: &Record) -> Sheet {
    let text = record.fields.get(&SHEET).map(String::as_str);
    Sheet::read(text.unwrap_or_default()).without_hidden()
}

/// For whom, when, one's own words, and each part.
pub(super) fn sheet(record: &Record, title: Title) -> AnyView {
    let parts = sheet_of(record).parts.into_iter().map(part);
    let own = own_words(record).map(|words| {
        let words = words.to_owned();
        plain("p", "record__words")
            .set("dir", "auto")
            .words(words)
            .view()
    });
    plain("article", look_of(record.kind).record_class)
        .with(head(name_of(record), title))
        .with(line(when(record)))
        .with_all(own)
        .with_all(parts)
        .view()
}

/// What it is called: for whom it is, where that was said.
fn name_of(record: &Record) -> String {
    match record.fields.get(&TO).filter(|name| !name.is_empty()) {
        Some(name) => t_with(Key::HandoutFor, &[("name", name)]),
        None => t(Key::KindHandout).to_owned(),
    }
}

fn when(record: &Record) -> String {
    let day: Day = record.day.unwrap_or(dates::day_of(record.written));
    dates::write_day(day, Language::on().dates())
}

fn own_words(record: &Record) -> Option<&str> {
    let words = record.fields.get(&WORDS)?;
    (!words.is_empty()).then_some(words)
}

/// The words first, then photos, then the facts.
fn part(part: Part) -> AnyView {
    let (mut words, mut photos, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for line in part.lines {
        match line.content {
            Content::Words(text) => words.push(quote(text)),
            Content::Photo(blob, width, height, caption) => {
                photos.push(figure(blob, (width, height), caption));
            }
            Content::Fact(question, answer) => facts.push(fact(question, answer)),
            Content::Newer(text) => facts.push(fact(t(Key::ItemNewer).to_owned(), text)),
        }
    }
    let photos = match photos.is_empty() {
        true => nothing(),
        false => plain("div", "photo-grid").with_all(photos).view(),
    };
    let facts = match facts.is_empty() {
        true => nothing(),
        false => plain("dl", "facts").with_all(facts).view(),
    };
    plain("section", "handout-part")
        .with(together([words.into_any(), photos, facts]))
        .view()
}

fn quote(text: String) -> AnyView {
    plain("blockquote", "record__words")
        .set("dir", "auto")
        .words(text)
        .view()
}

fn figure(blob: EntityId, (width, height): (u32, u32), caption: String) -> AnyView {
    let photo =
        view! { <div class="photo"><Picture blob alt=t(Key::PhotoHere) width height/></div> };
    let caption = (!caption.is_empty()).then(|| {
        let words = plain("figcaption", "").set("dir", "auto");
        words.words(caption).view()
    });
    plain("figure", "")
        .with(photo.into_any())
        .with_all(caption)
        .view()
}

fn fact(question: String, answer: String) -> AnyView {
    let question = plain("dt", "").words(question).view();
    let answer = plain("dd", "").set("dir", "auto").words(answer).view();
    plain("div", "").with(question).with(answer).view()
}

/// The same as words alone, for the phone's share screen.
pub(super) fn sheet_text(record: &Record) -> String {
    let mut blocks = vec![[name_of(record), when(record)].join("\n")];
    blocks.extend(own_words(record).map(str::to_owned));
    blocks.push(sheet_of(record).text());
    blocks.join("\n\n")
}

/// The photos on it, by their blobs.
pub(super) fn sheet_photos(record: &Record) -> Vec<EntityId> {
    let parts = sheet_of(record).parts.into_iter();
    let lines = parts.flat_map(|part| part.lines);
    let photo = |content| match content {
        Content::Photo(blob, ..) => Some(blob),
        _ => None,
    };
    lines.filter_map(|line| photo(line.content)).collect()
}
