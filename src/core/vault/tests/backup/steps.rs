//! Whatever was done on a phone, a backup brings it back.

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Tell(String),
    Photo(u8),
    Edit(usize, String),
    Delete(usize),
    Erase(usize),
    Frame,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => "[a-z]{1,9}".prop_map(Step::Tell),
        1 => any::<u8>().prop_map(Step::Photo),
        3 => (0..6_usize, "[a-z]{0,9}").prop_map(|(at, words)| Step::Edit(at, words)),
        1 => (0..6_usize).prop_map(Step::Delete),
        1 => (0..6_usize).prop_map(Step::Erase),
        2 => Just(Step::Frame),
    ]
}

fn take(phone: &mut Phone, told: &mut Vec<EntityId>, step: Step) {
    phone.world.wait(60_000);
    let nth = |at: usize| told.get(at % told.len().max(1)).copied();
    match step {
        Step::Tell(words) => told.push(phone.tell(&words).id),
        Step::Photo(byte) => {
            let draft = phone.begin(RecordKind::Achievement);
            let draft = phone.add_photo(&draft, photo(&[byte; 700])).unwrap();
            phone.try_save(&draft).unwrap();
            told.push(draft.id);
        }
        Step::Edit(at, words) => {
            if let Some(id) = nth(at).filter(|id| phone.vault.record(*id).is_ok()) {
                let mut draft = phone.edit(id);
                draft.fields.insert(WORDS_FIELD, words);
                let _ = phone.try_save(&draft);
                let _ = phone.try_ask(Request::Discard(id));
            }
        }
        Step::Delete(at) => {
            let _ = nth(at).map(|id| phone.try_ask(Request::Delete(id)));
        }
        Step::Erase(at) => {
            let _ = nth(at).map(|id| phone.try_ask(Request::Erase(id)));
        }
        Step::Frame => phone.step(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_was_done_a_backup_brings_the_same_back(
        steps in prop::collection::vec(any_step(), 1..24),
    ) {
        let (mut old, mut told) = (Phone::new(), Vec::new());
        old.tell("the first");
        steps.into_iter().for_each(|step| take(&mut old, &mut told, step));
        let file = old.back_up();
        let before = old.everything();
        let mut new = other_phone();
        new.world.set(old.world.now());
        prop_assert_eq!(new.restore(&file).damage.total(), 0);
        prop_assert_eq!(&new.everything(), &before);
        let mut new = new.restart();
        new.step();
        new.tidy();
        prop_assert_eq!(new.everything(), before);
    }

    #[test]
    fn whatever_was_done_and_however_long_the_parts_all_of_it_comes_back(
        steps in prop::collection::vec(any_step(), 1..16),
        limit in 3_000..30_000_u64,
        is_backwards in any::<bool>(),
    ) {
        let (mut old, mut told) = (Phone::new(), Vec::new());
        old.tell("the first");
        steps.into_iter().for_each(|step| take(&mut old, &mut told, step));
        let mut parts = old.back_up_in_parts(limit);
        if is_backwards {
            parts.reverse();
        }
        let before = old.everything();
        let mut new = other_phone();
        new.world.set(old.world.now());
        let restored = new.restore_all(&parts);
        prop_assert_eq!((restored.damage, restored.missing), (Damage::default(), String::new()));
        prop_assert_eq!(&new.everything(), &before);
        let mut new = new.restart();
        new.step();
        new.tidy();
        prop_assert_eq!(new.everything(), before);
    }
}
