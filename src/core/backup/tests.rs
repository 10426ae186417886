use super::header::{HEADER_BYTES, SEAL_BYTES};
use super::passphrase::Cost;
use super::*;
use crate::ports::NoRandomness;
use proptest::prelude::*;
use std::cell::Cell;

pub(crate) const WORDS: &str = "four quite ordinary words";
const STRIDE: usize = 1024 + SEAL_BYTES;

/// Bytes that differ each time and are the same in every run.
pub(crate) fn counting() -> impl Fn(&mut [u8]) -> Result<(), NoRandomness> {
    let next = Cell::new(0_u8);
    move |bytes: &mut [u8]| {
        for byte in bytes {
            *byte = next.get();
            next.set(byte.wrapping_add(1));
        }
        Ok(())
    }
}

fn make(form: Form, rows: &[Row]) -> Vec<u8> {
    make_part(form, 1, rows, &counting())
}

fn make_part(form: Form, part: u16, rows: &[Row], draw: Draw<'_>) -> Vec<u8> {
    let set = Set::draw(form, WORDS, draw).unwrap();
    let mut writer = Writer::new(&set, part);
    let mut file = Vec::new();
    for row in rows {
        let more = row_bytes(&row.table, &row.key, &row.value);
        let length = writer.length_with(more);
        writer.put(&row.table, &row.key, &row.value, draw).unwrap();
        assert_eq!(writer.length_with(0), length);
        file.extend(writer.take());
    }
    let length = writer.length_with(0);
    file.extend(writer.finish(draw).unwrap());
    assert_eq!(file.len() as u64, length, "as long as it was said to be");
    file
}

fn open<'f>(file: &'f Vec<u8>, words: &str) -> Result<Reader<'f, Vec<u8>>, BackupError> {
    pollster::block_on(Reader::open(file, &mut Opener::new(words)))
}

/// Every row that comes out of a file, in order.
pub(crate) fn rows_of(reader: &mut Reader<'_, Vec<u8>>) -> Vec<Row> {
    std::iter::from_fn(|| pollster::block_on(reader.next_row()).unwrap()).collect()
}

fn read(file: &[u8]) -> Result<(Vec<Row>, Vec<u32>, bool), BackupError> {
    let file = file.to_vec();
    let mut reader = open(&file, WORDS)?;
    let rows = rows_of(&mut reader);
    Ok((rows, reader.damaged().to_vec(), reader.is_cut_off()))
}

fn row(number: u8, length: usize) -> Row {
    Row {
        table: "blobs".into(),
        key: vec![number; 16],
        value: vec![number; length],
    }
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let length = prop_oneof![Just(0), 1..40_usize, 900..1100_usize, 2000..5000_usize];
    let row = ("[a-z]{1,8}", 0..20_usize, length, any::<u8>());
    let row = row.prop_map(|(table, key, length, byte)| Row {
        table,
        key: vec![byte; key],
        value: vec![byte; length],
    });
    prop::collection::vec(row, 0..12)
}

proptest! {
    #[test]
    fn rows_of_any_size_come_out_as_they_went_in(rows in any_rows()) {
        let file = make(Form::SMALL, &rows);
        prop_assert_eq!((file.len() - 2 * HEADER_BYTES) % STRIDE, 0);
        prop_assert_eq!(read(&file).unwrap(), (rows, vec![], false));
    }

    #[test]
    fn a_damaged_chunk_takes_only_its_own_rows(rows in any_rows(), at in any::<prop::sample::Index>()) {
        let mut file = make(Form::SMALL, &rows);
        let chunks = (file.len() - 2 * HEADER_BYTES) / STRIDE;
        let chunk = at.index(chunks);
        file[HEADER_BYTES + chunk * STRIDE + 30] ^= 1;
        let (left, damaged, _) = read(&file).unwrap();
        prop_assert_eq!(damaged, vec![u32::try_from(chunk).unwrap()]);
        // Each row that does not touch the chunk is there, in order.
        let (mut begin, mut whole) = (0, Vec::new());
        for row in rows {
            let end = begin + 7 + row.table.len() + row.key.len() + row.value.len();
            if (end - 1) / 1020 < chunk || begin / 1020 > chunk {
                whole.push(row);
            }
            begin = end;
        }
        prop_assert_eq!(left, whole);
    }
}

#[test]
fn whatever_byte_is_damaged_the_answer_is_clear_and_the_rest_is_there() {
    let rows: Vec<Row> = (1..6).map(|number| row(number, 700)).collect();
    let file = make(Form::SMALL, &rows);
    for at in 0..file.len() {
        let mut copy = file.clone();
        copy[at] ^= 1 << (at % 8);
        let (left, damaged, _) = read(&copy).unwrap();
        let is_header = at < HEADER_BYTES || at >= file.len() - HEADER_BYTES;
        assert_eq!(damaged.len(), usize::from(!is_header), "{at}");
        assert!(left.len() >= rows.len() - 3, "{at}: {}", left.len());
        assert!(left.iter().all(|row| rows.contains(row)), "{at}");
    }
}

