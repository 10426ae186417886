//! What a record has to say on a page, line by line: its words first, then when, whose, who said
//! it, where, with what help, and its photos.

use crate::browser::dates;
use crate::features::item::answers;
use crate::i18n::{Key, Language, t};
use crate::state::State;
use crate::ui::name_or_somebody;
use hearth_core::handout::{Content, Line, Part};
use hearth_core::record::{Record, RecordKind, WORDS};
use hearth_core::story::WHO_TOLD;

/// All of it, shown.
pub(super) fn part_of(state: State, record: &Record) -> Part {
    let words = record.fields.get(&WORDS).filter(|words| !words.is_empty());
    let mut lines: Vec<Content> = words.cloned().map(Content::Words).into_iter().collect();
    let day = record.day.unwrap_or(dates::day_of(record.written));
    let day = dates::write_day(day, Language::on().dates());
    lines.push(Content::Fact(t(Key::ItemHappened).to_owned(), day));
    if let Some(name) = record.child.and_then(|child| state.child_name(child)) {
        lines.push(Content::Fact(t(Key::ItemAbout).to_owned(), name));
    }
    if !record.is_mine {
        let by = name_or_somebody(&record.by);
        lines.push(Content::Fact(t(Key::ItemBy).to_owned(), by));
    }
    let rest = answers(record)
        .into_iter()
        .filter(|(_, answer)| Some(answer) != words);
    lines.extend(rest.map(|(question, answer)| Content::Fact(question, answer)));
    lines.extend(record.photos.iter().map(Content::photo));
    Part {
        record: record.id,
        kind: Some(record.kind),
        lines: lines.into_iter().map(Line::shown).collect(),
    }
}

/// Whether the child told it.
pub(super) fn is_childs(record: &Record) -> bool {
    let who = record.fields.get(&WHO_TOLD).map(String::as_str);
    record.kind == RecordKind::Story && who == Some("child")
}
