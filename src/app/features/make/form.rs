//! The page of one draft: words first, then photos, whose and when, then what else the kind asks.

use super::child::ChildChips;
use super::photos::Photos;
use super::state::{TROUBLE, Writing};
use super::when::When;
use crate::browser::page;
use crate::features::item::{GiveButtons, living_paper};
use crate::i18n::{Key, t, word_of};
use crate::state::Journalled;
use crate::ui::{Choices, LineField, Notice, Weight, WordsField, failure_words, icon, live};
use hearth_core::messages::Failure;
use hearth_core::record::{FieldSpec, Input, RecordKind, WORDS};
use leptos::prelude::*;

/// The form.
#[component]
pub(super) fn Form(writing: Writing) -> impl IntoView {
    let specs = writing.kind.fields();
    let at = specs
        .iter()
        .position(|spec| spec.field == WORDS)
        .unwrap_or_default();
    let is_feedback = writing.kind == RecordKind::Feedback;
    // What the kind asks before its words matters to whoever reads it; the rest is folded.
    let (before, after) = (specs.get(..at), specs.get(at + 1..));
    if writing.state.place.has_moved() {
        page::focus(WORDS_ID);
    }
    view! {
        <form class="form" class:no-print=is_feedback data-journal=move || mark_of(&writing.state.journal.state())
            data-draft=writing.draft.to_string() novalidate on:submit=|event| event.prevent_default()>
            <Trouble writing/>
            {specs.get(at).map(|words| view! { <Words writing spec=words/> })}
            <Photos writing/>
            {questions(writing, before)}
            <ChildChips writing/>
            <When writing/>
            <More writing specs=after.unwrap_or_default()/>
            <Give writing/>
            {ending(writing)}
        </form>
        {is_feedback.then(|| view! { <div class="print-only">{living_paper(writing.record())}</div> })}
    }
}

/// Throws it away, or saves it.
pub(super) fn ending(writing: Writing) -> AnyView {
    view! {
        <p>
            <button class="button button--quiet" type="button" on:click=move |_| writing.throw_away()>
                {t(Key::FormThrowAway)}
            </button>
        </p>
        <div class="sticky-action">
            <button class="button button--primary button--block" type="button" on:click=move |_| writing.save()
                aria-disabled=move || writing.is_slow.get().then_some("true")>
                {live(move || t(if writing.is_slow.get() { Key::FormSaving } else { Key::FormSave }))}
            </button>
        </div>
    }
    .into_any()
}

/// Where the main words are typed.
pub(super) const WORDS_ID: &str = "words";

pub(super) fn mark_of(state: &Journalled) -> &'static str {
    match state {
        Journalled::Kept => "kept",
        Journalled::Pending => "pending",
        Journalled::Failed(_) => "failed",
    }
}

#[component]
pub(super) fn Trouble(writing: Writing) -> impl IntoView {
    let draw = move |failure: Failure| {
        let title = if failure == Failure::Empty {
            Key::FormProblem
        } else {
            Key::FormNotSaved
        };
        let go = |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            page::focus(WORDS_ID);
        };
        // Where the phone keeps nothing, the words leave the app another way.
        let is_phone = matches!(
            failure,
            Failure::Full | Failure::Lost(_) | Failure::Refused(_)
        );
        view! {
            <div class="error-summary" role="alert" id=TROUBLE tabindex="-1">
                <h2>{t(title)}</h2>
                <ul><li><a href="#words" on:click=go>{failure_words(&failure)}</a></li></ul>
                {is_phone.then(|| view! { <GiveButtons record=writing.record()/> })}
            </div>
        }
    };
    live(move || writing.trouble.get().map(draw))
}

#[component]
fn Words(writing: Writing, spec: &'static FieldSpec) -> impl IntoView {
    let typed = Callback::new(move |text| writing.set_answer(WORDS, text));
    view! {
        <WordsField id=WORDS_ID label=word_of(spec.name) hint=t(Key::FormHint).to_owned()
            value=writing.answer(WORDS) typed>
            <KeptMark writing/>
        </WordsField>
    }
}

#[component]
pub(super) fn KeptMark(writing: Writing) -> impl IntoView {
    let journal = writing.state.journal;
    live(move || {
        match journal.state() {
        Journalled::Kept => view! {
            <p class="kept-mark" data-state="kept">{icon("check-circle-fill")} {t(Key::FormKept)}</p>
        }
        .into_any(),
        Journalled::Pending => {
            view! { <p class="kept-mark" data-state="keeping">{icon("clock")} {t(Key::FormKeeping)}</p> }.into_any()
        }
        Journalled::Failed(failure) => view! {
            <div role="alert">
                <p class="kept-mark" data-state="failed">{icon("warning-circle")} {t(Key::FormNotKept)}</p>
                <p>{failure_words(&failure)}</p>
                <button class="button" type="button" on:click=move |_| journal.retry()>{t(Key::ShellTryAgain)}</button>
            </div>
        }
        .into_any(),
    }
    })
}

#[component]
fn More(writing: Writing, specs: &'static [FieldSpec]) -> impl IntoView {
    let is_answered = writing.patch.with_untracked(|patch| {
        let answered = |spec: &FieldSpec| {
            patch
                .fields
                .get(&spec.field)
                .is_some_and(|text| !text.is_empty())
        };
        specs.iter().any(answered)
    });
    (!specs.is_empty()).then(|| {
        view! {
            <details class="details" open=is_answered>
                <summary>{t(Key::FormMore)}</summary>
                {questions(writing, Some(specs))}
            </details>
        }
    })
}

fn questions(writing: Writing, specs: Option<&'static [FieldSpec]>) -> Vec<AnyView> {
    let draw = |spec| question(writing, spec);
    specs.unwrap_or_default().iter().map(draw).collect()
}

fn question(writing: Writing, spec: &'static FieldSpec) -> AnyView {
    let value = writing.answer(spec.field);
    let typed = Callback::new(move |text| writing.set_answer(spec.field, text));
    let id = format!("field-{}", spec.field);
    let label = word_of(spec.name);
    match spec.input {
        // It has a form of its own.
        Input::Sheet => ().into_any(),
        Input::Words => view! { <WordsField id label value typed/> }.into_any(),
        Input::Line => view! { <LineField id label value typed/> }.into_any(),
        Input::Choice(codes) => {
            view! { <Choices name=spec.name codes has_faces=false chosen=value choose=typed/> }
                .into_any()
        }
        Input::Faces(codes) => {
            view! { <Choices name=spec.name codes has_faces=true chosen=value choose=typed/> }
                .into_any()
        }
    }
}

/// Nobody receives feedback yet: the screen says so, and offers the two ways to give it.
#[component]
fn Give(writing: Writing) -> impl IntoView {
    (writing.kind == RecordKind::Feedback).then(|| {
        view! {
            <Notice weight=Weight::Info><p>{t(Key::FeedbackOnly)}</p></Notice>
            <GiveButtons record=writing.record()/>
        }
    })
}
