//! What is asked for is not here.

use super::{Empty, Heading};
use crate::i18n::{Key, t};
use crate::route::Route;
use leptos::prelude::*;

/// The page that says so.
#[component]
pub(crate) fn Missing(title: Key, line: Key) -> impl IntoView {
    view! {
        <Heading text=t(title)/>
        <Empty text=t(line)>
            <a class="button button--primary" href=Route::Home.address()>{t(Key::MissingHome)}</a>
        </Empty>
    }
}
