//! What one phone alone holds is gone with that phone: said on Home with the two ways out of it,
//! one press each. While the words are asked for, that is said with them.

use super::words::is_asked;
use crate::i18n::Key;
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Rank, Weight, button_link, button_row, is_shared, live_while, notice, text, together,
};
use hearth_core::circle::{CircleView, Whereabouts, WordsStanding};
use hearth_core::record::Summary;
use leptos::prelude::*;

/// The notice, while something here is nowhere else.
pub(super) fn alone(state: State) -> AnyView {
    let is_alone = move || {
        let records = state.newest.records;
        records.with(|records| {
            state
                .circle
                .with(|circle| circle.as_ref().is_some_and(|it| is_only_here(it, records)))
        })
    };
    live_while(
        move || is_alone() && !is_asked(state),
        || {
            let link = |drawing, word, route: Route| {
                button_link(Rank::Plain, drawing, word, route.address())
            };
            let ways = button_row([
                link("qr-code", Key::PeopleInvite, Route::Invite),
                link("download-simple", Key::PeopleBackup, Route::Backup),
            ]);
            notice(Weight::Info, together([text(Key::HomeAlone), ways]))
        },
    )
}

fn is_only_here(circle: &CircleView, newest: &[Summary]) -> bool {
    let is_told = !newest.is_empty();
    let has_words = matches!(circle.words.standing, WordsStanding::Set { .. });
    let has_other_way = is_shared(circle) || circle.sync.backup.is_some() || has_words;
    let is_sealed = |record: &Summary| record.whereabouts == Whereabouts::SentOnlyHere;
    is_told && !has_other_way || newest.iter().any(is_sealed)
}
