//! A record in a list.

use super::{Picture, icon, live, look_of, name_or_somebody, plain, status_pill};
use crate::i18n::{Key, choice_of, t, t_with};
use crate::route::Route;
use crate::state::{State, record_address};
use hearth_core::EntityId;
use hearth_core::record::Summary;
use leptos::prelude::*;

/// The card, a link to the record.
#[component]
pub(crate) fn Card(record: Summary) -> impl IntoView {
    let address = record_address(Route::Item, record.id);
    let (class, id) = (look_of(record.kind).card_class, record.id.to_string());
    view! {
        <a class=class href=address data-record=id>
            {inside(record)}
        </a>
    }
}

/// What a card says, for cards that are no links as well.
pub(crate) fn inside(record: Summary) -> AnyView {
    let look = look_of(record.kind);
    let name = child_name(record.child);
    let thumbnail = record.thumbnail;
    let photos = record.photos;
    let photos = (photos > 1).then(|| {
        let count = photos.to_string();
        view! { <span>{t_with(Key::PhotoCount, &[("count", &count)])}</span> }
    });
    let by = record.by.as_deref().map(name_or_somebody);
    let by = by.map(|by| {
        let name = plain("span", "").set("dir", "auto").words(by).view();
        plain("span", "by").with(icon("user")).with(name).view()
    });
    let conflict = record.has_conflict.then(|| {
        let badge = plain("span", "status status--problem").with(icon("warning"));
        badge.words(t(Key::ConflictBadge)).view()
    });
    let status = status_pill(record.whereabouts, record.kind);
    let words = words_of(record);
    view! {
        <span class="card__kind">{icon(look.badge)} {t(look.name)}</span>
        <p class="card__words" dir="auto">{words}</p>
        {thumbnail.map(|blob| view! { <Picture blob alt="" class="card__photo" width=88 height=88/> })}
        <div class="card__meta">
            {live(move || name.get().map(|name| view! { <span dir="auto">{name}</span> }))}
            {by}
            {photos}
            {status}
            {conflict}
        </div>
    }
    .into_any()
}

/// The words, or else the answer that stands for them, or else that there is a photo.
fn words_of(record: Summary) -> String {
    if !record.words.is_empty() {
        return record.words;
    }
    let answered = record.code.as_ref().and_then(|(field, code)| {
        let spec = record
            .kind
            .fields()
            .iter()
            .find(|spec| spec.field == *field)?;
        Some(choice_of(spec.name, code))
    });
    answered.unwrap_or_else(|| t(Key::PhotoHere).to_owned())
}

fn child_name(child: Option<EntityId>) -> Signal<Option<String>> {
    let state = State::get();
    Signal::derive(move || child.and_then(|child| state.child_name(child)))
}
