//! Attachments: named first, then sent part by part, cut anywhere, and whole or not there.

use hearth_protocol::blob::BlobHasher;
use hearth_protocol::exchange::{BlobGet, BlobGetAnswer, BlobPut, BlobPutAnswer, Endpoint};
use hearth_protocol::limits::LONGEST_BLOB_PART;
use hearth_protocol::{BlobId, Hash};
use hearth_server::api::Settings;
use hearth_server::db::{Database, MemoryDatabase};
use hearth_tests::asking::{InProcess, Server, append, found, push, send, server_key, tell};
use hearth_tests::family::{Family, member, pushed, right, rights, stream};
use hearth_tests::{Outcome, RunningServer, on_both_databases};

const BLOB: BlobId = BlobId([5; 16]);

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

fn hash(bytes: &[u8]) -> Hash {
    let mut hasher = BlobHasher::default();
    hasher.update(bytes);
    hasher.finish()
}

fn part(family: &Family, whole: &[u8], from: usize, to: usize) -> BlobPut {
    BlobPut {
        circle: family.id(),
        stream: stream(1),
        blob: BLOB,
        length: whole.len() as u64,
        hash: hash(whole),
        offset: from as u64,
        bytes: whole[from..to].to_vec(),
    }
}

async fn put(server: &impl Server, number: u8, put: &BlobPut) -> Outcome<BlobPutAnswer> {
    tell(server, number, Endpoint::BlobPut, put).await
}

/// A family whose person 1 told of an attachment of this length.
async fn name(server: &impl Server, length: usize) -> Outcome<Family> {
    let mut family = Family::peopled()?;
    found(server, 1, &family).await?;
    let frame = family.frame_with(1, 1, "photo", vec![(BLOB, length as u64)], None)?;
    push(server, 1, &family, vec![pushed(&frame)]).await?;
    Ok(family)
}

async fn read_all(server: &impl Server, number: u8, family: &Family) -> Outcome<Vec<u8>> {
    let mut read = Vec::new();
    loop {
        let get = BlobGet {
            circle: family.id(),
            stream: stream(1),
            blob: BLOB,
            offset: read.len() as u64,
        };
        let answer: BlobGetAnswer = tell(server, number, Endpoint::BlobGet, &get).await?;
        if answer.bytes.is_empty() {
            return Err("nothing more came".into());
        }
        read.extend(answer.bytes);
        if read.len() as u64 == answer.length {
            return Ok(read);
        }
    }
}

async fn a_sending_that_breaks_anywhere_goes_on_from_there<D: Database>(
    server: InProcess<D>,
) -> Outcome {
    let whole = content(1_300_000);
    let family = name(&server, whole.len()).await?;
    let mut have = 0;
    // Parts of odd lengths, each sent twice as after a lost answer, once with bytes that are here already.
    for (from, to) in [
        (0, 7),
        (7, 524_295),
        (500_000, 1_000_000),
        (1_000_000, 1_300_000),
    ] {
        let question = part(&family, &whole, 0, 0);
        assert_eq!(put(&server, 1, &question).await?.have, have);
        for _ in 0..2 {
            let answer = put(&server, 1, &part(&family, &whole, from, to)).await?;
            have = answer.have;
            assert_eq!(have, to as u64);
            assert_eq!(answer.receipt.is_some(), to == whole.len());
        }
        // A part that leaves a hole is not taken.
        if to < 1_200_000 {
            let beyond = part(&family, &whole, to + 1, to + 2);
            assert_eq!(put(&server, 1, &beyond).await?.have, have);
        }
    }
    let receipt = put(&server, 1, &part(&family, &whole, 0, 0)).await?.receipt;
    let receipt = receipt.ok_or("no receipt")?;
    receipt.verify(&server_key())?;
    assert_eq!((receipt.blob, receipt.hash), (BLOB, hash(&whole)));
    assert_eq!(read_all(&server, 3, &family).await?, whole);
    Ok(())
}

