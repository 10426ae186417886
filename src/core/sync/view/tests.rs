use super::*;
use proptest::prelude::*;

fn any_change() -> impl Strategy<Value = (RowKey, Change)> {
    let value = prop_oneof![
        Just(Value::Null),
        "[a-c]{0,2}".prop_map(Value::Text),
        (0..3i64).prop_map(Value::Int)
    ];
    let patch = prop::collection::btree_map(0..4u64, value, 0..4);
    (any::<RowKey>(), 1..4u64, 0..3u8, 0..6u64, patch).prop_map(
        |(row, kind, entity, hlc, patch)| {
            (
                row,
                Change {
                    kind,
                    entity: EntityId([entity; 16]),
                    hlc: Hlc(hlc),
                    patch,
                },
            )
        },
    )
}

fn fold<'a>(changes: impl IntoIterator<Item = &'a (RowKey, Change)>) -> View {
    let mut view = View::default();
    for (row, change) in changes {
        view.apply(*row, change);
    }
    view
}

proptest! {
    #[test]
    fn is_the_same_in_any_order_and_when_told_twice(
        changes in prop::collection::vec(any_change(), 0..12).prop_shuffle(),
        shuffled in Just(()).prop_perturb(|(), rng| rng),
    ) {
        let mut other = changes.clone();
        let mut rng = shuffled;
        for at in (1..other.len()).rev() {
            other.swap(at, (rng.next_u32() as usize) % (at + 1));
        }
        other.extend(changes.first().cloned());
        prop_assert_eq!(fold(&changes), fold(&other));
    }
}

#[test]
fn the_latest_save_of_a_field_is_its_value_and_the_others_stay() {
    let change = |hlc, patch: &[(u64, Value)]| Change {
        kind: 2,
        entity: EntityId([1; 16]),
        hlc: Hlc(hlc),
        patch: patch.iter().cloned().collect(),
    };
    let view = fold(&[
        (
            [1; 16],
            change(
                1,
                &[
                    (4, Value::Text("first".into())),
                    (16, Value::Text("child".into())),
                ],
            ),
        ),
        ([2; 16], change(2, &[(4, Value::Text("second".into()))])),
        ([3; 16], change(3, &[(16, Value::Null)])),
    ]);
    let entity = view.get(EntityId([1; 16])).unwrap();
    assert_eq!(entity.text(4), Some("second"));
    assert_eq!(entity.field(16), None, "emptied");
    assert_eq!(
        (entity.first, entity.last, entity.rows.len()),
        (Hlc(1), Hlc(3), 3)
    );
}
