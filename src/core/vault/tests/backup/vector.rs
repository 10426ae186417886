//! The committed backups: files that builds of these formats made once open in every later one.
//! `tests/reader` opens them too, from the page alone. `HEARTH_WRITE_VECTORS=1` makes that of the
//! present version again; a commit that changes it says why. No build makes version 1 any more.

use super::*;
use crate::backup::tests::rows_of;
use crate::backup::{INDEX, Index, Opener, Reader, Row};
use std::path::PathBuf;

const WRITE: &str = "HEARTH_WRITE_VECTORS";
/// Room for the words, and then for one photo and its thumbnail.
const LIMIT: u64 = 4_600;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/vectors/{name}.json"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(text.get(at..at + 2).unwrap(), 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

/// What is told of one file.
fn vector(file: &[u8]) -> String {
    let (file, mut opener) = (file.to_vec(), Opener::new(WORDS));
    let mut reader = pollster::block_on(Reader::open(&file, &mut opener)).unwrap();
    let rows = rows_of(&mut reader);
    assert!(reader.damaged().is_empty() && !reader.is_cut_off());
    assert_eq!(rows.last().unwrap().table, INDEX);
    let index = Index::decode(&rows.last().unwrap().value).unwrap();
    let listed = rows.iter().map(|row: &Row| {
        let (table, key, value) = (&row.table, hex(&row.key), hex(&row.value));
        format!("    [\"{table}\", \"{key}\", \"{value}\"]")
    });
    let listed: Vec<String> = listed.collect();
    let (made, circle) = (index.made, hex(&index.circle.0));
    let rows = listed.join(",\n");
    let file = hex(&file);
    format!(
        "{{\n  \"passphrase\": \"{WORDS}\",\n  \"made\": {made},\n  \"circle\": \"{circle}\",\n  \
         \"rows\": [\n{rows}\n  ],\n  \"file\": \"{file}\"\n}}\n"
    )
}

fn files_of(text: &str) -> Vec<Vec<u8>> {
    let files = text.split("\"file\": \"").skip(1);
    files
        .map(|file| unhex(file.split_once('"').unwrap().0))
        .collect()
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

fn check_comes_back(files: &[Vec<u8>]) {
    let mut new = other_phone();
    let restored = new.restore_all(files);
    let expected = Restored {
        records: 2,
        photos: 1,
        ..Restored::default()
    };
    assert_eq!(restored, expected);
    let mut words = new.words();
    words.sort();
    assert_eq!(words, ["We went to the swings", "not framed yet"]);
}

#[test]
fn the_committed_backup_of_version_1_opens_and_comes_back() {
    let text = std::fs::read_to_string(path("backup")).unwrap();
    let files = files_of(&text);
    assert_eq!((files.len(), files[0][8]), (1, 1));
    assert_eq!(vector(&files[0]), text);
    check_comes_back(&files);
}

#[test]
fn the_committed_backup_in_two_parts_opens_and_comes_back() {
    let path = path("backup-parts");
    let write = |parts: &[Vec<u8>]| {
        let parts: Vec<String> = parts.iter().map(|part| vector(part)).collect();
        format!("[\n{}]\n", parts.join(",\n"))
    };
    if std::env::var_os(WRITE).is_some() {
        let parts = small_phone().back_up_in_parts(LIMIT);
        std::fs::write(&path, write(&parts)).unwrap();
    }
    let text = std::fs::read_to_string(path).unwrap();
    let mut files = files_of(&text);
    assert_eq!((files.len(), files[0][8], files[1][8]), (2, 2, 2));
    assert_eq!(write(&files), text);
    files.reverse();
    check_comes_back(&files);
}
