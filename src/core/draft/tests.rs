use super::*;
use proptest::prelude::*;

fn any_photo() -> impl Strategy<Value = Photo> {
    (
        any::<[u8; 16]>(),
        any::<u32>(),
        ".{0,20}",
        prop::option::of(any::<i32>()),
    )
        .prop_map(|(id, side, caption, taken)| Photo {
            id: EntityId(id),
            blob: EntityId(id),
            thumbnail: EntityId([3; 16]),
            width: side,
            height: 7,
            caption,
            taken: taken.map(Day),
        })
}

prop_compose! {
    fn any_draft()(
        id in any::<[u8; 16]>(), kind in 2..5u64, is_edit in any::<bool>(), times in (0..1u64 << 48, 0..1u64 << 48),
        child in prop::option::of(any::<[u8; 16]>()), day in prop::option::of(any::<i32>()),
        fields in prop::collection::btree_map(0..99u64, ".{0,50}", 0..5), photos in prop::collection::vec(any_photo(), 0..3),
    ) -> Draft {
        Draft {
            id: EntityId(id), kind: RecordKind::from_number(kind).unwrap(), is_edit, started: times.0, kept: times.1,
            child: child.map(EntityId), day: day.map(Day), fields: fields.into_iter().collect(), photos,
        }
    }
}

proptest! {
    #[test]
    fn reads_back_what_it_wrote(draft in any_draft()) {
        prop_assert_eq!(Draft::decode(draft.id, &draft.encode()), Ok(draft));
    }

    #[test]
    fn never_panics_on_noise(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        let _ = Draft::decode(EntityId([0; 16]), &bytes);
    }
}

#[test]
fn any_one_answer_is_enough_but_spaces_are_none() {
    let mut draft = Draft::new(EntityId([1; 16]), RecordKind::Story, 0, None, Day(0));
    assert!(!draft.has_content());
    draft.fields.insert(4, " \n".into());
    assert!(!draft.has_content());
    draft.fields.insert(17, "unsaid".into());
    assert!(draft.has_content());
}
