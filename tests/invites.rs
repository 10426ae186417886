//! Invites as they lie on the server: claimed once, alarming twice, gone in time.

use hearth_protocol::exchange::{
    Endpoint, InviteApprove, InviteClaim, InviteGet, InvitePut, InviteReveal, InviteState, NOT_HERE,
};
use hearth_protocol::form::Object;
use hearth_protocol::invite::{Claim, ClaimProof, InviteLink};
use hearth_protocol::{InviteId, Key};
use hearth_server::db::Database;
use hearth_tests::asking::{InProcess, Server, found, send, tell};
use hearth_tests::family::{Family, device, person};
use hearth_tests::{Outcome, RunningServer, on_both_databases};

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

fn link() -> InviteLink {
    InviteLink {
        id: InviteId([8; 16]),
        secret: Key::new([7; 32]),
    }
}

fn claim(number: u8) -> Outcome<ClaimProof> {
    let joiner = device(number);
    let name = "Sam".to_owned();
    let keys = joiner.keys();
    Ok(Claim::seal(
        &link(),
        keys,
        Some(person(number)),
        name,
        &joiner.signer,
        [number; 24],
    )?)
}

fn put(family: &Family, expires: u64) -> InvitePut {
    InvitePut {
        circle: family.id(),
        invite: link().id,
        proof_key: link().proof_key(),
        bundle: vec![1; 300],
        expires,
    }
}

async fn leave(server: &impl Server, family: &Family, time: u64) -> Outcome<InviteState> {
    let put = put(family, server.now() + time);
    tell(server, 1, Endpoint::InvitePut, &put).await
}

/// As its inviter takes it back.
async fn take_back(server: &impl Server, family: &Family) -> Outcome<InviteState> {
    tell(server, 1, Endpoint::InvitePut, &put(family, 0)).await
}

/// Unsigned, as a joiner asks.
async fn ask(
    server: &impl Server,
    endpoint: Endpoint,
    message: &impl Object,
) -> Outcome<Result<InviteState, Vec<u8>>> {
    let (status, body) = server.post(endpoint, None, &message.encode()).await?;
    Ok(match status {
        200 => Ok(InviteState::decode(&body, 65_536)?),
        _ => Err(body),
    })
}

async fn look(server: &impl Server) -> Outcome<Result<InviteState, Vec<u8>>> {
    ask(
        server,
        Endpoint::InviteGet,
        &InviteGet { invite: link().id },
    )
    .await
}

async fn make_claim(
    server: &impl Server,
    claim: ClaimProof,
) -> Outcome<Result<InviteState, Vec<u8>>> {
    let invite = link().id;
    ask(
        server,
        Endpoint::InviteClaim,
        &InviteClaim { invite, claim },
    )
    .await
}

fn not_here() -> Result<InviteState, Vec<u8>> {
    Err(NOT_HERE.to_vec())
}

async fn an_invite_goes_its_way(server: impl Server) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let left = leave(&server, &family, 10 * MINUTE).await?;
    assert_eq!((left.bundle.len(), left.claims), (300, 0));
    let invite = link().id;
    // Nothing is revealed or approved before somebody claims.
    let reveal = InviteReveal {
        invite,
        number: [3; 32],
    };
    assert_eq!(
        send(&server, 1, Endpoint::InviteReveal, &reveal).await?.0,
        404
    );
    let claimed = make_claim(&server, claim(5)?).await?;
    assert_eq!(claimed.as_ref().map(|state| state.claims), Ok(1));
    // The same claim again, as after a lost answer.
    assert_eq!(make_claim(&server, claim(5)?).await?, claimed);
    assert_eq!(
        send(&server, 2, Endpoint::InviteReveal, &reveal).await?.0,
        404
    );
    let state: InviteState = tell(&server, 1, Endpoint::InviteReveal, &reveal).await?;
    assert_eq!(state.number, Some([3; 32]));
    let other = InviteReveal {
        number: [4; 32],
        ..reveal
    };
    assert_eq!(
        send(&server, 1, Endpoint::InviteReveal, &other).await?.0,
        404
    );
    let approve = InviteApprove {
        invite,
        anchor: vec![4; 50],
    };
    tell::<InviteState>(&server, 1, Endpoint::InviteApprove, &approve).await?;
    let seen = look(&server).await?.map_err(|_| "not here")?;
    assert_eq!(
        (seen.anchor, seen.claim),
        (Some(vec![4; 50]), Some(claim(5)?))
    );
    Ok(())
}

async fn a_second_claim_is_an_alarm_and_gets_nothing(server: impl Server) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    leave(&server, &family, 10 * MINUTE).await?;
    // Without the secret nobody claims, nor alarms anybody.
    let mut forged = claim(5)?;
    forged.sealed[30] ^= 1;
    assert_eq!(make_claim(&server, forged).await?, not_here());
    make_claim(&server, claim(5)?)
        .await?
        .map_err(|_| "not here")?;
    assert_eq!(make_claim(&server, claim(6)?).await?, not_here());
    let seen = look(&server).await?.map_err(|_| "not here")?;
    assert_eq!((seen.claims, seen.claim), (2, Some(claim(5)?)));
    Ok(())
}

