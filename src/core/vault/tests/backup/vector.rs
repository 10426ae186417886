//! The committed backup: a file that a build of this format made once opens in every later one.
//! `tests/reader` opens it too, from the page alone. `HEARTH_WRITE_VECTORS=1` makes it again; a
//! commit that changes it says why.

use super::*;
use crate::backup::{INDEX, Index, Reader, Row};
use std::path::PathBuf;

const WRITE: &str = "HEARTH_WRITE_VECTORS";

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/backup.json")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(text.get(at..at + 2).unwrap(), 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

fn rows_of(file: &[u8]) -> Vec<Row> {
    let mut reader = Reader::open(file, WORDS).unwrap();
    let rows = std::iter::from_fn(|| reader.next_row()).collect();
    assert!(reader.damaged().is_empty() && !reader.is_cut_off());
    rows
}

fn vector(file: &[u8]) -> String {
    let rows = rows_of(file);
    let index = Index::decode(&rows[0].value).unwrap();
    let listed = rows.iter().map(|row| {
        let (table, key, value) = (&row.table, hex(&row.key), hex(&row.value));
        format!("    [\"{table}\", \"{key}\", \"{value}\"]")
    });
    let listed: Vec<String> = listed.collect();
    let (made, circle) = (index.made, hex(&index.circle.0));
    let rows = listed.join(",\n");
    let file = hex(file);
    format!(
        "{{\n  \"passphrase\": \"{WORDS}\",\n  \"made\": {made},\n  \"circle\": \"{circle}\",\n  \
         \"rows\": [\n{rows}\n  ],\n  \"file\": \"{file}\"\n}}\n"
    )
}

fn small_phone() -> Phone {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft = phone.add_photo(&draft, photo(&[7; 1500])).unwrap();
    draft
        .fields
        .insert(WORDS_FIELD, "We went to the swings".into());
    phone.try_save(&draft).unwrap();
    phone.step();
    phone.tell("not framed yet");
    phone
}

#[test]
fn the_committed_backup_opens_and_comes_back() {
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(path(), vector(&small_phone().back_up())).unwrap();
    }
    let text = std::fs::read_to_string(path()).unwrap();
    let (_, file) = text.split_once("\"file\": \"").unwrap();
    let file = unhex(file.split_once('"').unwrap().0);
    assert_eq!(vector(&file), text);
    let last = rows_of(&file).pop().unwrap();
    assert_eq!(last.table, INDEX);
    let mut new = other_phone();
    let restored = new.restore(&file);
    assert_eq!(
        (restored.records, restored.photos, restored.damaged),
        (2, 1, 0)
    );
    let mut words = new.words();
    words.sort();
    assert_eq!(words, ["We went to the swings", "not framed yet"]);
}
