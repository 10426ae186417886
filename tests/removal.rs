//! Who leaves: the hold before it, the cuts in it, and what was erased.

use hearth_protocol::control::{Act, Cut, RightsChanged, StreamRight};
use hearth_protocol::exchange::{
    Endpoint, EntryCode, FrameAnswer, FrameCode, HoldAnswer, HoldRequest, PushedFrame, Refusal,
    StreamRequest,
};
use hearth_protocol::frame::Frame;
use hearth_protocol::{BlobId, Hash};
use hearth_server::db::Database;
use hearth_tests::asking::{InProcess, Server, append, found, pull, push, send, tell, whole};
use hearth_tests::family::{
    Family, again, device, key, member, person, pushed, removed, right, rights, stream,
};
use hearth_tests::{Outcome, on_both_databases};

fn hold(family: &Family, numbers: &[u8]) -> HoldRequest {
    HoldRequest {
        circle: family.id(),
        devices: numbers.iter().map(|number| device(*number).id()).collect(),
    }
}

fn cut(number: u8, frame: &Frame, dev_seq: u64) -> Cut {
    Cut {
        device: device(number).id(),
        stream: stream(1),
        dev_seq,
        header: frame.header.hash(),
    }
}

fn only(answers: &[FrameAnswer]) -> FrameAnswer {
    assert_eq!(answers.len(), 1);
    answers[0]
}

async fn a_flood_cannot_put_a_removal_off<D: Database>(server: InProcess<D>) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let frames: Vec<_> = (0..4)
        .map(|_| family.frame(2, 1, "flood"))
        .collect::<Outcome<_>>()?;
    push(&server, 2, &family, vec![pushed(&frames[0])]).await?;
    // Between looking and removing, one more frame comes: the removal would void it.
    let early = vec![removed(2, vec![cut(2, &frames[0], 1)]), family.advanced(1)];
    let entry = family.draft(1, early)?;
    push(&server, 2, &family, vec![pushed(&frames[1])]).await?;
    let answer = append(&server, 1, &family, vec![entry]).await?;
    assert_eq!(answer.appended[0].code, EntryCode::CutsDiffer);
    let held: HoldAnswer = tell(&server, 1, Endpoint::Hold, &hold(&family, &[2])).await?;
    assert_eq!(held.cuts, [cut(2, &frames[1], 2)]);
    assert_eq!(held.until, server.now() + 60_000);
    for frame in [pushed(&frames[2]), again(&frames[2])] {
        let answer = push(&server, 2, &family, vec![frame]).await?;
        assert_eq!(only(&answer.pushed), FrameAnswer::refused(Refusal::Held));
    }
    let acts = vec![removed(2, held.cuts), family.advanced(1)];
    let entry = family.add(1, acts)?;
    let answer = append(&server, 1, &family, vec![entry]).await?;
    assert_eq!(answer.appended[0].code, EntryCode::New);
    server.wait(60_001);
    let late = push(&server, 1, &family, vec![again(&frames[2])]).await?;
    assert_eq!(only(&late.pushed), FrameAnswer::refused(Refusal::BeyondCut));
    assert_eq!(
        late.rows.len(),
        2,
        "every acknowledged frame is within the cut"
    );
    Ok(())
}

async fn a_hold_ends_by_itself<D: Database>(server: InProcess<D>) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    tell::<HoldAnswer>(&server, 1, Endpoint::Hold, &hold(&family, &[2])).await?;
    let frame = family.frame(2, 1, "still here")?;
    let answer = push(&server, 2, &family, vec![pushed(&frame)]).await?;
    assert_eq!(only(&answer.pushed), FrameAnswer::refused(Refusal::Held));
    server.wait(60_000);
    let answer = push(&server, 2, &family, vec![pushed(&frame)]).await?;
    assert_eq!(only(&answer.pushed).code, FrameCode::New);
    // Who may not remove may not hold; everybody may hold their own.
    let status = send(&server, 2, Endpoint::Hold, &hold(&family, &[1]))
        .await?
        .0;
    assert_eq!(status, 404);
    let status = send(&server, 2, Endpoint::Hold, &hold(&family, &[2]))
        .await?
        .0;
    assert_eq!(status, 200);
    Ok(())
}