async fn what_is_not_whole_is_not_there<D: Database>(server: InProcess<D>) -> Outcome {
    let whole = content(1_000);
    let family = name(&server, whole.len()).await?;
    let half = part(&family, &whole, 0, 500);
    put(&server, 1, &half).await?;
    assert!(read_all(&server, 3, &family).await.is_err());
    // Bytes that are not those of the hash are forgotten, and sent again.
    let wrong = BlobPut {
        bytes: vec![9; 500],
        ..part(&family, &whole, 500, 1_000)
    };
    let answer = put(&server, 1, &wrong).await?;
    assert_eq!((answer.have, answer.receipt), (0, None));
    let answer = put(&server, 1, &part(&family, &whole, 0, 1_000)).await?;
    assert!(answer.receipt.is_some());
    Ok(())
}

async fn only_what_a_frame_names_is_taken<D: Database>(server: InProcess<D>) -> Outcome {
    let whole = content(1_000);
    let family = name(&server, whole.len()).await?;
    let good = part(&family, &whole, 0, 1_000);
    let unnamed = BlobPut {
        blob: BlobId([6; 16]),
        ..good.clone()
    };
    let longer = BlobPut {
        length: 2_000,
        ..good.clone()
    };
    for nothing in [unnamed, longer] {
        assert_eq!(send(&server, 1, Endpoint::BlobPut, &nothing).await?.0, 404);
    }
    let beyond = BlobPut {
        offset: 1,
        ..good.clone()
    };
    assert_eq!(send(&server, 1, Endpoint::BlobPut, &beyond).await?.0, 400);
    Ok(())
}

async fn who_brings_other_bytes_first_does_not_win<D: Database>(server: InProcess<D>) -> Outcome {
    let whole = content(1_000);
    let family = name(&server, whole.len()).await?;
    let noise = vec![7; 1_000];
    put(&server, 2, &part(&family, &noise, 0, 1_000)).await?;
    let answer = put(&server, 1, &part(&family, &whole, 0, 1_000)).await?;
    assert!(answer.receipt.is_some(), "its author knows better");
    let again = part(&family, &noise, 0, 1_000);
    assert_eq!(send(&server, 2, Endpoint::BlobPut, &again).await?.0, 404);
    assert_eq!(read_all(&server, 3, &family).await?, whole);
    Ok(())
}

async fn who_reads_from_now_on_gets_no_earlier_attachment<D: Database>(
    server: InProcess<D>,
) -> Outcome {
    let whole = content(1_000);
    let mut family = name(&server, whole.len()).await?;
    put(&server, 1, &part(&family, &whole, 0, 1_000)).await?;
    let acts = vec![
        family.advanced(1),
        member(4, rights(false, vec![right(1, 2, false)])),
    ];
    let entry = family.add(1, acts)?;
    append(&server, 1, &family, vec![entry]).await?;
    assert!(read_all(&server, 3, &family).await.is_ok());
    assert!(read_all(&server, 4, &family).await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_full_circle_takes_no_more_parts() -> Outcome {
    let settings = Settings {
        circle_bytes: 4_000,
        ..Settings::default()
    };
    let server = InProcess::start_with(MemoryDatabase::default(), 0, settings);
    let whole = content(4_000);
    let family = name(&server, whole.len()).await?;
    let (status, _) = send(
        &server,
        1,
        Endpoint::BlobPut,
        &part(&family, &whole, 0, 4_000),
    )
    .await?;
    assert_eq!(status, 507);
    Ok(())
}

#[tokio::test]
async fn a_part_of_the_longest_length_passes_over_sockets_and_one_byte_more_does_not() -> Outcome {
    let server = RunningServer::start(&[]).await?;
    let whole = content(LONGEST_BLOB_PART + 1);
    let family = name(&server, whole.len()).await?;
    let longest = part(&family, &whole, 0, LONGEST_BLOB_PART);
    assert_eq!(
        put(&server, 1, &longest).await?.have,
        LONGEST_BLOB_PART as u64
    );
    let longer = part(&family, &whole, 0, LONGEST_BLOB_PART + 1);
    assert_eq!(send(&server, 1, Endpoint::BlobPut, &longer).await?.0, 400);
    let rest = part(&family, &whole, LONGEST_BLOB_PART, whole.len());
    assert!(put(&server, 1, &rest).await?.receipt.is_some());
    assert_eq!(read_all(&server, 2, &family).await?, whole);
    Ok(())
}

on_both_databases! {
    a_sending_that_breaks_anywhere_goes_on_from_there
    what_is_not_whole_is_not_there
    only_what_a_frame_names_is_taken
    who_brings_other_bytes_first_does_not_win
    who_reads_from_now_on_gets_no_earlier_attachment
}
