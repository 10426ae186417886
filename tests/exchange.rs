//! One exchange after another: the same stories over memory, over SQLite, and over real sockets.

use hearth_protocol::control::{Act, ServerSet};
use hearth_protocol::exchange::{
    Endpoint, EntryCode, FrameCode, PushedFrame, Refusal, ServerCard, StreamRequest,
};
use hearth_protocol::form::Object as _;
use hearth_protocol::frame::Frame;
use hearth_protocol::log::LogPoint;
use hearth_tests::asking::{Server, append, exchange, found, pull, push, server_key, swap, whole};
use hearth_tests::family::{Family, again, device, member, pushed, right, rights, seal_again};
use hearth_tests::{Outcome, on_every_server};

fn codes(pushed: &[hearth_protocol::exchange::FrameAnswer]) -> Vec<(FrameCode, u64)> {
    pushed.iter().map(|one| (one.code, one.detail)).collect()
}

fn refused(refusal: Refusal) -> (FrameCode, u64) {
    (FrameCode::Refused, refusal.number())
}

async fn what_one_phone_pushes_another_pulls(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    let founded = found(&server, 1, &family).await?;
    assert!(
        founded
            .appended
            .iter()
            .all(|one| one.code == EntryCode::New)
    );
    assert_eq!(founded.control, family.circle.head());
    let frames = [family.frame(1, 1, "first")?, family.frame(1, 1, "second")?];
    let answer = push(&server, 1, &family, frames.iter().map(pushed).collect()).await?;
    assert_eq!(
        codes(&answer.pushed),
        [(FrameCode::New, 1), (FrameCode::New, 2)]
    );
    let pulled = pull(&server, 3, &family, vec![whole(1)]).await?;
    let mut point = LogPoint::start(&family.place(1), pulled.log);
    for (row, frame) in pulled.rows.iter().zip(&frames) {
        assert_eq!(row.frame, frame.encode());
        point = point.after(&row.row(frame))?;
    }
    let head = pulled.head.ok_or("no head")?;
    assert!(head.covers(&family.place(1), &point));
    assert_eq!((pulled.rows.len(), pulled.more), (2, false));
    // Who has it all gets nothing but a new signature.
    let have = StreamRequest {
        have: Some(point.clone()),
        ..whole(1)
    };
    let rest = pull(&server, 3, &family, vec![have]).await?;
    assert!(rest.rows.is_empty() && rest.holds.is_none());
    assert!(
        rest.head
            .is_some_and(|head| head.covers(&family.place(1), &point))
    );
    Ok(())
}

async fn no_entry_pins_another_servers_key(server: impl Server) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let (_, card) = server.post(Endpoint::Server, None, &[]).await?;
    let own = ServerCard::decode(&card, 1_024)?.key;
    let pin = |key| {
        let address = "https://hearth.example".to_owned();
        vec![Act::ServerSet(ServerSet { address, key })]
    };
    let other = pin(device(9).keys().signing);
    let spoilt = family.draft(1, other.clone())?;
    let answer = append(&server, 1, &family, vec![spoilt]).await?;
    assert_eq!(answer.appended[0].code, EntryCode::OtherServer);
    assert_eq!(answer.control, family.circle.head(), "it is not there");
    let good = family.draft(1, pin(own))?;
    let answer = append(&server, 1, &family, vec![good]).await?;
    assert_eq!(answer.appended[0].code, EntryCode::New);

    // A circle that comes from another server tells its whole chain, and the last word is this server's.
    let mut moved = Family::found_by(6)?;
    moved.add(6, other)?;
    let lost = found(&server, 6, &moved).await?;
    let codes: Vec<EntryCode> = lost.appended.iter().map(|one| one.code).collect();
    assert_eq!(codes.last(), Some(&EntryCode::OtherServer));
    moved.add(6, pin(own))?;
    let told = found(&server, 6, &moved).await?;
    let is_taken = |code| matches!(code, EntryCode::New | EntryCode::Known);
    assert!(told.appended.iter().all(|one| is_taken(one.code)));
    assert_eq!(told.control, moved.circle.head());
    Ok(())
}

