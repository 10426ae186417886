//! Looking for words where there must be none, however they were written.

use hearth_server::db::MemoryDatabase;

/// What every text of the simulation holds.
pub(crate) const CANARY: &str = "canary number";

/// The most bytes that inflating may make.
const LONGEST: usize = 1 << 20;

/// Where the database holds the canary, if it does: the form in which it was found.
pub(crate) fn find_canary(database: &MemoryDatabase) -> Option<String> {
    // What a database holds is all in how it writes itself out, fields that nobody thought of as well.
    let written = format!("{database:?}");
    let text = find_in(written.as_bytes()).map(str::to_owned);
    text.or_else(|| {
        let mut lists = byte_lists(&written).into_iter();
        lists.find_map(|bytes| find_in_bytes(&bytes))
    })
}

fn find_in_bytes(bytes: &[u8]) -> Option<String> {
    if let Some(form) = find_in(bytes) {
        return Some(form.to_owned());
    }
    (0..bytes.len()).find_map(|from| {
        let tail = &bytes[from..];
        let inflated = match miniz_oxide::inflate::decompress_to_vec_with_limit(tail, LONGEST) {
            Ok(inflated) => inflated,
            Err(error) => error.output,
        };
        find_in(&inflated).map(|form| format!("{form}, deflated"))
    })
}

fn find_in(bytes: &[u8]) -> Option<&'static str> {
    let mut forms = forms().into_iter();
    forms.find_map(|(name, form)| contains(bytes, &form).then_some(name))
}

fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let plain = CANARY.as_bytes();
    let wide = CANARY.encode_utf16().flat_map(u16::to_le_bytes);
    let hex: String = crate::dump::hex(plain);
    let mut forms = vec![
        ("UTF-8", plain.to_vec()),
        ("UTF-16", wide.collect()),
        ("hex", hex.clone().into_bytes()),
        ("capital hex", hex.to_uppercase().into_bytes()),
    ];
    // Whatever stands before it, one of three alignments it has.
    for before in 0..3 {
        let shifted = [&[0; 3][..before], plain].concat();
        let whole = base64(&shifted);
        let (from, to) = (before * 8_usize, shifted.len() * 8);
        forms.push(("base64", whole[from.div_ceil(6)..to / 6].to_vec()));
    }
    forms
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let bits: Vec<u8> = bits.collect();
    let groups = bits.chunks(6).map(|group| {
        let value = group.iter().fold(0, |value, bit| value << 1 | bit);
        usize::from(value << (6 - group.len()))
    });
    groups.map(|place| LETTERS[place]).collect()
}

/// Every list of numbers below 256 in the text.
fn byte_lists(written: &str) -> Vec<Vec<u8>> {
    let mut lists = Vec::new();
    for part in written.split('[').skip(1) {
        let numbers = part.split([']', '[']).next().unwrap_or_default();
        let bytes: Result<Vec<u8>, _> = numbers.split(", ").map(str::parse).collect();
        lists.extend(bytes.ok().filter(|bytes| bytes.len() >= CANARY.len()));
    }
    lists
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let first = needle[0];
    let mut rest = haystack;
    while let Some(place) = rest.iter().position(|byte| *byte == first) {
        if rest[place..].starts_with(needle) {
            return true;
        }
        rest = &rest[place + 1..];
    }
    false
}

#[test]
fn the_canary_is_found_in_every_form() {
    let plain = format!("before it {CANARY} and after it").into_bytes();
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let deflated = miniz_oxide::deflate::compress_to_vec(&plain, 6);
    let mut forms = vec![
        plain.clone(),
        wide(&String::from_utf8(plain.clone()).unwrap()),
        crate::dump::hex(&plain).into_bytes(),
        [b"in front", &deflated[..]].concat(),
    ];
    forms.extend((0..3).map(|skipped| base64(&plain[skipped..])));
    for form in forms {
        let written = format!("Rows {{ at: 7, bytes: {form:?}, more: [1, 2] }}");
        let mut lists = byte_lists(&written).into_iter();
        assert!(
            lists.any(|bytes| find_in_bytes(&bytes).is_some()),
            "{form:?}"
        );
    }
}
