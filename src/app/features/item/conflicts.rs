//! Two versions of the same words, because two phones changed them before they met. Both are
//! kept; who told it chooses one or puts them together.

use super::state::{in_words, label_of, settle};
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{
    Rank, Weight, WordsField, button, button_row, nothing, notice, part, plain, text, together,
};
use hearth_core::EntityId;
use hearth_core::record::{Conflict, FieldSpec, Input, Record, RecordKind};
use leptos::prelude::*;

/// Each field that has more than one version.
pub(super) fn conflicts(record: &Record) -> AnyView {
    let (id, kind) = (record.id, record.kind);
    match (record.conflicts.as_slice(), record.is_mine) {
        ([], _) => nothing(),
        (_, false) => notice(Weight::Info, text(Key::ConflictOthers)),
        (each, true) => plain("section", "conflict no-print")
            .with(part(Key::ConflictTitle))
            .with(text(Key::ConflictLine))
            .with_all(each.iter().map(|conflict| one(id, kind, conflict)))
            .view(),
    }
}

fn one(id: EntityId, kind: RecordKind, conflict: &Conflict) -> AnyView {
    let field = conflict.field;
    let spec = kind.fields().iter().find(|spec| spec.field == field);
    let label = label_of(spec);
    let versions = conflict.versions.iter().enumerate();
    let versions = versions.map(|(at, words)| choice(id, spec, field, at, words));
    let is_words = spec.is_some_and(|spec| matches!(spec.input, Input::Words | Input::Line));
    let combined = is_words.then(|| combine(id, field, &conflict.versions));
    plain("div", "conflict__field")
        .set("role", "group")
        .set("aria-label", label)
        .with(plain("h3", "").words(label).view())
        .with(plain("ul", "cards").with_all(versions).view())
        .with_all(combined)
        .view()
}

fn choice(id: EntityId, spec: Option<&FieldSpec>, field: u64, at: usize, words: &str) -> AnyView {
    let state = State::get();
    let shown = in_words(spec, words);
    let kept = words.to_owned();
    let keep = button(Rank::Plain, "check", Key::ConflictKeep, move || {
        settle(state, id, field, kept.clone());
    });
    version(format!("version-{field}-{at}"), shown, [keep])
}

/// One version of a field: what it says, and what there is to it. A button in it is called after
/// the words that it is about.
pub(super) fn version<const COUNT: usize>(
    name: String,
    shown: String,
    with: [AnyView; COUNT],
) -> AnyView {
    let words = plain("p", "record__words")
        .set("dir", "auto")
        .set("id", name.clone())
        .words(shown);
    let with = plain("div", "button-row")
        .set("role", "group")
        .set("aria-labelledby", name)
        .with_all(with);
    plain("li", "version")
        .with(words.view())
        .with(with.view())
        .view()
}

/// A box with all versions in it, to be made one.
fn combine(id: EntityId, field: u64, versions: &[String]) -> AnyView {
    let state = State::get();
    let words = RwSignal::new(versions.join("\n\n"));
    let keep = button(Rank::Plain, "check", Key::ConflictSave, move || {
        settle(state, id, field, words.get_untracked());
    });
    let typed = Callback::new(move |text| words.set(text));
    let label = t(Key::ConflictTogetherLabel);
    let field = view! { <WordsField id=format!("together-{field}") label value=words typed/> };
    let all = together([field.into_any(), button_row([keep])]);
    plain("details", "details")
        .with(plain("summary", "").words(t(Key::ConflictTogether)).view())
        .with(all)
        .view()
}