async fn the_same_invite_left_twice_is_one_and_its_name_is_nobody_elses(
    server: impl Server,
) -> Outcome {
    let family = Family::peopled()?;
    let others = Family::found_by(9)?;
    found(&server, 1, &family).await?;
    found(&server, 9, &others).await?;
    leave(&server, &family, 10 * MINUTE).await?;
    leave(&server, &family, 10 * MINUTE).await?;
    let put = InvitePut {
        circle: others.id(),
        invite: link().id,
        proof_key: link().proof_key(),
        bundle: vec![2; 10],
        expires: server.now() + MINUTE,
    };
    assert_eq!(send(&server, 9, Endpoint::InvitePut, &put).await?.0, 404);
    let too_long = InvitePut {
        expires: server.now() + 4 * DAY,
        ..put.clone()
    };
    let too_big = InvitePut {
        bundle: vec![2; 8_193],
        ..put
    };
    for bad in [too_long, too_big] {
        assert_eq!(send(&server, 9, Endpoint::InvitePut, &bad).await?.0, 400);
    }
    Ok(())
}

async fn time_ends_an_invite_unless_it_was_claimed<D: Database>(server: InProcess<D>) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    leave(&server, &family, 10 * MINUTE).await?;
    server.wait(10 * MINUTE);
    assert_eq!(look(&server).await?, not_here());
    assert_eq!(make_claim(&server, claim(5)?).await?, not_here());
    server.wait(4 * MINUTE);
    leave(&server, &family, 10 * MINUTE).await?;
    server.wait(9 * MINUTE);
    make_claim(&server, claim(5)?)
        .await?
        .map_err(|_| "not here")?;
    server.wait(29 * DAY);
    assert!(look(&server).await?.is_ok(), "it waits for its approval");
    let approve = InviteApprove {
        invite: link().id,
        anchor: vec![4; 50],
    };
    tell::<InviteState>(&server, 1, Endpoint::InviteApprove, &approve).await?;
    server.wait(29 * DAY);
    assert!(look(&server).await?.is_ok(), "and then for the joiner");
    server.wait(DAY);
    assert_eq!(look(&server).await?, not_here());
    Ok(())
}

async fn what_is_taken_back_is_not_here_and_no_late_request_brings_it_back<D: Database>(
    server: InProcess<D>,
) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    let first = put(&family, server.now() + DAY);
    leave(&server, &family, DAY).await?;
    // Left again with a later end it ends when it did.
    leave(&server, &family, 2 * DAY).await?;
    take_back(&server, &family).await?;
    assert_eq!(look(&server).await?, not_here());
    assert_eq!(make_claim(&server, claim(5)?).await?, not_here());
    // Told twice, as after a lost answer; and the first request once more, as long as it is good.
    take_back(&server, &family).await?;
    for _ in 0..3 {
        assert_eq!(send(&server, 1, Endpoint::InvitePut, &first).await?.0, 404);
        assert_eq!(look(&server).await?, not_here());
        server.wait(MINUTE);
    }
    // One that the server never had, whose request comes late.
    server.wait(2 * MINUTE);
    take_back(&server, &family).await?;
    assert_eq!(send(&server, 1, Endpoint::InvitePut, &first).await?.0, 404);
    assert_eq!(look(&server).await?, not_here());
    Ok(())
}

async fn nobody_else_takes_an_invite_back_and_one_that_was_claimed_goes_as_well(
    server: impl Server,
) -> Outcome {
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    leave(&server, &family, 10 * MINUTE).await?;
    make_claim(&server, claim(5)?)
        .await?
        .map_err(|_| "not here")?;
    let refused = send(&server, 2, Endpoint::InvitePut, &put(&family, 0)).await?;
    assert_eq!(refused.0, 404);
    let forged = InvitePut {
        bundle: vec![2; 300],
        ..put(&family, 0)
    };
    assert_eq!(send(&server, 1, Endpoint::InvitePut, &forged).await?.0, 404);
    assert!(look(&server).await?.is_ok(), "it is here as before");
    take_back(&server, &family).await?;
    assert_eq!(look(&server).await?, not_here());
    assert_eq!(make_claim(&server, claim(5)?).await?, not_here());
    Ok(())
}

#[tokio::test]
async fn a_claimed_invite_survives_a_restart() -> Outcome {
    let server = RunningServer::start(&[]).await?;
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    leave(&server, &family, 10 * MINUTE).await?;
    let claimed = make_claim(&server, claim(5)?).await?;
    let server = RunningServer::start_in(server.stop().await?, &[]).await?;
    assert!(claimed.is_ok());
    assert_eq!(look(&server).await?, claimed);
    Ok(())
}

on_both_databases! {
    an_invite_goes_its_way
    a_second_claim_is_an_alarm_and_gets_nothing
    the_same_invite_left_twice_is_one_and_its_name_is_nobody_elses
    time_ends_an_invite_unless_it_was_claimed
    what_is_taken_back_is_not_here_and_no_late_request_brings_it_back
    nobody_else_takes_an_invite_back_and_one_that_was_claimed_goes_as_well
}
