//! What only a transaction can promise, held against every database: all of it or nothing, and only while what the caller
//! looked at is still so.

use std::collections::BTreeSet;

use hearth_protocol::control::{ControlHead, Cut};
use hearth_protocol::frame::{ChainPoint, Frame, Place};
use hearth_protocol::log::{LogPoint, Row};
use hearth_protocol::{CircleId, Hash, LogId};
use hearth_server::db::{
    AppendOutcome, ControlDatabase as _, CutRule, Database, EntryAppend, EntryOutcome, Erasure,
    FramesAppend, LogQuestion, LogView, MemoryDatabase, NewRow,
};
use hearth_tests::Outcome;
use hearth_tests::family::{Family, device, stream};

const LOG: LogId = LogId([1; 16]);

/// An entry of the chain, as it is appended.
fn entry(family: &Family, at: usize) -> Outcome<EntryAppend> {
    let head = |at: usize| -> Outcome<ControlHead> {
        Ok(match at.checked_sub(1) {
            None => ControlHead::START,
            Some(before) => family.entries[before].entry.read()?.head,
        })
    };
    Ok(EntryAppend {
        circle: family.id(),
        after: head(at)?,
        head: head(at + 1)?,
        entry: family.entries[at].entry.clone(),
        grants: family.entries[at].grants.clone(),
        cuts: Vec::new(),
        rule: CutRule::Exact,
    })
}

/// A row after this point.
fn row(before: &LogPoint, frame: &Frame) -> Outcome<NewRow> {
    let header = frame.header.read()?;
    let next = Row {
        seq: before.seq + 1,
        received_at: before.received_at,
        header: frame.header.hash(),
    };
    Ok(NewRow {
        point: before.after(&next)?,
        device: header.device,
        dev_seq: header.dev_seq,
        header: next.header,
        epoch: frame.epoch()?,
        blobs: header.blobs,
        frame: frame.encode(),
    })
}

fn frames(family: &Family, before: &LogPoint, frames: &[&Frame]) -> Outcome<FramesAppend> {
    let mut rows = Vec::new();
    let mut point = before.clone();
    for frame in frames {
        let row = row(&point, frame)?;
        point = row.point.clone();
        rows.push(row);
    }
    Ok(FramesAppend {
        place: family.place(1),
        before: before.clone(),
        control: family.circle.head(),
        now: 1_000,
        rows,
        erasures: Vec::new(),
        erased_blobs: Vec::new(),
    })
}

async fn look(database: &impl Database, place: Place) -> Outcome<LogView> {
    let question = LogQuestion {
        points: vec![0, 1, 9],
        from_epoch: 2,
        lost: Some(LogId([7; 16])),
        names: BTreeSet::from([(device(1).id(), 1), (device(1).id(), 9)]),
        now: 1_000,
        ..LogQuestion::default()
    };
    Ok(database.read_log(place, question).await?.ok_or("no log")?)
}

/// A family whose stream 1 has an empty log.
async fn begin(database: &impl Database) -> Outcome<(Family, LogPoint)> {
    let family = Family::peopled()?;
    for at in 0..family.entries.len() {
        let outcome = database.append_entry(entry(&family, at)?).await?;
        assert_eq!(outcome, EntryOutcome::Appended);
    }
    let place = family.place(1);
    database.open_log(place, LOG).await?;
    // The first name stays.
    database.open_log(place, LogId([2; 16])).await?;
    Ok((family, LogPoint::start(&place, LOG)))
}

async fn an_entry_follows_the_head_or_is_not_appended(database: impl Database) -> Outcome {
    let (family, _) = begin(&database).await?;
    for at in 0..family.entries.len() {
        let outcome = database.append_entry(entry(&family, at)?).await?;
        assert_eq!(outcome, EntryOutcome::HeadMoved);
    }
    let all = database
        .read_control(family.id(), ControlHead::START)
        .await?;
    assert_eq!((all.entries.len(), all.follows), (4, true));
    let second = entry(&family, 1)?.head;
    let tail = database.read_control(family.id(), second.clone()).await?;
    assert_eq!((tail.entries.len(), tail.follows), (2, true));
    let other = ControlHead {
        hash: Hash([9; 32]),
        ..second
    };
    let fork = database.read_control(family.id(), other.clone()).await?;
    assert_eq!((fork.entries.len(), fork.follows), (4, false));
    let nowhere = CircleId([9; 32]);
    let none = database.read_control(nowhere, other).await?;
    assert_eq!((none.entries.len(), none.follows), (0, false));
    let none = database.read_control(nowhere, ControlHead::START).await?;
    assert_eq!((none.entries.len(), none.follows), (0, true));
    assert_eq!(database.list_circles().await?, [family.id()]);
    Ok(())
}

