//! One exchange after another: the same stories over memory, over SQLite, and over real sockets.

use hearth_protocol::exchange::{EntryCode, FrameCode, PushedFrame, Refusal, StreamRequest};
use hearth_protocol::frame::Frame;
use hearth_protocol::log::LogPoint;
use hearth_server::db::{Database, MemoryDatabase, SqliteDatabase};
use hearth_tests::asking::{
    InProcess, Server, append, exchange, found, pull, push, server_key, swap, whole,
};
use hearth_tests::family::{
    Family, again, device, member, pushed, removed, right, rights, seal_again, stream,
};
use hearth_tests::{Outcome, RunningServer};

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

async fn a_joiner_gets_the_chain_with_its_keys(server: impl Server) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let request = hearth_protocol::exchange::ExchangeRequest {
        control: hearth_protocol::control::ControlHead::START,
        streams: vec![whole(1)],
        ..exchange(&family)
    };
    let answer = swap(&server, 3, &request).await?;
    let chain: Vec<_> = family.entries.iter().map(|new| new.entry.clone()).collect();
    assert_eq!(answer.entries, chain);
    let own = device(3);
    assert_eq!(answer.grants.len(), 1);
    let keys = answer.grants[0].open(&family.circle, &own.id(), &own.opener)?;
    assert_eq!((keys.len(), keys[0].0, keys[0].1), (1, stream(1), 1));
    // Who has the chain is not sent it again, nor the keys.
    let answer = swap(&server, 3, &exchange(&family)).await?;
    assert!(answer.entries.is_empty() && answer.grants.is_empty());
    Ok(())
}

async fn a_key_that_is_missing_comes_from_who_has_it(server: impl Server) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let wanting = hearth_protocol::exchange::ExchangeRequest {
        // The second is nobody's yet.
        wanted: vec![(stream(1), 1), (stream(1), 2)],
        ..exchange(&family)
    };
    let first = swap(&server, 3, &wanting).await?;
    assert_eq!(first.grants.len(), 1, "it came with the entry");
    let helper = swap(&server, 2, &exchange(&family)).await?;
    assert_eq!(helper.wanted, [(device(3).id(), stream(1), 1)]);
    let owed = hearth_protocol::control::Owed {
        to: device(3).id(),
        stream: stream(1),
        epoch: 1,
    };
    let mut grants = hearth_tests::family::seal_grants(&family.circle, &family.id(), vec![owed])?;
    grants[0].encapped[0] ^= 1;
    let giving = hearth_protocol::exchange::ExchangeRequest {
        grants: grants.clone(),
        ..exchange(&family)
    };
    swap(&server, 2, &giving).await?;
    let second = swap(&server, 3, &wanting).await?;
    assert_eq!(second.grants, grants, "the later delivery takes the place");
    Ok(())
}

async fn who_joined_from_now_on_reads_from_now_on(server: impl Server) -> Outcome {
    let mut family = Family::found()?;
    found(&server, 1, &family).await?;
    let before = family.frame(1, 1, "before")?;
    push(&server, 1, &family, vec![pushed(&before)]).await?;
    let acts = vec![
        family.advanced(1),
        member(2, rights(false, vec![right(1, 2, true)])),
    ];
    let entry = family.add(1, acts)?;
    append(&server, 1, &family, vec![entry]).await?;
    let empty = pull(&server, 2, &family, vec![whole(1)]).await?;
    assert!(empty.rows.is_empty());
    assert_eq!(empty.start.as_ref().map(|start| start.seq), Some(1));
    let after = family.frame(1, 1, "after")?;
    push(&server, 1, &family, vec![pushed(&after)]).await?;
    let asked = StreamRequest {
        missing: vec![(device(1).id(), 1), (device(1).id(), 2)],
        ..whole(1)
    };
    let pulled = pull(&server, 2, &family, vec![asked]).await?;
    let start = pulled.start.ok_or("no start")?;
    assert_eq!(
        (start.seq, pulled.rows.len(), pulled.rows[0].seq),
        (1, 1, 2)
    );
    assert_eq!(pulled.found.len(), 1, "what was before is not found either");
    let end = start.after(&pulled.rows[0].row(&after))?;
    assert!(
        pulled
            .head
            .is_some_and(|head| head.covers(&family.place(1), &end))
    );
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

async fn a_member_whose_role_is_over_is_not_here(server: impl Server) -> Outcome {
    let mut family = Family::found()?;
    let mut volunteer = rights(false, vec![right(1, 1, true)]);
    volunteer.ends = Some(server.now() + 100_000);
    family.add(1, vec![member(2, volunteer)])?;
    let mut past = rights(false, vec![right(1, 1, true)]);
    past.ends = Some(server.now() - 1);
    family.add(1, vec![member(3, past)])?;
    found(&server, 1, &family).await?;
    assert!(swap(&server, 2, &exchange(&family)).await.is_ok());
    assert!(swap(&server, 3, &exchange(&family)).await.is_err());
    Ok(())
}

async fn who_was_removed_is_not_here_any_more(server: impl Server) -> Outcome {
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    swap(&server, 3, &exchange(&family)).await?;
    let acts = vec![removed(3, Vec::new()), family.advanced(1)];
    let entry = family.add(1, acts)?;
    append(&server, 1, &family, vec![entry]).await?;
    assert!(swap(&server, 3, &exchange(&family)).await.is_err());
    // Nor does the same chain, told again, let them in.
    assert!(found(&server, 3, &family).await.is_err());
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

fn in_memory() -> InProcess<MemoryDatabase> {
    InProcess::start(MemoryDatabase::default(), 0)
}

async fn on_sqlite(folder: &tempfile::TempDir) -> Outcome<InProcess<impl Database>> {
    let path = folder.path().join("hearth.sqlite");
    Ok(InProcess::start(SqliteDatabase::open(&path).await?, 0))
}

macro_rules! on_every_server {
    ($($name:ident)*) => {
        mod memory {
            $(#[tokio::test]
            async fn $name() -> super::Outcome {
                super::$name(super::in_memory()).await
            })*
        }
        mod sqlite {
            $(#[tokio::test]
            async fn $name() -> super::Outcome {
                let folder = tempfile::tempdir()?;
                super::$name(super::on_sqlite(&folder).await?).await
            })*
        }
        mod sockets {
            $(#[tokio::test]
            async fn $name() -> super::Outcome {
                super::$name(super::RunningServer::start(&[]).await?).await
            })*
        }
    };
}

on_every_server! {
    what_one_phone_pushes_another_pulls
    a_lost_answer_costs_nothing
    frames_come_in_their_order_or_not_at_all
    every_refusal_says_why_and_later_frames_wait
    entries_come_in_their_order_with_their_keys
    a_joiner_gets_the_chain_with_its_keys
    a_key_that_is_missing_comes_from_who_has_it
    who_joined_from_now_on_reads_from_now_on
    a_long_log_comes_in_parts_that_each_fit
    a_member_whose_role_is_over_is_not_here
    who_was_removed_is_not_here_any_more
    a_frame_sent_again_needs_no_present_right
    the_signed_head_is_the_servers
}
