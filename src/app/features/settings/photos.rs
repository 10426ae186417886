//! When photos travel. "On Wi-Fi" is offered where the browser can tell.

use crate::browser::kind;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{failure_words, live_while};
use hearth_core::circle::PhotosTravel;
use hearth_core::messages::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;

const CHOICES: [(PhotosTravel, Key); 3] = [
    (PhotosTravel::Always, Key::PhotosAlways),
    (PhotosTravel::OnWifi, Key::PhotosWifi),
    (PhotosTravel::WhenAsked, Key::PhotosAsked),
];

/// The choices, once it is known which one holds.
#[component]
pub(super) fn Photos() -> impl IntoView {
    let state = State::get();
    state.follow_circle();
    let chosen = Memo::new(move |_| {
        let circle = state.circle.get();
        circle.map(|circle| circle.sync.photos_travel)
    });
    let choices = move || {
        let now = chosen.get_untracked();
        let is_offered =
            |of| of != PhotosTravel::OnWifi || kind::tells_network() || now == Some(of);
        let choices = CHOICES.into_iter().filter(|(of, _)| is_offered(*of));
        let choices = choices.map(|(of, word)| choice(state, chosen, of, word));
        view! {
            <fieldset class="segmented">
                <legend>{t(Key::PhotosTitle)}</legend>
                {choices.collect::<Vec<_>>()}
            </fieldset>
            <p class="field__hint">{t(Key::PhotosHint)}</p>
        }
    };
    live_while(move || chosen.get().is_some(), choices)
}

fn choice(
    state: State,
    chosen: Memo<Option<PhotosTravel>>,
    of: PhotosTravel,
    word: Key,
) -> impl IntoView {
    let choose = move |_| {
        spawn_local(async move {
            let answer = state.change_circle(Request::LetPhotosTravel(of)).await;
            if let Err(failure) = answer {
                state.say(failure_words(&failure));
            }
        });
    };
    view! {
        <label>
            <input type="radio" name="photos" on:change=choose
                prop:checked=Signal::derive(move || chosen.get() == Some(of))/>
            <span>{t(word)}</span>
        </label>
    }
}
