//! No invite yet: a box for a link, and on an iPhone the way to the home screen first.

use super::state::Joining;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{LineField, Notice, Rank, Weight, button, hint, live, text};
use leptos::prelude::*;

/// The box, or the advice.
#[component]
pub(super) fn Paste(joining: Joining) -> impl IntoView {
    live(move || {
        if joining.is_better_installed.get() {
            install_first(joining)
        } else {
            link_box(joining)
        }
    })
}

fn link_box(joining: Joining) -> AnyView {
    view! {
        <p class="lead">{t(Key::JoinLead)}</p>
        <LineField id="invite-link" label=t(Key::JoinPaste) value=joining.pasted
            typed=Callback::new(move |link| joining.pasted.set(link))
            entered=Callback::new(move |()| joining.read_pasted())/>
        {hint(Key::JoinPasteHint)}
        <div class="button-row">{button(Rank::Main, "", Key::JoinLook, move || joining.read_pasted())}</div>
    }
    .into_any()
}

fn install_first(joining: Joining) -> AnyView {
    let state = State::get();
    let has_link = state.link.with_untracked(Option::is_some);
    let copy = has_link.then(|| {
        button(Rank::Main, "link-simple", Key::InviteCopy, move || {
            joining.copy_link()
        })
    });
    view! {
        <Notice weight=Weight::Info>
            <p><strong>{t(Key::JoinInstall)}</strong></p>
            {text(Key::SettingsInstallApple)}
            {text(Key::JoinInstallThen)}
        </Notice>
        <div class="button-row">
            {copy}
            {button(Rank::Plain, "", Key::JoinHere, move || joining.stay_here())}
        </div>
    }
    .into_any()
}
