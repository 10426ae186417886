use super::*;
use proptest::prelude::*;

fn cipher() -> BlobCipher {
    at(1)
}

fn at(blob: u8) -> BlobCipher {
    let (circle, stream) = (CircleId([1; 32]), StreamId([2; 16]));
    BlobCipher::new(&Key::new([3; 32]), &circle, &stream, &BlobId([blob; 16]))
}

fn photo(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

#[test]
fn opens_what_it_sealed_at_every_border_of_a_chunk() {
    for length in [
        0,
        1,
        251,
        252,
        253,
        BLOB_CHUNK - 4,
        BLOB_CHUNK - 3,
        BLOB_CHUNK,
        3 * BLOB_CHUNK + 5,
    ] {
        let sealed = cipher().seal(&photo(length)).unwrap();
        assert_eq!(cipher().open(&sealed), Ok(photo(length)), "{length}");
    }
}

#[test]
fn a_missing_doubled_moved_or_cut_chunk_is_noticed() {
    let sealed = cipher().seal(&photo(5 * BLOB_CHUNK)).unwrap();
    let chunks: Vec<&[u8]> = sealed.chunks(SEALED_CHUNK).collect();
    assert!(chunks.len() > 4);
    let tries = [
        chunks[1..].concat(),
        [&chunks[..1], &chunks[2..]].concat().concat(),
        [&chunks[..2], &chunks[1..]].concat().concat(),
        [&[chunks[1], chunks[0]], &chunks[2..]].concat().concat(),
        chunks[..chunks.len() - 1].concat(),
        sealed[..sealed.len() - 1].to_vec(),
        [&sealed[..], &[0]].concat(),
        Vec::new(),
    ];
    for (number, bytes) in tries.iter().enumerate() {
        assert!(cipher().open(bytes).is_err(), "try {number}");
    }
}

#[test]
fn a_chunk_opens_before_the_rest_has_come() {
    let sealed = cipher().seal(&photo(3 * BLOB_CHUNK)).unwrap();
    let second = &sealed[SEALED_CHUNK..2 * SEALED_CHUNK];
    assert!(cipher().open_chunk(1, false, second).is_ok());
    assert!(cipher().open_chunk(1, true, second).is_err());
    assert!(cipher().open_chunk(2, false, second).is_err());
}

#[test]
fn an_attachment_opens_in_its_own_place_only() {
    let sealed = cipher().seal(&photo(100)).unwrap();
    assert_eq!(at(2).open(&sealed), Err(BlobError::DoesNotOpen));
}

#[test]
fn longer_than_the_limit_is_refused_both_ways() {
    assert_eq!(
        cipher().seal(&vec![0; LONGEST_BLOB]),
        Err(BlobError::Length)
    );
    assert_eq!(
        cipher().open(&vec![0; LONGEST_BLOB + 1]),
        Err(BlobError::Length)
    );
}

#[test]
fn the_hash_is_the_same_in_parts_and_at_once() {
    let sealed = cipher().seal(&photo(1_000)).unwrap();
    let mut whole = BlobHasher::default();
    whole.update(&sealed);
    let mut parts = BlobHasher::default();
    sealed.chunks(77).for_each(|part| parts.update(part));
    assert_eq!(whole.finish(), parts.finish());
}

proptest! {
    #[test]
    fn any_flipped_bit_is_noticed(content in prop::collection::vec(any::<u8>(), 0..400), at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut sealed = cipher().seal(&content).unwrap();
        prop_assert_eq!(cipher().open(&sealed), Ok(content));
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(cipher().open(&sealed).is_err());
    }
}
