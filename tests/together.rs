//! Many at one time: every frame gets a row of its own, every place of the chain one entry.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use hearth_protocol::exchange::{EntryCode, FrameCode};
use hearth_protocol::frame::Frame;
use hearth_protocol::log::LogPoint;
use hearth_tests::asking::{Server, append, found, pull, push, whole};
use hearth_tests::family::{Family, member, pushed, right, rights};
use hearth_tests::{Outcome, on_every_server};

const WRITERS: std::ops::RangeInclusive<u8> = 10..=17;

async fn phones_that_push_at_one_time_get_one_row_for_each_frame(server: impl Server) -> Outcome {
    let mut family = Family::found()?;
    for number in WRITERS {
        let writer = rights(false, vec![right(1, 1, true)]);
        family.add(1, vec![member(number, writer)])?;
    }
    found(&server, 1, &family).await?;
    for _ in 0..5 {
        let mut all = Vec::new();
        for number in WRITERS {
            let frame = family.frame(number, 1, "at one time")?;
            all.push((number, vec![pushed(&frame)]));
        }
        // Each one twice: a phone may have given the first request up.
        let asked = all.iter().chain(&all);
        let (server, family) = (&server, &family);
        let answers = join_all(asked.map(|(number, frames)| async move {
            push(server, *number, family, frames.clone()).await
        }))
        .await;
        let mut rows = BTreeSet::new();
        for answer in answers {
            let pushed = answer?.pushed[0];
            assert!(matches!(pushed.code, FrameCode::New | FrameCode::Duplicate));
            rows.insert(pushed.detail);
        }
        assert_eq!(rows.len(), all.len());
    }
    let answer = pull(&server, 1, &family, vec![whole(1)]).await?;
    assert_eq!(answer.rows.len(), 5 * WRITERS.count());
    let mut point = LogPoint::start(&family.place(1), answer.log);
    for row in &answer.rows {
        point = point.after(&row.row(&Frame::decode(&row.frame)?))?;
    }
    let head = answer.head.ok_or("no head")?;
    assert!(head.covers(&family.place(1), &point));
    Ok(())
}

async fn entries_for_one_place_get_it_once(server: impl Server) -> Outcome {
    let mut family = Family::found()?;
    found(&server, 1, &family).await?;
    for round in 0..5_u8 {
        let drafts: Vec<_> = (0..6_u8)
            .map(|number| {
                let number = 20 + 6 * round + number;
                family.draft(1, vec![member(number, rights(false, Vec::new()))])
            })
            .collect::<Outcome<_>>()?;
        let (server, asked) = (&server, &family);
        let answers = join_all(
            drafts
                .iter()
                .map(|draft| async move { append(server, 1, asked, vec![draft.clone()]).await }),
        )
        .await;
        let mut first = None;
        for (draft, answer) in drafts.iter().zip(answers) {
            match answer?.appended[0].code {
                EntryCode::New => assert!(first.replace(draft).is_none(), "two of them"),
                code => assert_eq!(code, EntryCode::WrongPlace),
            }
        }
        let first = first.ok_or("none of them")?.clone();
        family.circle.apply(&first.entry)?;
        family.entries.push(first);
    }
    Ok(())
}

on_every_server! {
    phones_that_push_at_one_time_get_one_row_for_each_frame
    entries_for_one_place_get_it_once
}
