use super::*;
use crate::record::RecordKind;
use hearth_protocol::EntityId;
use proptest::prelude::*;

fn any_id() -> impl Strategy<Value = EntityId> {
    any::<[u8; 16]>().prop_map(EntityId)
}

fn any_content() -> impl Strategy<Value = Content> {
    prop_oneof![
        any::<String>().prop_map(Content::Words),
        (any::<String>(), any::<String>())
            .prop_map(|(question, answer)| Content::Fact(question, answer)),
        (any_id(), any::<u32>(), any::<u32>(), any::<String>()).prop_map(
            |(blob, width, height, caption)| Content::Photo(blob, width, height, caption)
        ),
        "new[a-z]{0,5}(\t[a-z ]{0,5}){0,3}".prop_map(Content::Newer),
    ]
}

fn any_sheet() -> impl Strategy<Value = Sheet> {
    let line =
        (any::<bool>(), any_content()).prop_map(|(is_shown, content)| Line { is_shown, content });
    let kind = prop::option::of(prop::sample::select(RecordKind::ALL.to_vec()));
    let part =
        (any_id(), kind, prop::collection::vec(line, 0..5)).prop_map(|(record, kind, lines)| {
            Part {
                record,
                kind,
                lines,
            }
        });
    prop::collection::vec(part, 0..5).prop_map(|parts| Sheet { parts })
}

proptest! {
    #[test]
    fn a_page_comes_back_as_it_was(sheet in any_sheet()) {
        prop_assert_eq!(Sheet::read(&sheet.write()), sheet);
    }

    #[test]
    fn any_text_is_read_and_comes_back_the_same_the_second_time(text in any::<String>()) {
        let once = Sheet::read(&text);
        prop_assert_eq!(Sheet::read(&once.write()), once);
    }

    #[test]
    fn what_was_hidden_is_not_in_what_is_handed_out(sheet in any_sheet()) {
        let given = sheet.without_hidden();
        let mut lines = given.parts.iter().flat_map(|part| &part.lines);
        prop_assert!(lines.all(|line| line.is_shown));
        let shown = |sheet: &Sheet| sheet.parts.iter().flat_map(|part| &part.lines).filter(|line| line.is_shown).count();
        prop_assert_eq!(shown(&given), shown(&sheet));
    }
}

#[test]
fn a_page_lies_in_its_field_as_lines_that_a_person_could_read() {
    let sheet = Sheet {
        parts: vec![Part {
            record: EntityId([1; 16]),
            kind: Some(RecordKind::Story),
            lines: vec![
                Line::shown(Content::Words("He swam.\nTwice.".into())),
                Line {
                    is_shown: false,
                    content: Content::Fact("Where?".into(), "At the pool".into()),
                },
            ],
        }],
    };
    let id = EntityId([1; 16]);
    let text =
        format!("part\t{id}\tstory\n+words\tHe swam.\\nTwice.\n-fact\tWhere?\tAt the pool\n");
    assert_eq!(sheet.write(), text);
    assert_eq!(sheet.text(), "He swam.\nTwice.\nWhere?: At the pool");
}
