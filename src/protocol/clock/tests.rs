use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_tick_is_later_even_when_the_wall_clock_jumps(walls in prop::collection::vec(any::<u64>(), 1..50)) {
        let mut clock = HlcClock::default();
        let mut before = Hlc::default();
        for wall in walls {
            let now = clock.tick(wall >> 17);
            prop_assert!(now > before);
            before = now;
        }
    }
}

#[test]
fn follows_what_it_was_shown() {
    let mut clock = HlcClock::default();
    clock.observe(Hlc::at(5_000));
    assert!(clock.tick(1_000) > Hlc::at(5_000));
    assert_eq!(clock.tick(9_000), Hlc::at(9_000));
}

/// A phone's clock may stand anywhere; a save is never refused for it.
#[test]
fn every_time_it_hands_out_can_be_written() {
    let writable = |hlc: Hlc| i64::try_from(hlc.0).is_ok();
    let mut clock = HlcClock::default();
    assert!(writable(clock.tick(u64::MAX)));
    assert!(writable(clock.tick(0)));
    clock.observe(Hlc(u64::MAX));
    assert!(writable(clock.tick(0)));
}
