//! Which draft the page is about: the one in the address, one that lies here unsaved, or a new one.

use super::form::Form;
use super::state::{Writing, open};
use super::unsaved::Offer;
use crate::browser::hearth;
use crate::i18n::Key;
use crate::i18n::t;
use crate::state::{State, record_address};
use crate::ui::{ClosedDoor, Heading, Missing, Opening, live, look_of};
use hearth_core::EntityId;
use hearth_core::draft::Draft;
use hearth_core::messages::{Failure, Request};
use hearth_core::record::RecordKind;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

/// What the page shows.
#[derive(Clone)]
enum Shown {
    Opening,
    /// Unsaved ones lie here: go on or start new.
    Offer(Vec<Draft>),
    Form(Draft),
    Failed(Failure),
}

/// What asks for a kind of record. A handle, so that one page serves every form.
pub(super) type DrawForm = fn(Writing) -> AnyView;

/// Makes a record of that kind.
#[component]
pub(crate) fn Page(kind: RecordKind, draft: Option<EntityId>) -> impl IntoView {
    make(kind, draft, form)
}

/// Changes a record.
#[component]
pub(crate) fn Edit(record: EntityId) -> impl IntoView {
    edit(record, form)
}

fn form(writing: Writing) -> AnyView {
    view! { <Form writing/> }.into_any()
}

/// The page that makes a record with that form.
pub(super) fn make(kind: RecordKind, draft: Option<EntityId>, form: DrawForm) -> AnyView {
    let state = State::get();
    let shown = RwSignal::new(Shown::Opening);
    let unsaved = state.drafts.get_untracked();
    let mut of_kind: Vec<Draft> = unsaved
        .into_iter()
        .filter(|kept| kept.kind == kind && !kept.is_edit)
        .collect();
    let named = of_kind.iter().position(|kept| Some(kept.id) == draft);
    // What another app shared begins a story of its own.
    let is_shared = kind == RecordKind::Story && hearth::is_shared();
    let start_new = move || load(shown, Request::Begin(kind), Some(kind));
    match named {
        Some(at) => shown.set(Shown::Form(of_kind.swap_remove(at))),
        None if of_kind.is_empty() || is_shared => start_new(),
        None => shown.set(Shown::Offer(of_kind)),
    }
    let owner = Owner::current();
    let start_new = Callback::new(move |()| {
        // The page's owner, not the button's, ends what is asked.
        if let Some(owner) = &owner {
            owner.with(start_new);
        }
    });
    live(move || draw(state, shown.get(), kind, start_new, form))
}

/// The page that changes a record with that form.
pub(super) fn edit(record: EntityId, form: DrawForm) -> AnyView {
    let state = State::get();
    let shown = RwSignal::new(Shown::Opening);
    load(shown, Request::Edit(record), None);
    let nothing = Callback::new(|()| {});
    live(move || draw(state, shown.get(), RecordKind::Story, nothing, form))
}

fn load(shown: RwSignal<Shown>, request: Request, new_of: Option<RecordKind>) {
    let place = State::get().place;
    spawn_local_scoped_with_cancellation(async move {
        match open(request).await {
            Ok(draft) => {
                if let Some(kind) = new_of {
                    place.rename(&draft_address(kind, draft.id));
                }
                shown.set(Shown::Form(draft));
            }
            Err(failure) => shown.set(Shown::Failed(failure)),
        }
    });
}

/// The address that comes back to a draft.
pub(super) fn draft_address(kind: RecordKind, draft: EntityId) -> String {
    format!("{}?draft={draft}", look_of(kind).route.address())
}

fn draw(
    state: State,
    shown: Shown,
    kind: RecordKind,
    start_new: Callback<()>,
    form: DrawForm,
) -> AnyView {
    let here = state.place.here_now().route;
    let is_edit = here.is_edit();
    match shown {
        Shown::Opening => view! { <Opening/> }.into_any(),
        Shown::Offer(drafts) => view! {
            <Heading text=t(look_of(kind).make)/>
            <Offer drafts start_new/>
        }
        .into_any(),
        // A page to hand over has a form of its own, at an address of its own.
        Shown::Form(draft) if is_edit && look_of(draft.kind).edit_route != here => {
            let address = record_address(look_of(draft.kind).edit_route, draft.id);
            state.place.go_instead(&address);
            view! { <Opening/> }.into_any()
        }
        Shown::Form(draft) => {
            let look = look_of(draft.kind);
            let title = t(if is_edit { look.edit } else { look.make });
            let writing = Writing::new(state, draft);
            if !is_edit && kind == RecordKind::Story && hearth::is_shared() {
                writing.take_shared();
            }
            view! {
                <Heading text=title class="page-title no-print" quiet=true/>
                {form(writing)}
            }
            .into_any()
        }
        Shown::Failed(Failure::NotFound) => {
            view! { <Missing title=Key::ItemMissing line=Key::ItemMissingLine/> }.into_any()
        }
        Shown::Failed(failure) => view! { <ClosedDoor failure/> }.into_any(),
    }
}
