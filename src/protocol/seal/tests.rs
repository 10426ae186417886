use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn opens_what_it_sealed(
        key in any::<[u8; 32]>(), nonce in any::<[u8; 24]>(),
        place in prop::collection::vec(any::<u8>(), 0..40), plain in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let key = Key::new(key);
        let sealed = key.seal(nonce, &place, &plain).unwrap();
        prop_assert_eq!(key.open(&place, &sealed), Ok(plain));
    }

    #[test]
    fn any_flipped_bit_is_noticed(
        plain in prop::collection::vec(any::<u8>(), 0..80), at in any::<prop::sample::Index>(), bit in 0..8u8,
    ) {
        let key = Key::new([1; 32]);
        let mut sealed = key.seal([2; 24], b"place", &plain).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(key.open(b"place", &sealed).is_err());
    }

    #[test]
    fn never_panics_on_noise(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        prop_assert!(Key::new([1; 32]).open(b"", &bytes).is_err());
    }
}

#[test]
fn a_box_opens_only_in_its_place_and_with_its_purpose() {
    let vault = Key::new([1; 32]);
    let sealed = vault.derive("a").seal([0; 24], b"row 1", b"words").unwrap();
    assert_eq!(
        vault.derive("a").open(b"row 2", &sealed),
        Err(SealError::DoesNotOpen)
    );
    assert_eq!(
        vault.derive("b").open(b"row 1", &sealed),
        Err(SealError::DoesNotOpen)
    );
}

#[test]
fn its_bytes_are_the_golden_ones() {
    let sealed = Key::new([1; 32])
        .derive("rest/changes")
        .seal([2; 24], b"place", b"words")
        .unwrap();
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, include_str!("golden.hex").trim());
}

#[test]
fn a_later_version_is_told_apart_from_damage() {
    assert_eq!(
        Key::new([1; 32]).open(b"", &[9; 60]),
        Err(SealError::Later(9))
    );
}
