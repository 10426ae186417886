//! Whose record it is: a child's chip, or none; a name can be added here.

use super::state::Writing;
use crate::browser::page;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{LineField, failure_words, icon, live, live_list, live_while};
use hearth_core::EntityId;
use hearth_core::messages::Failure;
use hearth_core::messages::encode;
use leptos::prelude::*;
use leptos::task::spawn_local;

const NAME_ID: &str = "new-name";

/// The chips.
#[component]
pub(super) fn ChildChips(writing: Writing) -> impl IntoView {
    let is_naming = RwSignal::new(false);
    let children = writing.state.children;
    let open = move |_| {
        is_naming.set(true);
        page::focus(NAME_ID);
    };
    let added = Callback::new(move |child| {
        is_naming.set(false);
        writing.set_child(child);
    });
    view! {
        <fieldset class="chips">
            <legend>{t(Key::ChildAbout)}</legend>
            {live_list(
                move || children.get(),
                |child| encode(&(child.id, &child.name)),
                move |child| view! { <Chip writing child=Some(child.id) name=child.name/> },
            )}
            <Chip writing child=None name=t(Key::ChildNone).to_owned()/>
            <button class="chip" type="button" on:click=open aria-expanded=move || is_naming.get().to_string()>
                <span>{icon("plus-circle")} {t(Key::ChildAdd)}</span>
            </button>
        </fieldset>
        {live_while(move || is_naming.get(), move || view! { <NewName added/> })}
    }
}

#[component]
fn Chip(writing: Writing, child: Option<EntityId>, name: String) -> impl IntoView {
    let is_chosen = Signal::derive(move || writing.patch.with(|patch| patch.child == child));
    view! {
        <label class="chip">
            <input type="radio" name="child" prop:checked=is_chosen
                on:change=move |_| writing.set_child(child)/>
            <span dir="auto">{name}</span>
        </label>
    }
}

/// A field for one more name.
#[component]
pub(crate) fn NewName(added: Callback<Option<EntityId>>) -> impl IntoView {
    let state = State::get();
    let name = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let add = move || {
        let typed = name.get_untracked();
        spawn_local(async move {
            match state.add_child(typed).await {
                Ok(child) => {
                    // Nobody waits for it where the screen is left.
                    if name.try_set(String::new()).is_none() {
                        failure.set(None);
                        added.run(child);
                    }
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
        <div class="new-name">
            <LineField id=NAME_ID label=t(Key::ChildName) value=name
                typed=Callback::new(move |text| name.set(text)) entered=Callback::new(move |()| add())/>
            <p class="field__error" role="alert">{live(why)}</p>
            <button class="button" type="button" on:click=move |_| add()>{t(Key::ChildKeep)}</button>
        </div>
    }
}
