//! Language, colours, text size.

use crate::i18n::{Key, Language, t, t_with};
use crate::state::{State, Theme};
use crate::ui::{Notice, Weight};
use leptos::prelude::*;

const THEMES: [(Theme, Key); 3] = [
    (Theme::System, Key::SettingsThemeSystem),
    (Theme::Light, Key::SettingsThemeLight),
    (Theme::Dark, Key::SettingsThemeDark),
];
/// Percent.
const TEXTS: [u16; 5] = [100, 125, 150, 175, 200];

/// The three choices.
#[component]
pub(super) fn Looks() -> impl IntoView {
    let state = State::get();
    let settings = state.settings;
    let language = |of: Language| {
        view! {
            <label class="choice">
                <input type="radio" name="language" id=["language-", of.code()].concat()
                    prop:checked=of == Language::on() on:change=move |_| state.change_language(of)/>
                <span class="choice__label" lang=of.code() dir=of.direction()>{of.own_name()}</span>
            </label>
        }
    };
    let theme = |(of, word): (Theme, Key)| {
        view! {
            <label>
                <input type="radio" name="theme" prop:checked=Signal::derive(move || settings.with(|now| now.theme == of))
                    on:change=move |_| state.change_settings(|settings| settings.theme = of)/>
                <span>{t(word)}</span>
            </label>
        }
    };
    let text = |of: u16| {
        view! {
            <label>
                <input type="radio" name="text" prop:checked=Signal::derive(move || settings.with(|now| now.text == of))
                    on:change=move |_| state.change_settings(|settings| settings.text = of)/>
                <span>{format!("{of} %")}</span>
            </label>
        }
    };
    view! {
        <fieldset class="language-picker">
            <legend class="field__label">{t(Key::SettingsLanguage)}</legend>
            {Language::ALL.map(language)}
        </fieldset>
        {unreviewed()}
        <fieldset class="segmented"><legend>{t(Key::SettingsTheme)}</legend>{THEMES.map(theme)}</fieldset>
        <fieldset class="segmented"><legend>{t(Key::SettingsText)}</legend>{TEXTS.map(text)}</fieldset>
    }
}

fn unreviewed() -> Option<impl IntoView> {
    let on = Language::on();
    (!on.is_reviewed()).then(|| {
        let words = t_with(Key::SettingsUnreviewed, &[("language", on.own_name())]);
        view! { <Notice weight=Weight::Info><p data-testid="unreviewed">{words}</p></Notice> }
    })
}
