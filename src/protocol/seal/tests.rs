use super::*;
use crate::sample::unhex;
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

/// draft-irtf-cfrg-xchacha-03, A.3.1.
#[test]
fn seals_as_the_draft_of_xchacha_says() {
    let counting = |from: u8, count: u8| (from..from + count).collect::<Vec<u8>>();
    let key = Key::new(counting(0x80, 32).try_into().unwrap());
    let nonce = counting(0x40, 24).try_into().unwrap();
    let place = unhex("50515253c0c1c2c3c4c5c6c7");
    let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for \
        the future, sunscreen would be it.";
    let expected = unhex(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39\
         ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
         21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49",
    );
    assert_eq!(key.encrypt(nonce, &place, plain), Ok(expected.clone()));
    assert_eq!(key.decrypt(nonce, &place, &expected), Ok(plain.to_vec()));
    let sealed_box = key.seal(nonce, &place, plain).unwrap();
    assert_eq!(sealed_box, [&[BOX_VERSION], &nonce[..], &expected].concat());
}

/// RFC 5869, A.1 and, without salt as here, A.3.
#[test]
fn the_library_derives_as_rfc_5869_says() {
    let derive = |salt: Option<&[u8]>, info: &[u8]| {
        let mut bytes = [0; 42];
        let derived = Hkdf::<Sha256>::new(salt, &[0x0b; 22]);
        derived.expand(info, &mut bytes).unwrap();
        bytes.to_vec()
    };
    let salt: Vec<u8> = (0..=0x0c).collect();
    let info: Vec<u8> = (0xf0..=0xf9).collect();
    assert_eq!(
        derive(Some(&salt), &info),
        unhex(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        )
    );
    assert_eq!(
        derive(None, &[]),
        unhex(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        )
    );
}

/// RFC 5869, 2, written out: HMAC twice, and the info that each of the two functions makes.
#[test]
fn keys_are_derived_without_salt_and_with_their_purpose_as_info() {
    let by_hand = |info: &[u8]| {
        let extracted = hmac(&[0; 32], &[7; 32]);
        Key::new(hmac(&extracted, &[info, &[1]].concat()))
    };
    let key = Key::new([7; 32]);
    assert_eq!(key.derive("rest/keys"), by_hand(b"hearth/1/rest/keys"));
    assert_eq!(
        key.derive_for(Label::BodyKey, &[b"one", b"two"]),
        by_hand(b"hearth/1/body-key\0onetwo")
    );
}

/// RFC 2104 with SHA-256, for a key of 32 bytes.
fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    let padded = |byte: u8| {
        let mut block = [byte; 64];
        block.iter_mut().zip(key).for_each(|(at, key)| *at ^= key);
        block
    };
    let inner = Sha256::digest([&padded(0x36), message].concat());
    Sha256::digest([&padded(0x5c)[..], &inner].concat()).into()
}
