//! An invite that can be followed: the code to scan, the link to give, until when.

use super::state::{copy_link, share_link};
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::link;
use crate::state::State;
use crate::ui::{Rank, button, button_row, hint, line, live, plain, text, together};
use hearth_core::circle::InviteView;
use hearth_core::messages::{Request, Response};
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
        code(invite.link.clone()),
        text(Key::InviteOrLink),
        link.view(),
        hint(t(Key::InviteSecret)),
        button_row([share, copy]),
    ]);
    plain("div", "stages").with(parts).view()
}

/// Black on white in every theme: cameras need it so.
fn code(link: String) -> AnyView {
    let drawn = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        if let Ok(Response::Code { side, path }) = link::ask(Request::DrawCode(link)).await {
            // The screen may be gone by now.
            let _ = drawn.try_set(Some((side, path)));
        }
    });
    live(move || match drawn.get() {
        Some((size, path)) => draw_code(size, path),
        // Its place, so that nothing moves when it comes.
        None => plain("div", "qr").view(),
    })
}

fn draw_code(size: i32, path: String) -> AnyView {
    let side = size + 2 * QUIET;
    let frame = format!("{} {} {side} {side}", -QUIET, -QUIET);
    view! {
        <svg class="qr" role="img" aria-label=t(Key::InviteAlt) viewBox=frame shape-rendering="crispEdges">
            <path d=path></path>
        </svg>
    }
    .into_any()
}