#[test]
fn a_file_cut_anywhere_says_so_and_gives_what_is_left() {
    let rows: Vec<Row> = (1..6).map(|number| row(number, 700)).collect();
    let file = make(Form::SMALL, &rows);
    for length in 0..file.len() {
        match read(&file[..length]) {
            Ok((left, damaged, is_cut_off)) => {
                assert!(is_cut_off, "{length}");
                assert_eq!(damaged, [0_u32; 0], "{length}");
                assert_eq!(left, rows[..left.len()], "{length}");
            }
            Err(why) => assert_eq!(
                (why, length < HEADER_BYTES),
                (BackupError::NotABackup, true)
            ),
        }
    }
    let mut longer = file;
    longer.extend(vec![7; 3000]);
    assert_eq!(read(&longer).unwrap().0, rows);
}

#[test]
fn chunks_in_another_place_or_of_another_file_do_not_open() {
    let rows = [row(1, 3000)];
    let file = make(Form::SMALL, &rows);
    let chunk =
        |number: usize| HEADER_BYTES + number * STRIDE..HEADER_BYTES + (number + 1) * STRIDE;
    let mut swapped = file.clone();
    swapped[chunk(0)].copy_from_slice(&file[chunk(1)]);
    swapped[chunk(1)].copy_from_slice(&file[chunk(0)]);
    assert_eq!(read(&swapped).unwrap().1, [0, 1]);
    let draw = counting();
    draw(&mut [0; 5]).unwrap();
    let other = make_part(Form::SMALL, 1, &rows, &draw);
    let mut mixed = file;
    mixed[chunk(1)].copy_from_slice(&other[chunk(1)]);
    assert_eq!(read(&mixed).unwrap().1, [1]);
}

#[test]
fn parts_of_one_backup_know_each_other_and_take_no_chunk_of_one_another() {
    let draw = counting();
    let set = Set::draw(Form::SMALL, WORDS, &draw).unwrap();
    let part = |number| {
        let mut writer = Writer::new(&set, number);
        writer.put("blobs", &[1; 16], &[1; 3000], &draw).unwrap();
        writer.finish(&draw).unwrap()
    };
    let (one, mut two) = (part(1), part(2));
    let name = open(&one, WORDS).unwrap().set();
    let reader = open(&two, WORDS).unwrap();
    assert_eq!(
        (reader.set(), reader.part().map(|part| part.get())),
        (name, Some(2))
    );
    let chunk = HEADER_BYTES..HEADER_BYTES + STRIDE;
    two[chunk.clone()].copy_from_slice(&one[chunk]);
    assert_eq!(read(&two).unwrap().1, [0]);
}

#[test]
fn another_passphrase_opens_nothing_and_white_space_does_not_count() {
    let file = make(Form::SMALL, &[row(1, 10)]);
    let open = |words: &str| open(&file, words).map(|_| ());
    assert_eq!(
        open("four quite ordinary word"),
        Err(BackupError::WrongPassphrase)
    );
    assert_eq!(
        open("Four quite ordinary words"),
        Err(BackupError::WrongPassphrase)
    );
    assert_eq!(open(""), Err(BackupError::WrongPassphrase));
    assert_eq!(open("  four quite\tordinary  words "), Ok(()));
}

#[test]
fn a_passphrase_has_twelve_characters_or_four_words() {
    for good in [
        "abcdefghijkl",
        "a b c d",
        "چار عام سے لفظ",
        "ein langes Wort",
    ] {
        assert_eq!(check_passphrase(good), Ok(()), "{good}");
    }
    for weak in [
        "",
        "abcdefghijk",
        "a b c",
        "a          b",
        "            ",
        "تین لفظ ہی",
    ] {
        assert_eq!(
            check_passphrase(weak),
            Err(BackupError::WeakPassphrase),
            "{weak}"
        );
    }
}

#[test]
fn a_header_that_would_exhaust_the_phone_is_no_header() {
    let file = make(Form::SMALL, &[]);
    let with = |at: usize, bytes: &[u8]| {
        let mut copy = file.clone();
        let end = copy.len() - HEADER_BYTES;
        for start in [0, end] {
            copy[start + at..start + at + bytes.len()].copy_from_slice(bytes);
        }
        read(&copy).unwrap_err()
    };
    assert_eq!(with(12, &[0xff; 4]), BackupError::NotABackup);
    assert_eq!(with(16, &[0xff; 4]), BackupError::NotABackup);
    assert_eq!(with(20, &[0xff; 4]), BackupError::NotABackup);
    assert_eq!(with(9, &[40]), BackupError::NotABackup);
    assert_eq!(with(8, &[3]), BackupError::Later(3));
    assert_eq!(with(8, &[1]), BackupError::NotABackup);
    assert_eq!(with(10, &[0, 0]), BackupError::NotABackup);
    assert_eq!(with(10, &[0, 2]), BackupError::WrongPassphrase);
    assert_eq!(with(0, b"JPEG"), BackupError::NotABackup);
    assert_eq!(with(24, &[9]), BackupError::WrongPassphrase);
}

#[test]
fn the_usual_passphrase_costs_what_the_page_says() {
    let Cost {
        memory,
        passes,
        lanes,
    } = Form::USUAL.cost;
    assert_eq!((memory, passes, lanes), (64 * 1024, 3, 1));
    let file = make(Form::USUAL, &[row(1, 100_000)]);
    assert_eq!(file.len(), 2 * HEADER_BYTES + 2 * ((1 << 16) + SEAL_BYTES));
    assert_eq!(read(&file).unwrap().0, [row(1, 100_000)]);
}