async fn cuts_are_held_against_the_rows_that_are_there(database: impl Database) -> Outcome {
    let (mut family, start) = begin(&database).await?;
    let first = family.frame(2, 1, "first")?;
    let append = frames(&family, &start, &[&first])?;
    assert_eq!(
        database.append_frames(append).await?,
        AppendOutcome::Appended
    );
    family.add(
        1,
        vec![hearth_tests::family::member(
            5,
            hearth_tests::family::rights(false, Vec::new()),
        )],
    )?;
    let cut = |dev_seq, header| Cut {
        device: device(2).id(),
        stream: stream(1),
        dev_seq,
        header,
    };
    let here = first.header.hash();
    let cases = [
        (CutRule::Exact, cut(0, Hash::ZERO), false),
        (CutRule::Exact, cut(2, Hash([1; 32])), false),
        (CutRule::Exact, cut(1, Hash([1; 32])), false),
        (CutRule::NothingBeyond, cut(0, Hash::ZERO), false),
        (CutRule::NothingBeyond, cut(1, Hash([1; 32])), false),
        (CutRule::NothingBeyond, cut(1, here), true),
        (CutRule::NothingBeyond, cut(2, Hash([1; 32])), true),
        (CutRule::Unchecked, cut(0, Hash::ZERO), true),
    ];
    for (rule, cut, is_allowed) in cases {
        let ours = ChainPoint {
            dev_seq: 1,
            header: here,
        };
        assert_eq!(rule.allows(&cut, ours), is_allowed, "{rule:?} {cut:?}");
        if !is_allowed {
            let append = EntryAppend {
                cuts: vec![cut],
                rule,
                ..entry(&family, 4)?
            };
            let outcome = database.append_entry(append).await?;
            assert_eq!(outcome, EntryOutcome::CutsDiffer);
        }
    }
    let append = EntryAppend {
        cuts: vec![cut(1, here)],
        ..entry(&family, 4)?
    };
    let outcome = database.append_entry(append).await?;
    assert_eq!(outcome, EntryOutcome::Appended);
    Ok(())
}

async fn frames_are_appended_only_to_what_they_were_judged_by(database: impl Database) -> Outcome {
    let (mut family, start) = begin(&database).await?;
    let first = family.frame(1, 1, "first")?;
    let second = family.frame(1, 1, "second")?;
    let append = frames(&family, &start, &[&first, &second])?;
    let other_head = FramesAppend {
        control: ControlHead::START,
        ..append.clone()
    };
    let other_log = FramesAppend {
        before: LogPoint::start(&family.place(1), LogId([2; 16])),
        ..append.clone()
    };
    for moved in [other_head, other_log] {
        assert_eq!(database.append_frames(moved).await?, AppendOutcome::Moved);
    }
    let held = vec![device(1).id()];
    database.hold_devices(family.id(), held, 1_001).await?;
    let outcome = database.append_frames(append.clone()).await?;
    assert_eq!(outcome, AppendOutcome::Moved);
    let later = FramesAppend {
        now: 1_001,
        ..append.clone()
    };
    assert_eq!(
        database.append_frames(later.clone()).await?,
        AppendOutcome::Appended
    );
    // The same once more: the log is not where it was.
    assert_eq!(database.append_frames(later).await?, AppendOutcome::Moved);
    let view = look(&database, family.place(1)).await?;
    assert_eq!(view.end.seq, 2);
    assert_eq!(view.ends[&device(1).id()].dev_seq, 2);
    assert!(view.held.contains(&device(1).id()), "at that moment");
    assert_eq!(view.named.len(), 1);
    assert_eq!(view.points[0], Some(start));
    assert_eq!(
        (view.points[1].is_some(), view.points[2].is_some()),
        (true, false)
    );
    assert_eq!(view.begins, view.end, "no row of epoch 2");
    Ok(())
}

async fn rows_come_in_order_as_many_as_fit(database: impl Database) -> Outcome {
    let (mut family, start) = begin(&database).await?;
    let written = [family.frame(1, 1, "a")?, family.frame(1, 1, "b")?];
    let append = frames(&family, &start, &[&written[0], &written[1]])?;
    database.append_frames(append).await?;
    let place = family.place(1);
    let one = written[0].encode().len() + 32;
    for (bytes, after, expected) in [
        (one - 1, 0, 0),
        (one, 0, 1),
        (1 << 20, 0, 2),
        (1 << 20, 1, 1),
    ] {
        let rows = database.read_rows(place, LOG, after, bytes).await?;
        assert_eq!(rows.len(), expected);
    }
    let renamed = database
        .read_rows(place, LogId([2; 16]), 0, 1 << 20)
        .await?;
    assert!(renamed.is_empty());
    let names = BTreeSet::from([(device(1).id(), 2), (device(2).id(), 1)]);
    let found = database.find_rows(place, names.clone(), 0).await?;
    assert_eq!(found[0].frame, written[1].encode());
    assert!(database.find_rows(place, names, 2).await?.is_empty());
    Ok(())
}

