//! A server that went back: yesterday's copy, an empty disk, and what the journal brings back.

use hearth_protocol::control::ControlHead;
use hearth_protocol::exchange::{
    EntryCode, ExchangeRequest, FrameCode, PushedFrame, StreamAnswer, StreamRequest,
};
use hearth_protocol::frame::Frame;
use hearth_protocol::log::{LogPoint, SignedHead};
use hearth_server::db::MemoryDatabase;
use hearth_tests::Outcome;
use hearth_tests::asking::{InProcess, Server, append, exchange, found, pull, push, swap, whole};
use hearth_tests::family::{Family, again, device, member, pushed, right, rights};

/// What a phone knows of stream 1.
struct Copy {
    point: LogPoint,
    head: SignedHead,
    frames: Vec<Frame>,
}

fn read_copy(family: &Family, answer: &StreamAnswer) -> Outcome<Copy> {
    let mut point = LogPoint::start(&family.place(1), answer.log);
    let mut frames = Vec::new();
    for row in &answer.rows {
        let frame = Frame::decode(&row.frame)?;
        point = point.after(&row.row(&frame))?;
        frames.push(frame);
    }
    let head = answer.head.clone().ok_or("no head")?;
    assert!(head.covers(&family.place(1), &point));
    Ok(Copy {
        point,
        head,
        frames,
    })
}

fn show(copy: &Copy, frames: Vec<PushedFrame>) -> StreamRequest {
    StreamRequest {
        have: Some(copy.point.clone()),
        shown: Some(copy.head.clone()),
        frames,
        ..whole(1)
    }
}

/// Three frames; the copy of the database holds the first of them.
async fn lose_two_rows() -> Outcome<(InProcess<MemoryDatabase>, Family, Copy)> {
    let database = MemoryDatabase::default();
    let server = InProcess::start(database.clone(), 0);
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let first = family.frame(1, 1, "first")?;
    push(&server, 1, &family, vec![pushed(&first)]).await?;
    let yesterday = database.snapshot();
    let later = vec![
        pushed(&family.frame(2, 1, "second")?),
        pushed(&family.frame(1, 1, "third")?),
    ];
    let answer = push(&server, 2, &family, later).await?;
    let copy = read_copy(&family, &answer)?;
    Ok((InProcess::start(yesterday, 1), family, copy))
}

#[tokio::test]
async fn what_a_restored_server_lacks_is_told_again_and_one_order_comes_of_it() -> Outcome {
    let (server, mut family, copy) = lose_two_rows().await?;
    let answer = pull(&server, 3, &family, vec![show(&copy, Vec::new())]).await?;
    assert_ne!(answer.log, copy.point.log, "it knows that it went back");
    assert!(answer.rows.is_empty() && answer.head.is_none());
    assert_eq!(answer.holds, Some(vec![(device(1).id(), 1)]));
    // A phone that shows the same once more does not make it begin again.
    let once_more = pull(&server, 2, &family, vec![show(&copy, Vec::new())]).await?;
    assert_eq!(once_more.log, answer.log);
    assert!(once_more.holds.is_some());
    // Meanwhile somebody writes on; then the third phone, which wrote none of it, tells the rest again.
    let next = family.frame(1, 1, "fourth, written before the repair")?;
    let early = push(&server, 1, &family, vec![pushed(&next)]).await?;
    assert_eq!(
        (early.pushed[0].code, early.pushed[0].detail),
        (FrameCode::Gap, 2)
    );
    let lacking = copy.frames[1..].iter().map(again).collect();
    let repaired = pull(&server, 3, &family, vec![show(&copy, lacking)]).await?;
    let codes: Vec<_> = repaired.pushed.iter().map(|one| one.code).collect();
    assert_eq!(codes, [FrameCode::New, FrameCode::New]);
    push(&server, 1, &family, vec![pushed(&next)]).await?;
    let whole = pull(&server, 2, &family, vec![whole(1)]).await?;
    let read = read_copy(&family, &whole)?;
    assert_eq!(read.frames.len(), 4);
    assert_eq!(read.frames[..3], copy.frames[..]);
    Ok(())
}

#[tokio::test]
async fn a_log_that_went_on_in_another_way_under_its_old_name_is_noticed() -> Outcome {
    let (server, mut family, copy) = lose_two_rows().await?;
    // Nobody shows a head; two other rows come under the old name.
    family.forget_frames(2, 1);
    server.wait(5);
    let other = vec![
        pushed(&family.frame(2, 1, "other")?),
        pushed(&family.frame(2, 1, "rows")?),
    ];
    let answer = push(&server, 2, &family, other).await?;
    assert_eq!((answer.log, answer.rows.len()), (copy.point.log, 3));
    let shown = pull(&server, 3, &family, vec![show(&copy, Vec::new())]).await?;
    assert_ne!(shown.log, copy.point.log);
    assert!(shown.holds.is_some());
    Ok(())
}

