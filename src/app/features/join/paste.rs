//! No invite yet: a box for a link, and on an iPhone the way to the home screen first.

use super::state::Joining;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{
    LineField, Rank, Weight, button, button_row, hint, lead, live, nothing, notice, text, together,
};
use leptos::prelude::*;

/// The box, or the advice.
pub(super) fn paste(joining: Joining) -> AnyView {
    live(move || {
        if joining.is_better_installed.get() {
            install_first(joining)
        } else {
            link_box(joining)
        }
    })
}

fn link_box(joining: Joining) -> AnyView {
    let field = view! {
        <LineField id="invite-link" label=t(Key::JoinPaste) value=joining.pasted
            typed=Callback::new(move |link| joining.pasted.set(link))
            entered=Callback::new(move |()| joining.read_pasted())/>
    };
    let look = button(Rank::Main, "link-simple", Key::JoinLook, move || {
        joining.read_pasted();
    });
    together([
        lead(Key::JoinLead),
        field.into_any(),
        hint(t(Key::JoinPasteHint)),
        button_row([look]),
    ])
}

fn install_first(joining: Joining) -> AnyView {
    let has_link = State::get().link.with_untracked(Option::is_some);
    let copy = if has_link {
        button(Rank::Main, "link-simple", Key::InviteCopy, move || {
            joining.copy_link();
        })
    } else {
        nothing()
    };
    let here = button(Rank::Plain, "", Key::JoinHere, move || joining.stay_here());
    let advice = together([
        text(Key::JoinInstall),
        text(Key::SettingsInstallApple),
        text(Key::JoinInstallThen),
    ]);
    together([notice(Weight::Info, advice), button_row([copy, here])])
}
