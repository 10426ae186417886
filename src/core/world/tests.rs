use super::*;
use crate::photo::jpeg::check_clean;

#[test]
fn the_numbers_of_a_seed_are_those_that_are_published() {
    // Of the generator's reference in C, for the seed 1234567.
    let mut chance = SplitMix64::new(1_234_567);
    let drawn = [chance.draw(), chance.draw(), chance.draw()];
    let published = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
    ];
    assert_eq!(drawn, published);
}

#[test]
fn clones_share_time_and_chance_and_new_worlds_begin_alike() {
    let (world, other) = (World::new(), World::new());
    let clone = world.clone();
    clone.wait(1_000);
    assert_eq!((world.now(), other.now()), (NOON + 1_000, NOON));
    let draw = |world: &World| {
        let mut bytes = [0; 16];
        world.fill(&mut bytes).unwrap();
        bytes
    };
    let (first, second) = (draw(&world), draw(&clone));
    assert_ne!(first, second);
    assert_eq!((draw(&other), draw(&other)), (first, second));
}

#[test]
fn the_smallest_photo_may_be_kept() {
    for content in [&b""[..], b"1", b"words"] {
        let photo = photo(content);
        assert_eq!(check_clean(&photo.jpeg), Ok(()));
        assert_eq!(check_clean(&photo.thumbnail), Ok(()));
    }
}
