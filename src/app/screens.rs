//! The tables of screens: those that a first visit needs, and all.
//!
//! Each table makes a program of its own. A first visit loads the small one; every later visit has
//! the other one on the phone. `docs/decisions/0010-two-programs.md` has the figures.

use crate::features::{
    backup, bin, children, help, home, invite, item, join, leave, make, missing, ours, people,
    restore, saved, settings, words,
};
use crate::route::Route;
use crate::state::{Here, State};
use crate::ui::{Opening, nothing};
use hearth_core::record::RecordKind;
use leptos::prelude::*;

/// Draws the screen of a place.
pub(crate) type Screens = fn(Here) -> AnyView;

/// Those of [`Route::is_first`]. For another one the page is loaded again at its own address, where
/// `start.js` takes the program that has it.
pub(crate) fn first(here: Here) -> AnyView {
    let make = |kind| view! { <make::Page kind draft=here.draft/> }.into_any();
    match (here.route, here.record) {
        (Route::Home, _) => view! { <home::Page more=|_| nothing()/> }.into_any(),
        (Route::Make, _) => view! { <make::Choose/> }.into_any(),
        (Route::MakeStory, _) => make(RecordKind::Story),
        (Route::MakeFeedback, _) => make(RecordKind::Feedback),
        (Route::MakeAchievement, _) => make(RecordKind::Achievement),
        (Route::Edit, Some(record)) => view! { <make::Edit record/> }.into_any(),
        (Route::Saved, Some(record)) => view! { <saved::Page record/> }.into_any(),
        (Route::Item, Some(record)) => view! { <item::Page record/> }.into_any(),
        (Route::Ours, _) => view! { <ours::Page/> }.into_any(),
        (Route::Edit | Route::Saved | Route::Item, None) => view! { <missing::Page/> }.into_any(),
        _ => {
            State::get().place.load_again();
            view! { <Opening/> }.into_any()
        }
    }
}

/// Every screen.
pub(crate) fn all(here: Here) -> AnyView {
    match here.route {
        Route::Home => view! { <home::Page more=home::install/> }.into_any(),
        Route::Earlier => match here.record {
            Some(record) => view! { <item::Earlier record/> }.into_any(),
            None => view! { <missing::Page/> }.into_any(),
        },
        Route::HandOver => view! { <make::HandOver draft=here.draft/> }.into_any(),
        Route::EditPage => match here.record {
            Some(record) => view! { <make::EditPage record/> }.into_any(),
            None => view! { <missing::Page/> }.into_any(),
        },
        Route::Bin => view! { <bin::Page/> }.into_any(),
        Route::Children => view! { <children::Page/> }.into_any(),
        Route::People => view! { <people::Page/> }.into_any(),
        Route::Invite => invite::page(false),
        Route::Move => invite::page(true),
        Route::Join => view! { <join::Page/> }.into_any(),
        Route::Backup => view! { <backup::Page/> }.into_any(),
        Route::Restore => view! { <restore::Page/> }.into_any(),
        Route::RestoreWords => view! { <restore::ByWords/> }.into_any(),
        Route::Words => view! { <words::Page/> }.into_any(),
        Route::Leave => leave::page(),
        Route::Settings => view! { <settings::Page/> }.into_any(),
        Route::Help => view! { <help::Page/> }.into_any(),
        Route::NotFound => view! { <missing::Page/> }.into_any(),
        _ => first(here),
    }
}