#[tokio::test]
async fn a_head_that_the_server_did_not_sign_changes_nothing() -> Outcome {
    let (server, family, copy) = lose_two_rows().await?;
    let forged = SignedHead::sign(&family.place(1), &copy.point, 5, &device(3).signer);
    let elsewhere = SignedHead {
        stream: hearth_tests::family::stream(2),
        ..copy.head.clone()
    };
    for shown in [forged, elsewhere] {
        let asked = StreamRequest {
            shown: Some(shown),
            ..whole(1)
        };
        let answer = pull(&server, 3, &family, vec![asked]).await?;
        assert_eq!((answer.log, answer.rows.len()), (copy.point.log, 1));
    }
    Ok(())
}

#[tokio::test]
async fn any_member_founds_the_circle_again_on_an_empty_disk() -> Outcome {
    let mut family = Family::peopled()?;
    let old = InProcess::start(MemoryDatabase::default(), 0);
    found(&old, 1, &family).await?;
    let frames = vec![
        pushed(&family.frame(1, 1, "first")?),
        pushed(&family.frame(2, 1, "second")?),
    ];
    let copy = read_copy(&family, &push(&old, 1, &family, frames).await?)?;
    let empty = InProcess::start(MemoryDatabase::default(), 1);
    assert!(swap(&empty, 3, &exchange(&family)).await.is_err());
    // Person 3 only reads. Their phone has the chain, and no keys to give with it.
    let mut entries = family.entries.clone();
    entries.iter_mut().for_each(|new| new.grants.clear());
    let request = ExchangeRequest {
        entries,
        streams: vec![show(&copy, copy.frames.iter().map(again).collect())],
        ..exchange(&family)
    };
    let answer = swap(&empty, 3, &request).await?;
    assert!(answer.appended.iter().all(|one| one.code == EntryCode::New));
    let stream = &answer.streams[0];
    assert!(stream.pushed.iter().all(|one| one.code == FrameCode::New));
    assert!(stream.holds.is_some());
    let whole = pull(&empty, 2, &family, vec![whole(1)]).await?;
    assert_eq!(read_copy(&family, &whole)?.frames, copy.frames);
    Ok(())
}

#[tokio::test]
async fn a_member_whom_the_restored_chain_does_not_know_brings_the_entry_that_added_them() -> Outcome
{
    let database = MemoryDatabase::default();
    let server = InProcess::start(database.clone(), 0);
    let mut family = Family::found()?;
    found(&server, 1, &family).await?;
    let yesterday = InProcess::start(database.snapshot(), 1);
    let entry = family.add(1, vec![member(2, rights(false, vec![right(1, 1, true)]))])?;
    append(&server, 1, &family, vec![entry.clone()]).await?;
    assert!(swap(&yesterday, 2, &exchange(&family)).await.is_err());
    let request = ExchangeRequest {
        entries: vec![entry],
        ..exchange(&family)
    };
    let answer = swap(&yesterday, 2, &request).await?;
    assert_eq!(answer.control, family.circle.head());
    // The same request from who is not in it finds nothing.
    assert!(swap(&yesterday, 9, &request).await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_phone_with_another_history_is_shown_the_entry_that_differs() -> Outcome {
    let server = InProcess::start(MemoryDatabase::default(), 0);
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let mut other = family.clone();
    let here = family.add(1, vec![member(5, rights(false, Vec::new()))])?;
    other.add(1, vec![member(6, rights(false, Vec::new()))])?;
    append(&server, 1, &family, vec![here.clone()]).await?;
    let answer = swap(&server, 2, &exchange(&other)).await?;
    assert_eq!(answer.entries, [here.entry]);
    let none = ExchangeRequest {
        control: ControlHead::START,
        ..exchange(&family)
    };
    let answer = swap(&server, 2, &none).await?;
    assert_eq!(answer.entries.len(), family.entries.len());
    Ok(())
}

#[tokio::test]
async fn times_in_the_log_never_go_back() -> Outcome {
    let database = MemoryDatabase::default();
    let server = InProcess::start(database.clone(), 0);
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    server.wait(1_000);
    let first = family.frame(1, 1, "by a clock that is fast")?;
    push(&server, 1, &family, vec![pushed(&first)]).await?;
    let slow = InProcess::start(database, 1);
    assert!(slow.now() < server.now());
    let second = family.frame(1, 1, "by a clock that was set back")?;
    let answer = push(&slow, 1, &family, vec![pushed(&second)]).await?;
    assert_eq!(answer.rows[1].received_at, answer.rows[0].received_at);
    read_copy(&family, &answer)?;
    Ok(())
}
