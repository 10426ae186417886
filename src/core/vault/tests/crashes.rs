//! Whatever fails and whenever the process ends: what was shown as saved is there, what was
//! shown as kept is offered again, and nothing is there twice.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    Type(usize, String),
    Photo(usize),
    Save(usize),
    Edit(usize, String),
    Delete(usize),
    Restore(usize),
    Fail { after: usize },
    Heal,
    Restart,
    Tidy,
}

fn any_step() -> impl Strategy<Value = Step> {
    let words = "[a-z]{1,6}";
    prop_oneof![
        4 => (0..3usize, words).prop_map(|(at, words)| Step::Type(at, words)),
        2 => (0..3usize).prop_map(Step::Photo),
        4 => (0..3usize).prop_map(Step::Save),
        2 => (0..6usize, words).prop_map(|(at, words)| Step::Edit(at, words)),
        1 => (0..6usize).prop_map(Step::Delete),
        1 => (0..6usize).prop_map(Step::Restore),
        1 => (0..3usize).prop_map(|after| Step::Fail { after }),
        2 => Just(Step::Heal),
        1 => Just(Step::Restart),
        1 => Just(Step::Tidy),
    ]
}

/// What the screen has promised.
#[derive(Default)]
struct Promised {
    saved: BTreeMap<EntityId, (String, usize, bool)>,
    drafts: BTreeMap<EntityId, (String, usize)>,
}

fn check(phone: &mut Phone, promised: &Promised) {
    assert_eq!(
        phone.vault.health().records + phone.vault.health().in_bin,
        promised.saved.len()
    );
    for (id, (words, photos, deleted)) in &promised.saved {
        let record = phone.read(*id);
        assert_eq!(record.fields.get(&WORDS).map_or("", String::as_str), words);
        assert_eq!(
            (record.photos.len(), record.deleted.is_some()),
            (*photos, *deleted)
        );
        for photo in record.photos {
            phone.ask(Request::Blob(photo.blob));
            phone.ask(Request::Blob(photo.thumbnail));
        }
    }
    let drafts = phone.vault.drafts();
    assert_eq!(drafts.len(), promised.drafts.len());
    for draft in drafts {
        let (words, photos) = &promised.drafts[&draft.id];
        assert_eq!(draft.fields.get(&WORDS).map_or("", String::as_str), words);
        assert_eq!(draft.photos.len(), *photos);
    }
}

fn play(steps: Vec<Step>) {
    let mut phone = Phone::new();
    let mut promised = Promised::default();
    let mut open: Vec<Draft> = (0..3).map(|_| phone.begin(RecordKind::Story)).collect();
    for (moment, step) in steps.into_iter().enumerate() {
        phone.world.set(NOON + moment as Millis * 1_000);
        let nth = |at: usize, promised: &Promised| promised.saved.keys().nth(at).copied();
        match step {
            Step::Type(at, words) => {
                open[at].fields.insert(WORDS, words.clone());
                if phone.journal(&open[at]).is_ok() {
                    let photos = promised
                        .drafts
                        .get(&open[at].id)
                        .map_or(0, |(_, photos)| *photos);
                    promised.drafts.insert(open[at].id, (words, photos));
                }
            }
            Step::Photo(at) => {
                if let Ok(kept) = phone.add_photo(&open[at], photo(b"p")) {
                    let words = kept.fields.get(&WORDS).cloned().unwrap_or_default();
                    promised.drafts.insert(kept.id, (words, kept.photos.len()));
                }
            }
            Step::Save(at) => {
                if let Ok(record) = phone.try_save(&open[at]) {
                    let words = record.fields.get(&WORDS).cloned().unwrap_or_default();
                    promised
                        .saved
                        .insert(record.id, (words, record.photos.len(), false));
                    promised.drafts.remove(&record.id);
                    open[at] = phone.begin(RecordKind::Story);
                }
            }
            Step::Edit(at, words) => {
                let Some(id) = nth(at, &promised) else {
                    continue;
                };
                let mut edit = phone.edit(id);
                edit.fields.insert(WORDS, words.clone());
                if phone.try_save(&edit).is_ok()
                    && let Some(saved) = promised.saved.get_mut(&id)
                {
                    // A delete hides only what its author had seen: an edit brings it back.
                    saved.2 &= saved.0 == words;
                    saved.0 = words;
                }
            }
            Step::Delete(at) | Step::Restore(at) => {
                let Some(id) = nth(at, &promised) else {
                    continue;
                };
                let is_delete = matches!(step, Step::Delete(_));
                let request = if is_delete {
                    Request::Delete(id)
                } else {
                    Request::Restore(id)
                };
                if phone.try_ask(request).is_ok()
                    && let Some(saved) = promised.saved.get_mut(&id)
                {
                    saved.2 = is_delete;
                }
            }
            Step::Fail { after } => phone.store.fail_after(after, StoreError::Full),
            Step::Heal => phone.store.heal(),
            Step::Restart => phone = phone.restart(),
            // A failing store fails the tidying too; both are as they were.
            Step::Tidy => {
                let _ = pollster::block_on(phone.vault.tidy());
            }
        }
    }
    let mut phone = phone.restart();
    check(&mut phone, &promised);
    phone.tidy();
    check(&mut phone, &promised);
}

proptest! {
    #[test]
    fn what_was_promised_is_there(steps in prop::collection::vec(any_step(), 1..60)) {
        play(steps);
    }
}
