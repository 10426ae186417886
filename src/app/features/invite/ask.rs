//! Your other phone, or someone else's? And what they will see, in one sentence.

use super::state::Asking;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{LineField, Notice, Rank, Weight, button, hint, icon, live, text};
use hearth_core::circle::Whom;
use leptos::prelude::*;

/// The question, one step at a time.
#[component]
pub(super) fn Ask(asking: Asking) -> impl IntoView {
    // Which of the two it is; what they will see changes no step.
    let step = Memo::new(move |_| asking.whom.get().map(|whom| whom == Whom::MyPhone));
    live(move || match step.get() {
        None => whose(asking),
        Some(true) => my_phone(asking),
        Some(false) => view! { <SomebodyElse asking/> }.into_any(),
    })
}

/// Two big choices.
fn whose(asking: Asking) -> AnyView {
    let state = State::get();
    let tile = move |class, drawing, title, under, whom| {
        view! {
            <button class=class type="button" on:click=move |_| asking.choose(state, whom)>
                {icon(drawing)}
                <span class="tile__title">{t(title)}</span>
                <span class="tile__line">{t(under)}</span>
            </button>
        }
        .into_any()
    };
    let mine = tile(
        "tile tile--story",
        "device-mobile",
        Key::InviteMine,
        Key::InviteMineLine,
        Whom::MyPhone,
    );
    let may = state
        .circle
        .with_untracked(|circle| circle.as_ref().is_some_and(|circle| circle.may_invite));
    let other = if may {
        let whom = Whom::Person { reads_all: true };
        tile(
            "tile tile--achievement",
            "users-three",
            Key::InviteOther,
            Key::InviteOtherLine,
            whom,
        )
    } else {
        view! { <Notice weight=Weight::Info><p>{t(Key::InviteNotAllowed)}</p></Notice> }.into_any()
    };
    view! {
        <h2>{t(Key::InviteQuestion)}</h2>
        <div class="tiles">{mine} {other}</div>
    }
    .into_any()
}

fn my_phone(asking: Asking) -> AnyView {
    let state = State::get();
    view! {
        <h2>{t(Key::InviteMine)}</h2>
        <div class="who-sees">{icon("eye")} {text(Key::InviteWillMine)}</div>
        {ways(state, asking, true)}
    }
    .into_any()
}

#[component]
fn SomebodyElse(asking: Asking) -> impl IntoView {
    let state = State::get();
    let reads_all = Memo::new(move |_| asking.whom.get() == Some(Whom::Person { reads_all: true }));
    let choice = move |reads: bool, word| {
        let choose = move |_| asking.whom.set(Some(Whom::Person { reads_all: reads }));
        view! {
            <label class="choice">
                <input type="radio" name="sees" prop:checked=Signal::derive(move || reads_all.get() == reads) on:change=choose/>
                <span class="choice__label">{t(word)}</span>
            </label>
        }
    };
    let will = move || {
        text(if reads_all.get() {
            Key::InviteWillAll
        } else {
            Key::InviteWillNew
        })
    };
    view! {
        <h2>{t(Key::InviteOther)}</h2>
        <fieldset class="choices">
            <legend>{t(Key::InviteSees)}</legend>
            {choice(true, Key::InviteSeesAll)} {choice(false, Key::InviteSeesNew)}
        </fieldset>
        <LineField id="invite-name" label=t(Key::InviteName) value=asking.name
            typed=Callback::new(move |name| asking.name.set(name))/>
        <div class="who-sees" role="status">{icon("eye")} {live(will)}</div>
        {ways(state, asking, false)}
    }
}

/// The two ways an invite goes: to a phone that is here, or as a link. One of them comes first.
fn ways(state: State, asking: Asking, is_here: bool) -> AnyView {
    let rank = |is_first| if is_first { Rank::Main } else { Rank::Plain };
    let code = button(rank(is_here), "qr-code", Key::InviteMakeCode, move || {
        asking.make(state, true);
    });
    let link = button(
        rank(!is_here),
        "link-simple",
        Key::InviteMakeLink,
        move || {
            asking.make(state, false);
        },
    );
    let code = view! { {code} {hint(Key::InviteCodeLine)} }.into_any();
    let link = view! { {link} {hint(Key::InviteLinkLine)} }.into_any();
    let (first, second) = if is_here { (code, link) } else { (link, code) };
    let again = button(
        Rank::Quiet,
        "arrow-counter-clockwise",
        Key::InviteAgain,
        move || {
            asking.whom.set(None);
        },
    );
    view! { <div class="ways">{first} {second} {again}</div> }.into_any()
}
