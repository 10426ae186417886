use super::*;
use proptest::prelude::*;

#[test]
fn inflating_stops_at_the_limit() {
    assert!(inflate(&deflate(&vec![0; LONGEST_PACK])).is_ok());
    let bomb = deflate(&vec![0; 64 * LONGEST_PACK]);
    assert!(bomb.len() < LONGEST_PACK);
    assert_eq!(inflate(&bomb), Err(BadDeflate));
}

proptest! {
    #[test]
    fn gives_back_what_it_deflated(plain in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert_eq!(inflate(&deflate(&plain)), Ok(plain));
    }

    #[test]
    fn never_panics_on_noise(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        let _ = inflate(&bytes);
    }
}

#[test]
fn what_was_deflated_before_leaves_nothing_in_the_next() {
    let texts = [b'a', b'b', b'a'].map(|letter| {
        let text: Vec<u8> = (0..BULK as u32 + 1)
            .map(|at| letter + (at.wrapping_mul(2_654_435_761) >> 29) as u8)
            .collect();
        text
    });
    let mut noise = texts[0].clone();
    let mut state = 7u32;
    noise.iter_mut().for_each(|byte| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    });
    for plain in [&texts[0], &texts[1], &noise, &texts[2]] {
        let deflated = deflate(plain);
        assert_eq!(deflated, compress_to_vec(plain, BULK_LEVEL));
        assert_eq!(inflate(&deflated).as_ref(), Ok(plain));
    }
}
