//! The page.

use super::item::Named;
use crate::features::make::NewName;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{Heading, live_list, live_while};
use hearth_core::child::Child;
use hearth_core::messages::encode;
use leptos::prelude::*;

/// The names, and one more.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let children = State::get().children;
    view! {
        <Heading text=t(Key::ChildrenTitle)/>
        <p class="lead">{t(Key::ChildrenLead)}</p>
        {live_while(move || children.with(Vec::is_empty), || view! { <p>{t(Key::ChildrenNone)}</p> })}
        {live_while(
            move || children.with(|children| !children.is_empty()),
            move || view! { <ul class="settings-list">{names(children)}</ul> },
        )}
        <section aria-label=t(Key::ChildAdd)>
            <NewName added=Callback::new(|_| {})/>
        </section>
    }
}

fn names(children: RwSignal<Vec<Child>>) -> AnyView {
    live_list(
        move || children.get(),
        |child| encode(&(child.id, &child.name)),
        |child| view! { <li><Named child/></li> },
    )
}
