//! One child's name, and changing it.

use crate::browser::page;
use crate::i18n::{Key, t, t_with};
use crate::state::State;
use crate::ui::{LineField, failure_words, icon, live};
use hearth_core::child::Child;
use hearth_core::messages::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;

const FIELD: &str = "changed-name";

/// The name as a row, or as a field while it is changed.
#[component]
pub(super) fn Named(child: Child) -> impl IntoView {
    let is_changing = RwSignal::new(false);
    let child = StoredValue::new(child);
    live(move || {
        let child = child.get_value();
        if is_changing.get() {
            view! { <ChangeName child is_changing/> }.into_any()
        } else {
            row(&child, is_changing).into_any()
        }
    })
}

fn row(child: &Child, is_changing: RwSignal<bool>) -> impl IntoView {
    let label = t_with(Key::ChildRenameOf, &[("name", &child.name)]);
    let change = move |_| {
        is_changing.set(true);
        page::focus(FIELD);
    };
    view! {
        <button class="settings-list__row" type="button" aria-label=label on:click=change>
            {icon("user")}
            <span dir="auto">{child.name.clone()}</span>
            {icon("pencil-simple")}
        </button>
    }
}

#[component]
fn ChangeName(child: Child, is_changing: RwSignal<bool>) -> impl IntoView {
    let state = State::get();
    let id = child.id;
    let name = RwSignal::new(child.name);
    let failure = RwSignal::new(None::<Failure>);
    let save = move || {
        let typed = name.get_untracked();
        spawn_local(async move {
            match state.rename_child(id, typed.clone()).await {
                Ok(()) => {
                    state.say(t_with(Key::ChildSaved, &[("name", typed.trim())]));
                    let _ = is_changing.try_set(false);
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let why = move || {
        let words = |why: Failure| match why {
            Failure::Empty => t(Key::ChildEmpty),
            other => failure_words(&other),
        };
        failure.get().map(words)
    };
    view! {
        <div class="settings-list__edit">
            <LineField id=FIELD label=t(Key::ChildName) value=name
                typed=Callback::new(move |text| name.set(text)) entered=Callback::new(move |()| save())/>
            <p class="field__error" role="alert">{live(why)}</p>
            <div class="button-row">
                <button class="button button--primary" type="button" on:click=move |_| save()>{t(Key::ChildSave)}</button>
                <button class="button button--quiet" type="button" on:click=move |_| is_changing.set(false)>
                    {t(Key::AppCancel)}
                </button>
            </div>
        </div>
    }
}