async fn a_lost_answer_costs_nothing(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let again = found(&server, 1, &family).await?;
    assert!(
        again
            .appended
            .iter()
            .all(|one| one.code == EntryCode::Known)
    );
    let frame = family.frame(2, 1, "once")?;
    push(&server, 2, &family, vec![pushed(&frame)]).await?;
    // The epoch moved on before the phone asked again: the header is the same, so the row is.
    let advance = vec![family.advanced(1)];
    let entry = family.add(1, advance)?;
    append(&server, 1, &family, vec![entry]).await?;
    let sealed_again = seal_again(&family, &frame, 1, 2)?;
    let answer = push(&server, 2, &family, vec![pushed(&sealed_again)]).await?;
    assert_eq!(codes(&answer.pushed), [(FrameCode::Duplicate, 1)]);
    assert_eq!(answer.rows.len(), 1);
    assert_eq!(answer.rows[0].frame, frame.encode(), "the body stays");
    Ok(())
}

async fn frames_come_in_their_order_or_not_at_all(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let frames: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|words| family.frame(2, 1, words))
        .collect::<Outcome<_>>()?;
    let answer = push(&server, 2, &family, vec![pushed(&frames[1])]).await?;
    assert_eq!(codes(&answer.pushed), [(FrameCode::Gap, 1)]);
    push(&server, 2, &family, vec![pushed(&frames[0])]).await?;
    // A phone that went back writes another first and second frame.
    family.forget_frames(2, 1);
    let other = [family.frame(2, 1, "other")?, family.frame(2, 1, "other")?];
    let answer = push(&server, 2, &family, other.iter().map(pushed).collect()).await?;
    assert_eq!(
        codes(&answer.pushed),
        [(FrameCode::Conflict, 1), (FrameCode::Conflict, 1)]
    );
    let answer = push(&server, 2, &family, frames.iter().map(pushed).collect()).await?;
    assert_eq!(
        codes(&answer.pushed),
        [
            (FrameCode::Duplicate, 1),
            (FrameCode::New, 2),
            (FrameCode::New, 3)
        ]
    );
    Ok(())
}

async fn every_refusal_says_why_and_later_frames_wait(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let stale = family.frame(2, 1, "stale")?;
    let waiting = family.frame(2, 1, "waiting")?;
    let advance = vec![family.advanced(1)];
    let entry = family.add(1, advance)?;
    append(&server, 1, &family, vec![entry]).await?;
    let reader = family.frame(3, 1, "reader")?;
    let stranger = family.frame(9, 1, "stranger")?;
    let mut forged = family.clone().frame(1, 1, "forged")?;
    forged.header.signature = stale.header.signature;
    let ahead = {
        let mut ahead = family.clone();
        ahead.add(1, vec![member(8, rights(false, Vec::new()))])?;
        ahead.frame(1, 1, "ahead")?
    };
    let noise = PushedFrame {
        frame: vec![1, 2, 3],
        ..pushed(&stale)
    };
    let long = PushedFrame {
        frame: vec![0; 300_000],
        ..pushed(&stale)
    };
    let mut frames: Vec<PushedFrame> = vec![noise, long];
    let read: [&Frame; 6] = [&forged, &stranger, &reader, &stale, &waiting, &ahead];
    frames.extend(read.into_iter().map(pushed));
    let answer = push(&server, 1, &family, frames).await?;
    assert_eq!(
        codes(&answer.pushed),
        [
            refused(Refusal::Malformed),
            refused(Refusal::TooLong),
            refused(Refusal::BadSignature),
            refused(Refusal::NotActive),
            refused(Refusal::MayNotWrite),
            (FrameCode::StaleEpoch, 2),
            (FrameCode::Gap, 1),
            refused(Refusal::OtherControl),
        ]
    );
    assert!(answer.rows.is_empty());
    Ok(())
}

