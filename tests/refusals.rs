//! Every "no" is the same "no": the same bytes, the same reads, whatever was not there or not allowed.

use hearth_protocol::control::{Act, ControlHead};
use hearth_protocol::exchange::{
    BlobGet, BlobPut, Endpoint, ExchangeRequest, HoldRequest, InviteApprove, InviteGet, InvitePut,
    InviteReveal, LiveRequest, NOT_HERE,
};
use hearth_protocol::form::Object;
use hearth_protocol::invite::InviteLink;
use hearth_protocol::request::{RequestProof, ServerTime};
use hearth_protocol::{BlobId, CircleId, Hash, InviteId, Key};
use hearth_server::api::{Founders, Settings};
use hearth_server::db::MemoryDatabase;
use hearth_tests::asking::{
    InProcess, Server as _, append, exchange, found, prove, prove_at, push, server_key, swap,
};
use hearth_tests::family::{Family, device, pushed, removed, stream};
use hearth_tests::{Outcome, RunningServer, Watched};

type Server = InProcess<Watched<MemoryDatabase>>;

const INVITE: InviteId = InviteId([8; 16]);

fn put_invite(circle: CircleId, expires: u64) -> InvitePut {
    InvitePut {
        circle,
        invite: INVITE,
        proof_key: InviteLink {
            id: INVITE,
            secret: Key::new([7; 32]),
        }
        .proof_key(),
        bundle: vec![1; 99],
        expires,
    }
}

fn get_blob(circle: CircleId, blob: u8, number: u8) -> BlobGet {
    BlobGet {
        circle,
        stream: stream(number),
        blob: BlobId([blob; 16]),
        offset: 0,
    }
}

fn put_blob(circle: CircleId, blob: u8, number: u8) -> BlobPut {
    BlobPut {
        circle,
        stream: stream(number),
        blob: BlobId([blob; 16]),
        length: 900,
        hash: Hash([1; 32]),
        offset: 0,
        bytes: vec![1; 10],
    }
}

/// Every request that names a circle, for this circle.
fn ask_all(circle: CircleId, blob: u8, number: u8) -> Vec<(Endpoint, Vec<u8>)> {
    let exchange = ExchangeRequest {
        circle,
        control: ControlHead::START,
        entries: Vec::new(),
        streams: Vec::new(),
        wanted: Vec::new(),
        grants: Vec::new(),
    };
    let hold = HoldRequest {
        circle,
        devices: vec![device(2).id()],
    };
    vec![
        (Endpoint::Exchange, exchange.encode()),
        (Endpoint::Live, LiveRequest { circle }.encode()),
        (Endpoint::Hold, hold.encode()),
        (Endpoint::BlobPut, put_blob(circle, blob, number).encode()),
        (Endpoint::BlobGet, get_blob(circle, blob, number).encode()),
        (Endpoint::InvitePut, put_invite(circle, 1_500_000).encode()),
    ]
}

fn ask_invite(invite: InviteId) -> Vec<(Endpoint, Vec<u8>)> {
    let number = [3; 32];
    let anchor = vec![4; 50];
    vec![
        (
            Endpoint::InviteReveal,
            InviteReveal { invite, number }.encode(),
        ),
        (
            Endpoint::InviteApprove,
            InviteApprove { invite, anchor }.encode(),
        ),
    ]
}

/// A server with a family, whose member 3 was removed.
async fn prepare() -> Outcome<(Server, Watched<MemoryDatabase>, Family)> {
    let database = Watched::new(MemoryDatabase::default());
    let server = InProcess::start(database.clone(), 0);
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let frame = family.frame_with(1, 1, "photo", vec![(BlobId([5; 16]), 900)], None)?;
    push(&server, 1, &family, vec![pushed(&frame)]).await?;
    let acts = vec![removed(3, Vec::new()), family.advanced(1)];
    let entry = family.add(1, acts)?;
    append(&server, 1, &family, vec![entry]).await?;
    let put = put_invite(family.id(), server.now() + 60_000).encode();
    let proof = prove(&server, 1, Endpoint::InvitePut, &put);
    assert_eq!(
        server
            .post(Endpoint::InvitePut, Some(&proof), &put)
            .await?
            .0,
        200
    );
    Ok((server, database, family))
}

/// Asks, and gives what it cost.
async fn cost(
    server: &Server,
    database: &Watched<MemoryDatabase>,
    proof: Option<&str>,
    asked: &(Endpoint, Vec<u8>),
) -> Outcome<(u16, Vec<u8>, (usize, usize))> {
    let _ = database.count();
    let (status, body) = server.post(asked.0, proof, &asked.1).await?;
    Ok((status, body, database.count()))
}

