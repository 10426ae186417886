//! Which frames count.

use super::*;

#[test]
fn a_frame_counts_by_what_its_author_might_do_at_its_control_head() {
    let mut world = World::peopled();
    let by = |number| world.circle.check_append(&world.authorship(number, 1));
    assert_eq!(by(1), Ok(()));
    assert_eq!(by(2), Ok(()));
    assert_eq!(by(3), Err(AuthorshipError::MayNotWrite));
    assert_eq!(by(4), Err(AuthorshipError::MayNotWrite));
    assert_eq!(by(9), Err(AuthorshipError::NotActive));
    let old = world.authorship(2, 5);
    let beyond = world.authorship(2, 6);
    let mut swapped = world.authorship(2, 5);
    swapped.header = Hash([9; 32]);
    world.add(1, vec![removed(2, vec![cut(2, 5)]), world.advanced(1)]);
    // What was acknowledged stays; what lies beyond the cut never was.
    assert_eq!(world.circle.check_authorship(&old), Ok(()));
    assert_eq!(
        world.circle.check_authorship(&beyond),
        Err(AuthorshipError::BeyondCut)
    );
    assert_eq!(
        world.circle.check_authorship(&swapped),
        Err(AuthorshipError::BeyondCut)
    );
    let now = world.authorship(2, 6);
    assert_eq!(
        world.circle.check_authorship(&now),
        Err(AuthorshipError::NotActive)
    );
    assert_eq!(
        world.circle.check_append(&old),
        Err(AuthorshipError::NotActive)
    );
}

#[test]
fn a_device_that_wrote_nothing_named_at_its_removal_has_nothing_that_counts() {
    let mut world = World::peopled();
    let frame = world.authorship(2, 1);
    world.add(1, vec![removed(2, vec![]), world.advanced(1)]);
    assert_eq!(
        world.circle.check_authorship(&frame),
        Err(AuthorshipError::BeyondCut)
    );
}

#[test]
fn a_right_that_was_lost_and_given_back_counts_from_then_on() {
    let mut world = World::peopled();
    let before = world.authorship(2, 4);
    let reads = rights(false, vec![right(1, 1, false)]);
    world.add(1, vec![changed(2, reads, vec![cut(2, 3)])]);
    let between = world.authorship(2, 4);
    let writes = rights(false, vec![right(1, 1, true)]);
    world.add(1, vec![changed(2, writes, vec![])]);
    let after = world.authorship(2, 4);
    assert_eq!(
        world.circle.check_append(&before),
        Err(AuthorshipError::BeyondCut)
    );
    assert_eq!(
        world.circle.check_append(&between),
        Err(AuthorshipError::MayNotWrite)
    );
    assert_eq!(world.circle.check_append(&after), Ok(()));
}

#[test]
fn a_body_is_sealed_in_an_epoch_that_its_author_could_know_or_a_later_one() {
    let mut world = World::peopled();
    let early = world.authorship(2, 1);
    world.add(1, vec![world.advanced(1)]);
    // Stored before the advance, it still counts; a new one has to be sealed again.
    assert_eq!(world.circle.check_authorship(&early), Ok(()));
    assert_eq!(
        world.circle.check_append(&early),
        Err(AuthorshipError::Epoch(2))
    );
    let mut late = world.authorship(2, 1);
    assert_eq!(world.circle.check_append(&late), Ok(()));
    for epoch in [0, 1, 3] {
        late.epoch = epoch;
        assert_eq!(
            world.circle.check_authorship(&late),
            Err(AuthorshipError::Epoch(2))
        );
    }
    let mut resealed = early;
    resealed.epoch = 2;
    assert_eq!(world.circle.check_append(&resealed), Ok(()));
}

