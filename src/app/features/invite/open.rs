//! An invite that can be followed: the code to scan, the link to give, until when.

use super::qr::qr_path;
use super::state::{copy_link, share_link};
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::state::State;
use crate::ui::{Rank, button, hint, line, text};
use hearth_core::circle::InviteView;
use leptos::prelude::*;

/// Quiet modules around the code, as its standard asks.
const QUIET: i32 = 4;

/// The code and the link. Both are the key, and say so.
pub(super) fn open(state: State, invite: &InviteView) -> AnyView {
    let until = dates::write_moment(invite.expires, Language::on().dates());
    let until = t_with(Key::InviteUntil, &[("when", &until)]);
    let (to_copy, to_share) = (invite.link.clone(), invite.link.clone());
    view! {
        {line(until)}
        {text(Key::InviteScan)}
        {code(&invite.link)}
        {text(Key::InviteOrLink)}
        <p class="invite-link" data-link dir="ltr">{invite.link.clone()}</p>
        {hint(Key::InviteSecret)}
        <div class="button-row">
            {button(Rank::Main, "share-network", Key::InviteShare, move || share_link(state, &to_share))}
            {button(Rank::Plain, "link-simple", Key::InviteCopy, move || copy_link(state, to_copy.clone()))}
        </div>
    }
    .into_any()
}

/// Black on white in every theme: cameras need it so.
fn code(link: &str) -> Option<AnyView> {
    let (size, path) = qr_path(link)?;
    let side = size + 2 * QUIET;
    let frame = format!("{} {} {side} {side}", -QUIET, -QUIET);
    let drawn = view! {
        <svg class="qr" role="img" aria-label=t(Key::InviteAlt) viewBox=frame shape-rendering="crispEdges">
            <path d=path></path>
        </svg>
    };
    Some(drawn.into_any())
}
