//! A place with nothing in it yet: a picture, a sentence and what to do.

use leptos::prelude::*;

/// The picture and the sentence, with what to do as children.
#[component]
pub(crate) fn Empty(
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <img class="empty__picture" src="/pictures/hearth.svg" alt="" width="320" height="220"/>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