async fn cuts_beyond_what_is_here_are_for_a_chain_that_is_told_again<D: Database>(
    server: InProcess<D>,
) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let lost = family.frame(2, 1, "lost with the copy that had it")?;
    let acts = vec![removed(2, vec![cut(2, &lost, 1)]), family.advanced(1)];
    let mut entry = family.add(1, acts)?;
    let strict = append(&server, 1, &family, vec![entry.clone()]).await?;
    assert_eq!(strict.appended[0].code, EntryCode::CutsDiffer);
    entry.grants.clear();
    let strict = append(&server, 1, &family, vec![entry.clone()]).await?;
    assert_eq!(strict.appended[0].code, EntryCode::GrantsMissing);
    let known = hearth_protocol::exchange::ExchangeRequest {
        entries: vec![entry],
        ..hearth_tests::asking::exchange(&family)
    };
    let told = hearth_tests::asking::swap(&server, 3, &known).await?;
    assert_eq!(told.appended[0].code, EntryCode::New);
    let repaired = push(&server, 3, &family, vec![again(&lost)]).await?;
    assert_eq!(only(&repaired.pushed).code, FrameCode::New);
    Ok(())
}

fn words_in(frame: &[u8], family: &Family, number: u8) -> Outcome<usize> {
    let frame = Frame::decode(frame)?;
    let pack = frame.open(&family.place(number), &key(number, frame.epoch()?))?;
    let kept = (0..pack.items().len()).filter(|at| matches!(pack.change(*at), Ok(Some(_))));
    Ok(kept.count())
}

async fn what_its_author_erases_is_gone_and_stays_gone<D: Database>(
    server: InProcess<D>,
) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let blob = BlobId([6; 16]);
    let told = family.frame_with(2, 1, "told too much", vec![(blob, 500)], None)?;
    push(&server, 2, &family, vec![pushed(&told)]).await?;
    let erase = family.erase(2, 1, std::slice::from_ref(&told), vec![blob])?;
    let answer = push(&server, 2, &family, vec![erase.clone()]).await?;
    assert_eq!(only(&answer.pushed).code, FrameCode::New);
    assert_eq!(words_in(&answer.rows[0].frame, &family, 1)?, 0);
    assert_eq!(
        Frame::decode(&answer.rows[0].frame)?.header,
        told.header,
        "header, signature and so the running hash stay"
    );
    // Nobody brings the body back, and the attachment is not taken any more.
    let answer = push(&server, 2, &family, vec![again(&told)]).await?;
    assert_eq!(only(&answer.pushed).code, FrameCode::Duplicate);
    assert_eq!(words_in(&answer.rows[0].frame, &family, 1)?, 0);
    let asked = StreamRequest {
        missing: vec![(device(2).id(), 1)],
        ..whole(1)
    };
    let found = pull(&server, 3, &family, vec![asked]).await?.found;
    assert_eq!(words_in(&found[0].frame, &family, 1)?, 0);
    let put = hearth_protocol::exchange::BlobPut {
        circle: family.id(),
        stream: stream(1),
        blob,
        length: 500,
        hash: Hash([1; 32]),
        offset: 0,
        bytes: Vec::new(),
    };
    assert_eq!(send(&server, 2, Endpoint::BlobPut, &put).await?.0, 404);
    Ok(())
}

async fn an_erase_frame_told_again_without_its_bodies_is_made_good_by_who_has_them<D: Database>(
    server: InProcess<D>,
) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let told = family.frame(2, 1, "told too much")?;
    let erase = family.erase(2, 1, std::slice::from_ref(&told), Vec::new())?;
    // A server that went back gets both from a reader who never had the redacted body.
    let bare = PushedFrame {
        bodies: Vec::new(),
        again: true,
        ..erase.clone()
    };
    let answer = push(&server, 3, &family, vec![again(&told), bare]).await?;
    assert!(answer.pushed.iter().all(|one| one.code == FrameCode::New));
    assert_eq!(words_in(&answer.rows[0].frame, &family, 1)?, 1);
    let made_good = PushedFrame {
        again: true,
        ..erase
    };
    for _ in 0..2 {
        let answer = push(&server, 2, &family, vec![made_good.clone()]).await?;
        assert_eq!(only(&answer.pushed).code, FrameCode::Duplicate);
        assert_eq!(words_in(&answer.rows[0].frame, &family, 1)?, 0);
    }
    Ok(())
}

