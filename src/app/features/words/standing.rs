//! How it stands with the words, in a sentence.

use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::state::State;
use crate::ui::{line, live_by, nothing, plain, who_panel};
use hearth_core::circle::{CircleView, WordsStanding};
use hearth_core::messages::encode;
use leptos::prelude::*;

/// The sentence.
pub(crate) fn words_line(standing: &WordsStanding) -> String {
    let plainly = match standing {
        WordsStanding::None => Key::WordsNone,
        WordsStanding::Declined => Key::WordsDeclined,
        WordsStanding::Waiting {
            is_older_good: true,
        } => Key::WordsWaitingNew,
        WordsStanding::Waiting {
            is_older_good: false,
        } => Key::WordsWaiting,
        WordsStanding::Refused => Key::WordsRefused,
        WordsStanding::Set { made, on, is_here } => {
            let phone = match (is_here, on.as_str()) {
                (true, _) => t(Key::PeopleThisPhone),
                (false, "") => t(Key::PeopleOtherPhone),
                (false, name) => name,
            };
            let day = made.map(|made| dates::write_moment(made, Language::on().dates()));
            return match &day {
                None => t_with(Key::WordsSetUndated, &[("phone", phone)]),
                Some(day) => t_with(Key::WordsSet, &[("phone", phone), ("day", day)]),
            };
        }
    };
    t(plainly).to_owned()
}

/// How it stands now; none before the circle was read.
pub(super) fn standing_now(state: State) -> WordsStanding {
    let words = |circle: &CircleView| circle.words.standing.clone();
    let standing = state.circle.with(|circle| circle.as_ref().map(words));
    standing.unwrap_or_default()
}

/// The same as a panel that keeps up; nothing while there is nothing to say.
pub(super) fn standing_panel(state: State) -> AnyView {
    let panel = live_by(
        move || encode(&standing_now(state)),
        move || match standing_now(state) {
            WordsStanding::None => nothing(),
            standing => {
                let drawing = match standing {
                    WordsStanding::Set { .. } => "shield-check",
                    WordsStanding::Waiting { .. } => "clock",
                    _ => "info",
                };
                who_panel(drawing, line(words_line(&standing)))
            }
        },
    );
    plain("div", "").set("role", "status").with(panel).view()
}
