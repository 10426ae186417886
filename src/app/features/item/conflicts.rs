//! Two versions of the same words, because two phones changed them before they met. Both are
//! kept; who told it chooses one or puts them together.

use super::state::settle;
use crate::i18n::{Key, choice_of, t, word_of};
use crate::state::State;
use crate::ui::{Notice, Rank, Weight, WordsField, button, part, text};
use hearth_core::EntityId;
use hearth_core::record::{Conflict, FieldSpec, Input, RecordKind};
use leptos::prelude::*;

/// Each field that has more than one version.
pub(super) fn conflicts(
    id: EntityId,
    (is_mine, kind, conflicts): &(bool, RecordKind, Vec<Conflict>),
) -> Option<AnyView> {
    if conflicts.is_empty() {
        return None;
    }
    if !is_mine {
        let words = text(Key::ConflictOthers);
        return Some(view! { <Notice weight=Weight::Info>{words}</Notice> }.into_any());
    }
    let each = conflicts.iter().map(|conflict| one(id, *kind, conflict));
    let each = each.collect::<Vec<_>>();
    let drawn = view! {
        <section class="conflict no-print" data-conflicts>
            {part(Key::ConflictTitle)}
            {text(Key::ConflictLine)}
            {each}
        </section>
    };
    Some(drawn.into_any())
}

fn one(id: EntityId, kind: RecordKind, conflict: &Conflict) -> AnyView {
    let field = conflict.field;
    let spec = kind.fields().iter().find(|spec| spec.field == field);
    let label = spec.map_or(t(Key::ItemNewer), |spec| word_of(spec.name));
    let versions = conflict.versions.iter().enumerate();
    let versions = versions.map(|(at, words)| version(id, spec, field, at, words));
    let versions = versions.collect::<Vec<_>>();
    let is_words = spec.is_some_and(|spec| matches!(spec.input, Input::Words | Input::Line));
    let together = is_words.then(|| combine(id, field, &conflict.versions));
    view! {
        <div class="conflict__field" role="group" aria-label=label>
            <h3>{label}</h3>
            <ul class="cards">{versions}</ul>
            {together}
        </div>
    }
    .into_any()
}

fn version(id: EntityId, spec: Option<&FieldSpec>, field: u64, at: usize, words: &str) -> AnyView {
    let state = State::get();
    let is_choice = |spec: &&FieldSpec| matches!(spec.input, Input::Choice(_) | Input::Faces(_));
    let shown = match (words, spec.filter(is_choice)) {
        ("", _) => t(Key::ConflictNothing).to_owned(),
        (code, Some(spec)) => choice_of(spec.name, code),
        (words, None) => words.to_owned(),
    };
    let name = format!("version-{field}-{at}");
    let kept = words.to_owned();
    view! {
        <li class="version">
            <p class="record__words" dir="auto" id=name.clone()>{shown}</p>
            <div class="button-row" role="group" aria-describedby=name>
                {button(Rank::Plain, "check", Key::ConflictKeep, move || settle(state, id, field, kept.clone()))}
            </div>
        </li>
    }
    .into_any()
}

/// A box with all versions in it, to be made one.
fn combine(id: EntityId, field: u64, versions: &[String]) -> AnyView {
    let state = State::get();
    let words = RwSignal::new(versions.join("\n\n"));
    let keep = button(Rank::Plain, "check", Key::ConflictSave, move || {
        settle(state, id, field, words.get_untracked());
    });
    view! {
        <details class="details">
            <summary>{t(Key::ConflictTogether)}</summary>
            <WordsField id=format!("together-{field}") label=t(Key::ConflictTogetherLabel) value=words
                typed=Callback::new(move |text| words.set(text))/>
            <div class="button-row">{keep}</div>
        </details>
    }
    .into_any()
}
