//! The page. It is short, works offline, and says first what matters most.

use crate::i18n::{Key, t};
use crate::ui::{Heading, Notice, Weight};
use leptos::prelude::*;

const ANSWERS: [(Key, Key); 4] = [
    (Key::HelpOffline, Key::HelpOfflineLine),
    (Key::HelpSaving, Key::HelpSavingLine),
    (Key::HelpLost, Key::HelpLostLine),
    (Key::HelpWho, Key::HelpWhoLine),
];

/// Help.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let answer =
        |(question, line)| view! { <section><h2>{t(question)}</h2><p>{t(line)}</p></section> };
    view! {
        <Heading text=t(Key::HelpTitle)/>
        <Notice weight=Weight::Warning>
            <p>{t(Key::HelpNotWatched)}</p>
            <p>{t(Key::HelpDanger)}</p>
            <p>{t(Key::HelpChildline)}</p>
            <div class="button-row">
                <a class="button" href="tel:999">{t(Key::HelpCall999)}</a>
                <a class="button" href="tel:08001111">{t(Key::HelpCallChildline)}</a>
            </div>
        </Notice>
        {ANSWERS.map(answer)}
        <section><h2>{t(Key::HelpBroken)}</h2><p><a href="/rescue" rel="external">{t(Key::ShellRescue)}</a></p></section>
    }
}
