//! The page.

use super::install::install;
use super::looks::Looks;
use super::phone::Phone;
use super::photos::Photos;
use crate::browser::page;
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::state::State;
use crate::ui::{icon, turning_icon};
use leptos::prelude::*;

/// The settings.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let row = |route: Route, drawing, title, line| {
        view! {
            <li>
                <a class="settings-list__row" href=route.address()>
                    {icon(drawing)}
                    <span>{t(title)} <span class="settings-list__value">{t(line)}</span></span>
                    {turning_icon("caret-right")}
                </a>
            </li>
        }
    };
    view! {
        <Looks/>
        <section>
            <h2 class="day-header">{t(Key::SettingsOurs)}</h2>
            <ul class="settings-list">
                {row(Route::People, "users-three", Key::PeopleTitle, Key::SettingsPeopleLine)}
                {row(Route::Move, "device-mobile", Key::MoveTitle, Key::SettingsMoveLine)}
                {row(Route::Join, "link-simple", Key::JoinTitle, Key::SettingsJoinLine)}
                {row(Route::Words, "pencil-simple", Key::WordsTitle, Key::SettingsWordsLine)}
                {row(Route::Backup, "download-simple", Key::BackupTitle, Key::SettingsBackupLine)}
                {row(Route::Restore, "upload-simple", Key::RestoreTitle, Key::SettingsRestoreLine)}
                {row(Route::Children, "user", Key::ChildrenTitle, Key::SettingsChildrenLine)}
                {row(Route::Bin, "trash", Key::BinTitle, Key::SettingsBinLine)}
            </ul>
        </section>
        <Photos/>
        <Phone/>
        {install(State::get())}
        <section>
            <h2 class="day-header">{t(Key::SettingsLeaves)}</h2>
            <p>{t(Key::SettingsLeavesLine)}</p>
        </section>
        <p><a href="/rescue" rel="external">{t(Key::ShellRescue)}</a></p>
        <p class="field__hint">{t_with(Key::SettingsVersion, &[("version", &page::version())])}</p>
    }
}