async fn another_name_gives_every_row_its_new_place(database: impl Database) -> Outcome {
    let (mut family, start) = begin(&database).await?;
    let written = [family.frame(1, 1, "a")?, family.frame(1, 1, "b")?];
    let append = frames(&family, &start, &[&written[0], &written[1]])?;
    database.append_frames(append).await?;
    let (place, fresh, lost) = (family.place(1), LogId([3; 16]), LogId([7; 16]));
    database
        .rename_log(place, LogId([9; 16]), lost, fresh)
        .await?;
    assert_eq!(
        look(&database, place).await?.end.log,
        LOG,
        "it was not its name"
    );
    database.rename_log(place, LOG, lost, fresh).await?;
    let view = look(&database, place).await?;
    assert!(view.was_ours);
    let mut point = LogPoint::start(&place, fresh);
    let rows = database.read_rows(place, fresh, 0, 1 << 20).await?;
    for (stored, frame) in rows.iter().zip(&written) {
        point = row(&point, frame)?.point;
        assert_eq!(stored.point, point);
    }
    assert_eq!(view.end, point);
    Ok(())
}

async fn what_was_erased_before_it_came_stays_erased(database: impl Database) -> Outcome {
    let (mut family, start) = begin(&database).await?;
    let words = family.frame(1, 1, "words")?;
    let erasure = Erasure {
        device: device(1).id(),
        dev_seq: 1,
        header: words.header.hash(),
        body: vec![1, 2, 3],
    };
    let place = family.place(1);
    let again = vec![erasure.clone()];
    database
        .erase_again(place, again.clone(), Vec::new())
        .await?;
    let view = look(&database, place).await?;
    let name = (device(1).id(), 1);
    assert_eq!(view.redacted[&name], (erasure.header, erasure.body.clone()));
    database
        .append_frames(frames(&family, &start, &[&words])?)
        .await?;
    for _ in 0..2 {
        database
            .erase_again(place, again.clone(), Vec::new())
            .await?;
        let rows = database.read_rows(place, LOG, 0, 1 << 20).await?;
        assert_eq!(Frame::decode(&rows[0].frame)?.body, erasure.body);
    }
    // Another frame of the same number is not that frame.
    let other = Erasure {
        header: Hash([9; 32]),
        body: vec![4],
        ..erasure.clone()
    };
    database.erase_again(place, vec![other], Vec::new()).await?;
    let rows = database.read_rows(place, LOG, 0, 1 << 20).await?;
    assert_eq!(Frame::decode(&rows[0].frame)?.body, erasure.body);
    Ok(())
}

async fn the_newest_grant_of_a_key_is_the_one(database: impl Database) -> Outcome {
    let (family, _) = begin(&database).await?;
    let (circle, to) = (family.id(), device(3).id());
    let key = (stream(1), 1);
    let with_entry = database.read_grants(circle, to, 0, Vec::new()).await?;
    assert_eq!((with_entry.len(), with_entry[0].entry), (1, 4));
    let first = database.want_keys(circle, to, vec![key]).await?;
    let again = database.want_keys(circle, to, vec![key]).await?;
    assert_eq!((first, again), (true, false));
    assert_eq!(database.read_wanted(circle).await?, [(to, key.0, key.1)]);
    let mut newer = with_entry[0].grant.clone();
    newer.encapped = [9; 32];
    database.keep_grants(circle, vec![newer.clone()]).await?;
    assert!(database.read_wanted(circle).await?.is_empty());
    let wanted = database.read_grants(circle, to, 4, vec![key]).await?;
    assert_eq!((wanted.len(), &wanted[0].grant), (1, &newer));
    assert!(
        database
            .read_grants(circle, to, 0, Vec::new())
            .await?
            .is_empty()
    );
    Ok(())
}

#[tokio::test]
async fn a_snapshot_is_yesterday_and_stays_so() -> Outcome {
    let database = MemoryDatabase::default();
    let (family, _) = begin(&database).await?;
    let yesterday = database.snapshot();
    let shared = database.clone();
    database
        .hold_devices(family.id(), vec![device(2).id()], 2_000)
        .await?;
    assert_eq!(look(&shared, family.place(1)).await?.held.len(), 1);
    assert!(look(&yesterday, family.place(1)).await?.held.is_empty());
    Ok(())
}

hearth_tests::on_each_database! {
    an_entry_follows_the_head_or_is_not_appended
    cuts_are_held_against_the_rows_that_are_there
    frames_are_appended_only_to_what_they_were_judged_by
    rows_come_in_order_as_many_as_fit
    another_name_gives_every_row_its_new_place
    what_was_erased_before_it_came_stays_erased
    the_newest_grant_of_a_key_is_the_one
}