#[tokio::test]
async fn every_no_costs_the_same_and_says_the_same() -> Outcome {
    let (server, database, family) = prepare().await?;
    let known = ask_all(family.id(), 5, 1);
    let elsewhere = ask_all(CircleId([9; 32]), 5, 1);
    for (asked, unknown) in known.iter().zip(&elsewhere) {
        let mut costs = Vec::new();
        // Nobody of this circle, somebody who was removed, a circle that is not here, and no signature at all.
        for number in [9, 3] {
            let proof = prove(&server, number, asked.0, &asked.1);
            costs.push(cost(&server, &database, Some(&proof), asked).await?);
        }
        let proof = prove(&server, 1, unknown.0, &unknown.1);
        costs.push(cost(&server, &database, Some(&proof), unknown).await?);
        costs.push(cost(&server, &database, None, asked).await?);
        costs.push(cost(&server, &database, Some("v1.noise"), asked).await?);
        // Signed for another message.
        costs.push(cost(&server, &database, Some(&proof), asked).await?);
        for (status, body, count) in &costs {
            assert_eq!((*status, body.as_slice()), (404, NOT_HERE), "{:?}", asked.0);
            assert_eq!(*count, costs[0].2, "{:?}", asked.0);
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_a_member_may_not_see_is_not_there_either() -> Outcome {
    let (server, database, family) = prepare().await?;
    // Of a stream that they may not read, of one that is not there, and an attachment that is not there.
    for (blob, number) in [(5, 4), (5, 7), (6, 1)] {
        let asked = (
            Endpoint::BlobGet,
            get_blob(family.id(), blob, number).encode(),
        );
        let proof = prove(&server, 2, asked.0, &asked.1);
        let (status, body, count) = cost(&server, &database, Some(&proof), &asked).await?;
        assert_eq!((status, body.as_slice(), count), (404, NOT_HERE, (2, 0)));
    }
    let (forbidden, nobody) = (device(1).id(), device(40).id());
    for devices in [vec![forbidden], vec![nobody]] {
        let circle = family.id();
        let asked = (Endpoint::Hold, HoldRequest { circle, devices }.encode());
        let proof = prove(&server, 2, asked.0, &asked.1);
        let (status, body, count) = cost(&server, &database, Some(&proof), &asked).await?;
        assert_eq!((status, body.as_slice(), count), (404, NOT_HERE, (1, 0)));
    }
    Ok(())
}

#[tokio::test]
async fn an_invite_that_is_not_theirs_is_not_there() -> Outcome {
    let (server, database, _) = prepare().await?;
    let theirs = ask_invite(INVITE);
    let missing = ask_invite(InviteId([9; 16]));
    for (asked, missing) in theirs.iter().zip(&missing) {
        let mut costs = Vec::new();
        for number in [9, 2] {
            let proof = prove(&server, number, asked.0, &asked.1);
            costs.push(cost(&server, &database, Some(&proof), asked).await?);
        }
        let proof = prove(&server, 1, missing.0, &missing.1);
        costs.push(cost(&server, &database, Some(&proof), missing).await?);
        for no in costs {
            assert_eq!(no, (404, NOT_HERE.to_vec(), (2, 0)));
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_clock_is_told_the_time_and_nobody_else_is() -> Outcome {
    let (server, _, family) = prepare().await?;
    let body = exchange(&family).encode();
    let late = server.now() - 121_000;
    let proof = prove_at(&server, 1, Endpoint::Exchange, &body, late);
    let (status, told) = server.post(Endpoint::Exchange, Some(&proof), &body).await?;
    assert_eq!(status, 401);
    let told = ServerTime::decode(&told, 1000)?;
    let asked = RequestProof::from_header(&proof)?;
    assert_eq!(told.verify(&asked, &server_key())?, server.now());
    let near = prove_at(
        &server,
        1,
        Endpoint::Exchange,
        &body,
        server.now() + 119_000,
    );
    assert_eq!(
        server.post(Endpoint::Exchange, Some(&near), &body).await?.0,
        200
    );
    let stranger = prove_at(&server, 9, Endpoint::Exchange, &body, late);
    let (status, told) = server
        .post(Endpoint::Exchange, Some(&stranger), &body)
        .await?;
    assert_eq!((status, told.as_slice()), (404, NOT_HERE));
    Ok(())
}

#[tokio::test]
async fn a_server_that_founds_nothing_says_so_and_goes_on_with_what_it_has() -> Outcome {
    let database = MemoryDatabase::default();
    let settings = Settings {
        found: Founders::Nobody,
        ..Settings::default()
    };
    let closed = InProcess::start_with(database.clone(), 0, settings);
    let family = Family::peopled()?;
    let answer = found(&closed, 1, &family).await?;
    assert!(
        answer
            .appended
            .iter()
            .all(|one| one.code == hearth_protocol::exchange::EntryCode::NotTaken)
    );
    assert_eq!(answer.control, ControlHead::START);
    found(&InProcess::start(database.clone(), 1), 1, &family).await?;
    assert!(swap(&closed, 2, &exchange(&family)).await.is_ok());
    Ok(())
}

#[tokio::test]
async fn only_a_member_is_told_that_a_message_is_of_the_wrong_form() -> Outcome {
    let (server, _, family) = prepare().await?;
    for (endpoint, body) in ask_all(family.id(), 5, 1) {
        let mut cut = body;
        cut.truncate(cut.len() - 1);
        // A message of one field ends within the circle's name.
        let expected = match endpoint {
            Endpoint::Live => 404,
            _ => 400,
        };
        let proof = prove(&server, 1, endpoint, &cut);
        let (status, _) = server.post(endpoint, Some(&proof), &cut).await?;
        assert_eq!(status, expected, "{endpoint:?}");
        let proof = prove(&server, 9, endpoint, &cut);
        let (status, body) = server.post(endpoint, Some(&proof), &cut).await?;
        assert_eq!((status, body.as_slice()), (404, NOT_HERE), "{endpoint:?}");
    }
    Ok(())
}

#[tokio::test]
async fn no_damage_breaks_an_endpoint() -> Outcome {
    let (server, _, family) = prepare().await?;
    let joined = InviteGet { invite: INVITE }.encode();
    let mut all = ask_all(family.id(), 5, 1);
    all.extend(ask_invite(INVITE));
    all.extend([
        (Endpoint::InviteGet, joined.clone()),
        (Endpoint::InviteClaim, joined),
    ]);
    let founding = ExchangeRequest {
        entries: Family::found_by(4)?.entries,
        ..exchange(&family)
    };
    all.push((Endpoint::Exchange, founding.encode()));
    for (endpoint, body) in all {
        for at in 0..body.len() {
            let mut flipped = body.clone();
            flipped[at] ^= 1 << (at % 8);
            for damaged in [flipped, body[..at].to_vec()] {
                // Rightly signed, so that it reaches as far as it can.
                let proof = prove(&server, 1, endpoint, &damaged);
                let (status, _) = server.post(endpoint, Some(&proof), &damaged).await?;
                assert!(status < 500, "{endpoint:?} {at} {status}");
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_database_that_fails_is_said_and_nothing_else() -> Outcome {
    let (server, database, family) = prepare().await?;
    database.set_broken(true);
    for (endpoint, body) in ask_all(family.id(), 5, 1) {
        let proof = prove(&server, 1, endpoint, &body);
        let (status, _) = server.post(endpoint, Some(&proof), &body).await?;
        assert_eq!(status, 503, "{endpoint:?}");
    }
    Ok(())
}

#[tokio::test]
async fn what_was_signed_for_another_address_is_of_no_use() -> Outcome {
    let server = RunningServer::start(&["--origin", "https://hearth.example.org"]).await?;
    let family = Family::found()?;
    // Signed for http://localhost, which this server is not known under.
    assert!(found(&server, 1, &family).await.is_err());
    let body = ExchangeRequest {
        control: ControlHead::START,
        entries: family.entries.clone(),
        ..exchange(&family)
    }
    .encode();
    let request = hearth_protocol::request::Request {
        origin: "https://hearth.example.org",
        method: "POST",
        path: "/api/exchange",
        body: &body,
    };
    let proof = request.prove(device(1).id(), server.now(), &device(1).signer);
    let proof = proof.to_header();
    let headers = [
        ("host", "hearth.example.org"),
        ("hearth-auth", proof.as_str()),
    ];
    let answer = hearth_tests::post(server.address, "/api/exchange", &headers, &body).await?;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    Ok(())
}

#[tokio::test]
async fn a_full_circle_takes_no_more_words_and_can_still_remove_who_filled_it() -> Outcome {
    let settings = Settings {
        circle_bytes: 5_000,
        ..Settings::default()
    };
    let server = InProcess::start_with(MemoryDatabase::default(), 0, settings);
    let mut family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let mut frames = Vec::new();
    for _ in 0..12 {
        frames.push(pushed(&family.frame(2, 1, "words and words")?));
    }
    let answer = push(&server, 2, &family, frames).await?;
    let quota =
        hearth_protocol::exchange::FrameAnswer::refused(hearth_protocol::exchange::Refusal::Quota);
    assert!(answer.pushed.contains(&quota), "{:?}", answer.pushed);
    let act: Act = removed(3, Vec::new());
    let acts = vec![act, family.advanced(1)];
    let entry = family.add(1, acts)?;
    let answer = append(&server, 1, &family, vec![entry]).await?;
    assert_eq!(answer.control, family.circle.head());
    Ok(())
}
