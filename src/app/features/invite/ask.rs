//! Your other phone, or someone else's? And what they will see, in one sentence.

use super::state::Asking;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{
    LineField, Rank, Weight, button, hint, icon, live, notice, plain, text, together, who_panel,
};
use hearth_core::circle::CircleView;
use leptos::prelude::*;

/// The question, one step at a time.
pub(super) fn ask(state: State, asking: Asking) -> AnyView {
    live(move || match asking.is_mine.get() {
        None => whose(state, asking),
        Some(true) => my_phone(state, asking),
        Some(false) => somebody_else(state, asking),
    })
}

/// Two big choices.
fn whose(state: State, asking: Asking) -> AnyView {
    let tile = move |class, drawing, title, under, is_mine| {
        plain("button", class)
            .set("type", "button")
            .with(icon(drawing))
            .with(plain("span", "tile__title").words(t(title)).view())
            .with(plain("span", "tile__line").words(t(under)).view())
            .pressed(move || asking.choose(state, is_mine))
            .view()
    };
    let (story, achievement) = ("tile tile--story", "tile tile--achievement");
    let may_invite =
        |circle: &Option<CircleView>| circle.as_ref().is_some_and(|circle| circle.may_invite);
    let other = if state.circle.with_untracked(may_invite) {
        let (title, under) = (Key::InviteOther, Key::InviteOtherLine);
        tile(achievement, "users-three", title, under, false)
    } else {
        notice(Weight::Info, text(Key::InviteNotAllowed))
    };
    let (title, under) = (Key::InviteMine, Key::InviteMineLine);
    let mine = tile(story, "device-mobile", title, under, true);
    together([
        heading(Key::InviteQuestion),
        plain("div", "tiles").with(mine).with(other).view(),
    ])
}

fn my_phone(state: State, asking: Asking) -> AnyView {
    together([
        heading(Key::InviteMine),
        who_panel("eye", text(Key::InviteWillMine)),
        ways(state, asking, true),
    ])
}

fn somebody_else(state: State, asking: Asking) -> AnyView {
    let will = live(move || {
        text(if asking.reads_all.get() {
            Key::InviteWillAll
        } else {
            Key::InviteWillNew
        })
    });
    let name = view! {
        <LineField id="invite-name" label=t(Key::InviteName) value=asking.name
            typed=Callback::new(move |name| asking.name.set(name))/>
    };
    let sees = plain("fieldset", "choices")
        .with(plain("legend", "").words(t(Key::InviteSees)).view())
        .with(choice(asking, true, Key::InviteSeesAll))
        .with(choice(asking, false, Key::InviteSeesNew));
    together([
        heading(Key::InviteOther),
        sees.view(),
        name.into_any(),
        plain("div", "")
            .set("role", "status")
            .with(who_panel("eye", will))
            .view(),
        ways(state, asking, false),
    ])
}

fn choice(asking: Asking, reads_all: bool, word: Key) -> AnyView {
    let is_chosen = Signal::derive(move || asking.reads_all.get() == reads_all);
    view! {
        <label class="choice">
            <input type="radio" name="sees" prop:checked=is_chosen on:change=move |_| asking.reads_all.set(reads_all)/>
            <span class="choice__label">{t(word)}</span>
        </label>
    }
    .into_any()
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
    let mut both = [
        [code, hint(t(Key::InviteCodeLine))],
        [link, hint(t(Key::InviteLinkLine))],
    ];
    if !is_here {
        both.reverse();
    }
    let again = button(
        Rank::Quiet,
        "arrow-counter-clockwise",
        Key::InviteAgain,
        move || {
            asking.is_mine.set(None);
        },
    );
    let ways = plain("div", "ways").with_all(both.into_iter().flatten());
    ways.with(again).view()
}

fn heading(word: Key) -> AnyView {
    plain("h2", "").words(t(word)).view()
}
