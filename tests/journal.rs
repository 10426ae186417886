//! What the journal brings back that the database forgot, and what is left of a journal that was torn.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use hearth_protocol::control::{ControlHead, Cut};
use hearth_protocol::exchange::{EntryCode, FrameCode};
use hearth_protocol::frame::Frame;
use hearth_server::db::{ControlDatabase as _, Database, MemoryDatabase, SqliteDatabase};
use hearth_server::journal::{FileJournal, Journal, Record, replay};
use hearth_tests::asking::{InProcess, append, exchange, found, push, swap};
use hearth_tests::family::{Family, again, device, key, pushed, removed, stream};
use hearth_tests::{Outcome, RunningServer};

async fn start<D: Database>(database: D, journal: &Path, run: u32) -> Outcome<InProcess<D>> {
    let (journal, records) = FileJournal::open(journal)?;
    replay(&database, &journal, records).await?;
    let mut server = InProcess::start(database, run);
    server.api = server.api.with_journal(Arc::new(journal));
    Ok(server)
}

fn has_words(frame: &[u8], family: &Family) -> Outcome<bool> {
    let frame = Frame::decode(frame)?;
    let pack = frame.open(&family.place(1), &key(1, frame.epoch()?))?;
    Ok(pack.change(0)?.is_some())
}

#[tokio::test]
async fn a_restored_database_neither_forgets_who_was_removed_nor_brings_a_word_back() -> Outcome {
    let folder = tempfile::tempdir()?;
    let journal = folder.path().join("journal");
    let database = MemoryDatabase::default();
    let server = start(database.clone(), &journal, 0).await?;
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let words = family.frame(2, 1, "too much")?;
    let kept = family.frame(2, 1, "lost with the restore")?;
    push(&server, 2, &family, vec![pushed(&words)]).await?;
    let yesterday = database.snapshot();
    push(&server, 2, &family, vec![pushed(&kept)]).await?;
    let frames = [words.clone(), kept.clone()];
    let erase = family.erase(2, 1, &frames, Vec::new())?;
    push(&server, 2, &family, vec![erase]).await?;
    let end = family.chain(2, 1);
    let cut = Cut {
        device: device(2).id(),
        stream: stream(1),
        dev_seq: end.dev_seq,
        header: end.header,
    };
    let acts = vec![removed(2, vec![cut]), family.advanced(1)];
    let entry = family.add(1, acts)?;
    let answer = append(&server, 1, &family, vec![entry]).await?;
    assert_eq!(answer.appended[0].code, EntryCode::New);
    drop(server);

    let restored = start(yesterday, &journal, 1).await?;
    assert!(swap(&restored, 2, &exchange(&family)).await.is_err());
    let answer = push(&restored, 1, &family, Vec::new()).await?;
    assert!(!has_words(&answer.rows[0].frame, &family)?);
    // A phone that never heard of the erasing tells the second frame again, words and all.
    let answer = push(&restored, 3, &family, vec![again(&kept)]).await?;
    assert_eq!(answer.pushed[0].code, FrameCode::New);
    assert!(!has_words(&answer.rows[1].frame, &family)?);
    Ok(())
}

#[tokio::test]
async fn a_server_that_ended_between_database_and_journal_makes_up_for_it() -> Outcome {
    let folder = tempfile::tempdir()?;
    let journal = folder.path().join("journal");
    let database = MemoryDatabase::default();
    let family = Family::peopled()?;
    // Without a journal: as if every write to it had been too late.
    found(&InProcess::start(database.clone(), 0), 1, &family).await?;
    start(database, &journal, 1).await?;
    let empty = MemoryDatabase::default();
    start(empty.clone(), &journal, 2).await?;
    let tail = empty.read_control(family.id(), ControlHead::START).await?;
    assert_eq!(tail.entries.len(), family.entries.len());
    let (_, records) = FileJournal::open(&journal)?;
    assert_eq!(records.len(), family.entries.len(), "each once");
    Ok(())
}

#[tokio::test]
async fn a_torn_end_is_cut_off_wherever_it_tore() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("journal");
    let family = Family::peopled()?;
    let records: Vec<_> = family
        .entries
        .iter()
        .map(|new| Record::Entry {
            circle: family.id(),
            entry: new.entry.clone(),
            grants: new.grants.clone(),
        })
        .collect();
    let (journal, _) = FileJournal::open(&path)?;
    let mut ends = vec![fs::read(&path)?.len()];
    for record in &records {
        journal.keep(record)?;
        ends.push(fs::read(&path)?.len());
    }
    let bytes = fs::read(&path)?;
    for length in 0..=bytes.len() {
        fs::write(&path, &bytes[..length])?;
        let (journal, read) = FileJournal::open(&path)?;
        let whole = ends.iter().filter(|end| **end <= length).count();
        let whole = whole.saturating_sub(1);
        assert_eq!(read, records[..whole], "{length}");
        // What comes next is found again.
        journal.keep(&records[0])?;
        assert_eq!(FileJournal::open(&path)?.1.len(), whole + 1, "{length}");
    }
    Ok(())
}

#[tokio::test]
async fn damage_in_the_middle_costs_one_record_and_not_those_after_it() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("journal");
    let family = Family::peopled()?;
    let (journal, _) = FileJournal::open(&path)?;
    let mut starts = Vec::new();
    for new in &family.entries {
        starts.push(fs::read(&path)?.len());
        journal.keep(&Record::Entry {
            circle: family.id(),
            entry: new.entry.clone(),
            grants: new.grants.clone(),
        })?;
    }
    let mut bytes = fs::read(&path)?;
    bytes[starts[1] + 20] ^= 1;
    fs::write(&path, &bytes)?;
    let (_, read) = FileJournal::open(&path)?;
    assert_eq!(read.len(), family.entries.len() - 1);
    assert_eq!(fs::read(&path)?, bytes, "nothing was cut");
    Ok(())
}

#[test]
fn a_file_that_is_not_a_journal_is_refused_and_left_alone() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("letters.txt");
    fs::write(&path, "Dear all, this is no journal")?;
    assert!(FileJournal::open(&path).is_err());
    assert_eq!(fs::read_to_string(&path)?, "Dear all, this is no journal");
    Ok(())
}

#[tokio::test]
async fn a_running_server_brings_back_what_yesterdays_file_lacks() -> Outcome {
    let server = RunningServer::start(&[]).await?;
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let folder = server.stop().await?;
    let file = folder.path().join("hearth.sqlite");
    // A copy of the file as it lies there after a stop.
    SqliteDatabase::open(&file).await?.close().await;
    let yesterday = fs::read(&file)?;
    let server = RunningServer::start_in(folder, &[]).await?;
    let acts = vec![removed(3, Vec::new()), family.advanced(1)];
    let entry = family.add(1, acts)?;
    append(&server, 1, &family, vec![entry]).await?;
    let folder = server.stop().await?;
    for side in ["-wal", "-shm"] {
        let _ = fs::remove_file(folder.path().join(format!("hearth.sqlite{side}")));
    }
    fs::write(&file, yesterday)?;
    let server = RunningServer::start_in(folder, &[]).await?;
    assert!(swap(&server, 3, &exchange(&family)).await.is_err());
    let answer = swap(&server, 1, &exchange(&family)).await?;
    assert_eq!(answer.control, family.circle.head());
    Ok(())
}
