//! An invite that can be followed: the code to scan, the link to give, until when.

use super::qr::qr_path;
use super::state::{copy_link, share_link};
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::state::State;
use crate::ui::{Rank, button, button_row, hint, line, nothing, plain, text, together};
use hearth_core::circle::InviteView;
use leptos::prelude::*;

/// Quiet modules around the code, as its standard asks.
const QUIET: i32 = 4;

/// The code and the link. Both are the key, and say so.
pub(super) fn open(state: State, invite: &InviteView) -> AnyView {
    let until = dates::write_moment(invite.expires, Language::on().dates());
    let (to_copy, to_share) = (invite.link.clone(), invite.link.clone());
    let share = button(Rank::Main, "share-network", Key::InviteShare, move || {
        share_link(state, &to_share);
    });
    let copy = button(Rank::Plain, "link-simple", Key::InviteCopy, move || {
        copy_link(state, to_copy.clone());
    });
    let link = plain("p", "invite-link")
        .set("data-link", "")
        .set("dir", "ltr")
        .words(&invite.link);
    let parts = together([
        line(t_with(Key::InviteUntil, &[("when", &until)])),
        text(Key::InviteScan),
        code(&invite.link),
        text(Key::InviteOrLink),
        link.view(),
        hint(t(Key::InviteSecret)),
        button_row([share, copy]),
    ]);
    plain("div", "stages").with(parts).view()
}

/// Black on white in every theme: cameras need it so.
fn code(link: &str) -> AnyView {
    let Some((size, path)) = qr_path(link) else {
        return nothing();
    };
    let side = size + 2 * QUIET;
    let frame = format!("{} {} {side} {side}", -QUIET, -QUIET);
    view! {
        <svg class="qr" role="img" aria-label=t(Key::InviteAlt) viewBox=frame shape-rendering="crispEdges">
            <path d=path></path>
        </svg>
    }
    .into_any()
}