async fn entries_come_in_their_order_with_their_keys(server: impl Server) -> Outcome {
    let mut family = Family::found()?;
    found(&server, 1, &family).await?;
    let mut without = family.draft(1, vec![member(2, rights(false, vec![right(1, 1, true)]))])?;
    let other = family.draft(1, vec![member(4, rights(false, Vec::new()))])?;
    without.grants.clear();
    let answer = append(&server, 1, &family, vec![without.clone()]).await?;
    assert_eq!(
        (answer.appended[0].code, answer.appended[0].detail),
        (EntryCode::GrantsMissing, 1)
    );
    family.add(1, vec![member(2, rights(false, vec![right(1, 1, true)]))])?;
    let newest = family.entries[2].clone();
    let answer = append(&server, 1, &family, vec![newest, other]).await?;
    let appended: Vec<_> = answer.appended.iter().map(|one| one.code).collect();
    // The second was signed for the same place: who made it reads, checks and signs again.
    assert_eq!(appended[0], EntryCode::New);
    assert_eq!(appended[1], EntryCode::WrongPlace);
    let broken = swap(&server, 2, &exchange(&family)).await?;
    assert_eq!(broken.control, family.circle.head());
    let foreign = Family::found_by(7)?.entries[0].clone();
    let answer = append(&server, 1, &family, vec![foreign]).await?;
    assert_ne!(answer.appended[0].code, EntryCode::New);
    Ok(())
}

async fn a_long_log_comes_in_parts_that_each_fit(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let mut words = String::new();
    let mut seed = 1_u64;
    while words.len() < 120_000 {
        // Not to be deflated away.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        words.push_str(&format!("{seed:016x}"));
    }
    let mut all = Vec::new();
    for _ in 0..5 {
        let four: Vec<_> = (0..4)
            .map(|_| family.frame(1, 1, &words))
            .collect::<Outcome<_>>()?;
        push(&server, 1, &family, four.iter().map(pushed).collect()).await?;
        all.extend(four);
    }
    let (mut have, mut rounds, mut read) = (None, 0, 0);
    loop {
        let asked = StreamRequest {
            have: have.clone(),
            ..whole(1)
        };
        let answer = pull(&server, 2, &family, vec![asked]).await?;
        let mut point = have.unwrap_or_else(|| LogPoint::start(&family.place(1), answer.log));
        for row in &answer.rows {
            point = point.after(&row.row(&all[read]))?;
            read += 1;
        }
        let head = answer.head.ok_or("no head")?;
        assert!(head.covers(&family.place(1), &point));
        have = Some(point);
        rounds += 1;
        if !answer.more {
            break;
        }
    }
    assert_eq!(read, 20);
    assert!(rounds > 1, "{rounds}");
    Ok(())
}

async fn a_frame_sent_again_needs_no_present_right(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let old = family.frame(2, 1, "acknowledged by a copy that is gone")?;
    let advance = vec![family.advanced(1)];
    let entry = family.add(1, advance)?;
    append(&server, 1, &family, vec![entry]).await?;
    let answer = push(&server, 3, &family, vec![again(&old)]).await?;
    assert_eq!(codes(&answer.pushed), [(FrameCode::New, 1)]);
    Ok(())
}

async fn the_signed_head_is_the_servers(server: impl Server) -> Outcome {
    let family = Family::found()?;
    found(&server, 1, &family).await?;
    let answer = pull(&server, 1, &family, vec![whole(1)]).await?;
    let head = answer.head.ok_or("no head")?;
    let start = LogPoint::start(&family.place(1), answer.log);
    assert!(head.covers(&family.place(1), &start));
    if server.origin() == hearth_tests::asking::ORIGIN {
        head.verify(&server_key())?;
    }
    Ok(())
}

on_every_server! {
    what_one_phone_pushes_another_pulls
    no_entry_pins_another_servers_key
    a_lost_answer_costs_nothing
    frames_come_in_their_order_or_not_at_all
    every_refusal_says_why_and_later_frames_wait
    entries_come_in_their_order_with_their_keys
    a_long_log_comes_in_parts_that_each_fit
    a_frame_sent_again_needs_no_present_right
    the_signed_head_is_the_servers
}
