use super::*;
use proptest::prelude::*;

#[test]
fn lengths_are_those_of_the_paper() {
    // Padmé keeps as many leading bits as the exponent has digits.
    for (length, padded) in [
        (1, 256),
        (256, 256),
        (257, 272),
        (273, 288),
        (1_000, 1_024),
        (1_025, 1_088),
        (100_000, 100_352),
    ] {
        assert_eq!(padded_length(length), padded, "{length}");
    }
}

#[test]
fn wrong_padding_is_refused() {
    let good = pad(b"words");
    assert_eq!(unpad(&good), Ok(&b"words"[..]));
    let mut dirty = good.clone();
    dirty[200] = 1;
    let mut long = good.clone();
    long[3] = 253;
    for bytes in [
        &dirty[..],
        &long,
        &good[..255],
        &[&good[..], &[0]].concat(),
        &[],
        &[0, 0, 0],
    ] {
        assert_eq!(unpad(bytes), Err(BadPadding));
    }
}

proptest! {
    #[test]
    fn gives_back_what_it_padded(content in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let padded = pad(&content);
        prop_assert_eq!(unpad(&padded), Ok(&content[..]));
        prop_assert!(padded.len() <= 256.max((content.len() + 4) * 112 / 100));
    }
}
