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