#[test]
fn a_frame_that_names_an_unknown_or_another_control_entry_waits_or_alarms() {
    let world = World::peopled();
    let mut frame = world.authorship(2, 1);
    frame.control.hash = Hash([3; 32]);
    let other = world.circle.check_authorship(&frame);
    assert_eq!(other, Err(AuthorshipError::OtherHistory(5)));
    frame.control.seq = 6;
    assert_eq!(
        world.circle.check_authorship(&frame),
        Err(AuthorshipError::NotYet(6))
    );
    frame.control.seq = 0;
    assert_eq!(
        world.circle.check_authorship(&frame),
        Err(AuthorshipError::NotYet(0))
    );
}

#[test]
fn erasing_is_for_ones_own_or_by_right() {
    let mut world = World::peopled();
    let erase = |world: &World, signer, author| {
        let author = device(author).id();
        world
            .circle
            .check_erase(&device(signer).id(), &author, &stream(1))
            .is_ok()
    };
    assert!(erase(&world, 2, 2));
    assert!(erase(&world, 1, 2), "with the right to withdraw");
    assert!(!erase(&world, 2, 1));
    assert!(!erase(&world, 3, 2));
    assert!(
        !erase(&world, 4, 2),
        "a manager, while the author is a member"
    );
    world.add(1, vec![removed(2, vec![cut(2, 1)]), world.advanced(1)]);
    assert!(erase(&world, 4, 2), "a manager, for somebody who has left");
    assert!(!erase(&world, 2, 2), "who has left erases nothing");
}

/// Who reads an erase frame years later says the same as who read it at once.
#[test]
fn an_erasure_is_judged_by_the_entry_that_it_names() {
    let mut world = World::peopled();
    let erase = |world: &World, signer, author, seq| {
        let (signer, author) = (device(signer).id(), device(author).id());
        let circle = &world.circle;
        let judged = circle.check_erase_at(&signer, &author, &stream(1), seq);
        judged.is_ok()
    };
    world.add(1, vec![removed(2, vec![cut(2, 1)]), world.advanced(1)]);
    world.add(1, vec![member(9, rights(false, vec![right(1, 1, true)]))]);
    world.add(4, vec![removed(1, vec![])]);
    world.add(4, vec![removed(3, vec![])]);
    assert!(erase(&world, 2, 2, 5), "their own, before they left");
    assert!(!erase(&world, 2, 2, 6), "who has left erases nothing");
    assert!(erase(&world, 1, 3, 7), "with the right to withdraw, then");
    assert!(!erase(&world, 1, 3, 8), "and not when it was gone");
    assert!(!erase(&world, 4, 2, 5), "while the author was a member");
    assert!(erase(&world, 4, 2, 6), "once the author had left");
    assert!(!erase(&world, 4, 9, 6), "who had not come yet has not left");
    assert!(
        !erase(&world, 9, 9, 6),
        "who had not come yet erases nothing"
    );
    let now = world.circle.head().seq;
    for (signer, author) in [(4, 2), (4, 9), (9, 9), (9, 2), (1, 3)] {
        let (by, of) = (device(signer).id(), device(author).id());
        let present = world.circle.check_erase(&by, &of, &stream(1)).is_ok();
        assert_eq!(erase(&world, signer, author, now), present);
    }
}

#[test]
fn nothing_is_written_in_a_circle_that_has_ended() {
    let mut world = World::peopled();
    let before = world.authorship(2, 1);
    world.add(1, vec![Act::Ended(Ended {})]);
    assert_eq!(
        world.circle.check_append(&before),
        Err(AuthorshipError::Closed)
    );
    assert_eq!(world.circle.check_authorship(&before), Ok(()));
    let after = world.authorship(2, 1);
    assert_eq!(
        world.circle.check_authorship(&after),
        Err(AuthorshipError::Closed)
    );
}

#[test]
fn a_recovery_key_writes_nothing() {
    let mut world = World::peopled();
    world.add(2, vec![recovery(21)]);
    let frame = world.authorship(21, 1);
    assert_eq!(
        world.circle.check_authorship(&frame),
        Err(AuthorshipError::NotActive)
    );
}
