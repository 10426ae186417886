//! A page while it is made: what was chosen lies in one field of the draft, as text.

use super::lines::{is_childs, part_of};
use crate::browser::page;
use crate::features::make::state::Writing;
use crate::i18n::Key;
use crate::state::{Listed, PAGE};
use crate::ui::failure_key;
use hearth_core::EntityId;
use hearth_core::handout::{Part, SHEET, Sheet};
use hearth_core::timeline::Filter;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The most bytes of a page: a change holds 128 KB, and words and names stand beside it.
const MOST: usize = 96 * 1024;

/// A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(super) struct Making {
    pub(super) writing: Writing,
    /// What there is to choose from.
    pub(super) listed: Listed,
    pub(super) trouble: RwSignal<Option<Key>>,
    sheet: Memo<Sheet>,
}

impl Making {
    pub(super) fn new(writing: Writing) -> Self {
        let answer = writing.answer(SHEET);
        let listed = Listed::new(Filter::default(), PAGE);
        listed.follow(writing.state);
        Self {
            writing,
            listed,
            trouble: RwSignal::new(None),
            sheet: Memo::new(move |_| answer.with(|text| Sheet::read(text))),
        }
    }

    /// What is on it.
    pub(super) fn sheet(self) -> Sheet {
        self.sheet.get()
    }

    /// The same, for a moment that nothing redraws.
    pub(super) fn sheet_now(self) -> Sheet {
        self.sheet.get_untracked()
    }

    /// What it has of that record.
    pub(super) fn part(self, record: EntityId) -> Option<Part> {
        let mut parts = self.sheet().parts.into_iter();
        parts.find(|part| part.record == record)
    }

    /// Puts a record on the page, or takes it off.
    pub(super) fn toggle(self, record: EntityId) {
        self.trouble.set(None);
        if self.sheet_now().position(record).is_some() {
            return self.take_off(record);
        }
        let state = self.writing.state;
        spawn_local(async move {
            match state.read_record(record).await {
                Ok(read) => {
                    let first = is_childs(&read);
                    self.put_on(part_of(state, &read), first);
                }
                Err(failure) => drop(self.trouble.try_set(Some(failure_key(&failure)))),
            }
        });
    }

    /// A child's own words come first; everything else in the order of the choosing.
    fn put_on(self, part: Part, is_first: bool) {
        // The screen may be gone by now.
        let Some(mut sheet) = self.sheet.try_get_untracked() else {
            return;
        };
        if sheet.position(part.record).is_some() {
            return;
        }
        let at = if is_first { 0 } else { sheet.parts.len() };
        sheet.parts.insert(at, part);
        let text = sheet.write();
        if text.len() > MOST {
            return self.trouble.set(Some(Key::HandoutFull));
        }
        self.writing.set_answer(SHEET, text);
    }

    pub(super) fn take_off(self, record: EntityId) {
        self.change(|sheet| sheet.parts.retain(|part| part.record != record));
    }

    /// One place up or down; focus goes with it.
    pub(super) fn shift(self, record: EntityId, is_up: bool) {
        self.change(|sheet| {
            let Some(at) = sheet.position(record) else {
                return;
            };
            let to = if is_up {
                at.checked_sub(1)
            } else {
                at.checked_add(1)
            };
            if let Some(to) = to.filter(|to| *to < sheet.parts.len()) {
                sheet.parts.swap(at, to);
            }
        });
        page::focus(part_id(record));
    }

    /// Shows or hides one line of a record.
    pub(super) fn show_line(self, record: EntityId, at: usize, is_shown: bool) {
        self.change(|sheet| {
            let mut parts = sheet.parts.iter_mut();
            let part = parts.find(|part| part.record == record);
            if let Some(line) = part.and_then(|part| part.lines.get_mut(at)) {
                line.is_shown = is_shown;
            }
        });
    }

    fn change(self, act: impl FnOnce(&mut Sheet)) {
        let mut sheet = self.sheet_now();
        act(&mut sheet);
        self.writing.set_answer(SHEET, sheet.write());
    }
}

/// The element that a record's part of the page is.
pub(super) fn part_id(record: EntityId) -> String {
    format!("part-{record}")
}