/// The right is asked for twice: after the entry that the frame names, and now.
async fn a_right_to_erase_counts_where_it_was_and_still_is<D: Database>(
    server: InProcess<D>,
) -> Outcome {
    let mut family = Family::peopled()?;
    let withdraws = |withdraw| StreamRight {
        withdraw,
        ..right(1, 1, true)
    };
    for number in [4, 5] {
        let withdraw = number == 4;
        let given = rights(false, vec![withdraws(withdraw)]);
        family.add(1, vec![member(number, given)])?;
    }
    found(&server, 1, &family).await?;
    let told = family.frame(2, 1, "theirs")?;
    push(&server, 2, &family, vec![pushed(&told)]).await?;
    let one = std::slice::from_ref(&told);
    let had = family.erase(4, 1, one, Vec::new())?;
    let had_not = family.erase(5, 1, one, Vec::new())?;
    // The right goes from one to the other before either frame arrives.
    let change = |number, withdraw| {
        Act::RightsChanged(RightsChanged {
            person: person(number),
            rights: rights(false, vec![withdraws(withdraw)]),
            cuts: Vec::new(),
        })
    };
    let entry = family.add(1, vec![change(4, false), change(5, true)])?;
    append(&server, 1, &family, vec![entry]).await?;
    for (number, erase) in [(4, &had), (5, &had_not)] {
        let answer = push(&server, number, &family, vec![erase.clone()]).await?;
        let refused = FrameAnswer::refused(Refusal::MayNotErase);
        assert_eq!(only(&answer.pushed), refused, "{number}");
        assert_eq!(words_in(&answer.rows[0].frame, &family, 1)?, 1);
    }
    // One that was obeyed before is obeyed again; the other stays in its chain and erases nothing.
    for (erase, left) in [(had_not, 1), (had, 0)] {
        let erase = PushedFrame {
            again: true,
            ..erase
        };
        let answer = push(&server, 3, &family, vec![erase]).await?;
        assert_eq!(only(&answer.pushed).code, FrameCode::New);
        assert_eq!(words_in(&answer.rows[0].frame, &family, 1)?, left);
    }
    Ok(())
}

async fn only_who_may_erases<D: Database>(server: InProcess<D>) -> Outcome {
    let mut family = Family::peopled()?;
    family.add(1, vec![member(4, rights(false, vec![right(1, 1, true)]))])?;
    found(&server, 1, &family).await?;
    let blob = BlobId([6; 16]);
    let told = family.frame_with(2, 1, "theirs", vec![(blob, 500)], None)?;
    push(&server, 2, &family, vec![pushed(&told)]).await?;
    let one = std::slice::from_ref(&told);
    let mut attempts = Vec::new();
    for (frames, blobs) in [(one, Vec::new()), (&[][..], vec![blob])] {
        attempts.push((4, family.clone().erase(4, 1, frames, blobs)?));
    }
    // Its author may, but not with other bodies than the header names, and not without them.
    let good = family.clone().erase(2, 1, one, Vec::new())?;
    let mut other = good.clone();
    other.bodies[0].1.push(0);
    attempts.push((2, other));
    let without = PushedFrame {
        bodies: Vec::new(),
        ..good.clone()
    };
    attempts.push((2, without));
    for (number, attempt) in attempts {
        let answer = push(&server, number, &family, vec![attempt]).await?;
        let refused = FrameAnswer::refused(Refusal::MayNotErase);
        assert_eq!(only(&answer.pushed), refused);
        assert_eq!(words_in(&answer.rows[0].frame, &family, 1)?, 1);
    }
    // Person 1 may withdraw what others wrote, because they began the stream.
    let withdrawn = family.erase(1, 1, one, vec![blob])?;
    let answer = push(&server, 1, &family, vec![withdrawn]).await?;
    assert_eq!(only(&answer.pushed).code, FrameCode::New);
    Ok(())
}

on_both_databases! {
    a_flood_cannot_put_a_removal_off
    a_hold_ends_by_itself
    cuts_beyond_what_is_here_are_for_a_chain_that_is_told_again
    what_its_author_erases_is_gone_and_stays_gone
    an_erase_frame_told_again_without_its_bodies_is_made_good_by_who_has_them
    a_right_to_erase_counts_where_it_was_and_still_is
    only_who_may_erases
}
