//! The page.

use super::item::Named;
use crate::features::make::NewName;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::Heading;
use leptos::prelude::*;

/// The names, and one more.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let children = State::get().children;
    view! {
        <Heading text=t(Key::ChildrenTitle)/>
        <p class="lead">{t(Key::ChildrenLead)}</p>
        <Show when=move || children.with(Vec::is_empty)><p>{t(Key::ChildrenNone)}</p></Show>
        <Show when=move || children.with(|children| !children.is_empty())>
            <ul class="settings-list">
                <For each=move || children.get() key=|child| (child.id, child.name.clone()) let:child>
                    <li><Named child/></li>
                </For>
            </ul>
        </Show>
        <section aria-label=t(Key::ChildAdd)>
            <NewName added=Callback::new(|_| {})/>
        </section>
    }
}
