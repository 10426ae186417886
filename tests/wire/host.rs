//! A phone that has told ten thousand records and lets other phones of the same person in, for the bench of a browser
//! that pulls them (`tests/e2e/bench/pull.bench.ts`). It does one thing for each line on its input and answers with one:
//! `invite` with the link, `look` with nothing once it has heard what the server has for it, `approve` with nothing once
//! whoever followed the link is in.

use crate::phone::Phone;
use crate::{RECORDS, records};
use hearth_core::circle::{InviteStage, InviteView, Whom};
use hearth_core::messages::Request;
use hearth_tests::Outcome;
use std::io::BufRead as _;
use std::net::SocketAddr;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Until its input ends. The server listens at `localhost` on this port.
#[expect(clippy::print_stdout, reason = "its answers are for another process")]
pub(crate) async fn run(port: u16) -> Outcome {
    let mut phone = Phone::new(SocketAddr::from(([127, 0, 0, 1], port)), 1)?;
    for record in records::make(RECORDS, 7) {
        phone.tell(&record).await?;
    }
    phone.sync().await?;
    println!("ready");
    let mut lines = read_lines();
    while let Some(line) = lines.recv().await {
        println!("{}", answer(&mut phone, &line).await?);
    }
    Ok(())
}

/// By a thread of its own, so that the connection to the server is looked after meanwhile.
fn read_lines() -> UnboundedReceiver<String> {
    let (sender, lines) = unbounded_channel();
    std::thread::spawn(move || {
        let read = std::io::stdin().lock().lines();
        read.map_while(Result::ok)
            .try_for_each(|line| sender.send(line))
    });
    lines
}

async fn answer(phone: &mut Phone, command: &str) -> Outcome<String> {
    match command {
        "invite" => invite(phone).await,
        "look" => phone.sync().await.map(|()| String::new()),
        "approve" => approve(phone).await.map(|()| String::new()),
        other => Err(format!("what is {other}?").into()),
    }
}

async fn invite(phone: &mut Phone) -> Outcome<String> {
    phone.invite(Whom::MyPhone).await?;
    phone.sync().await?;
    let is_open = |invite: &InviteView| invite.stage == InviteStage::Open;
    let invites = phone.circle().await?.invites;
    let open = invites.into_iter().find(is_open);
    Ok(open.ok_or("no invite")?.link)
}

async fn approve(phone: &mut Phone) -> Outcome {
    phone.sync().await?;
    let is_claimed = |invite: &InviteView| matches!(invite.stage, InviteStage::Claimed { .. });
    let invites = phone.circle().await?.invites;
    let claimed = invites.into_iter().find(is_claimed);
    let id = claimed.ok_or("nobody follows the invite")?.id;
    phone.ask(Request::ApproveInvite(id)).await?;
    phone.sync().await
}
