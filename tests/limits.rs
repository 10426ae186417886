//! How much a caller may take, and how the server lets go. The limits are small here; what happens is asserted, never when.

use hearth_server::db::MemoryDatabase;
use hearth_tests::{Outcome, RunningServer, Watched, ask, send_raw};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A database whose `check`, and so `/healthz`, waits until the test lets it go on.
type SlowDatabase = Watched<MemoryDatabase>;

async fn start_slow(flags: &[&str]) -> Outcome<(RunningServer, SlowDatabase)> {
    let database = Watched::slow(MemoryDatabase::default());
    let server = RunningServer::start_on(database.clone(), tempfile::tempdir()?, flags).await?;
    Ok((server, database))
}

fn status(answer: &str) -> &str {
    answer.split_once("\r\n").map_or(answer, |(first, _)| first)
}

#[tokio::test]
async fn a_header_that_is_too_long_or_has_too_many_fields_is_refused() -> Outcome {
    let server = RunningServer::start(&["--header-bytes", "8192", "--header-count", "8"]).await?;
    let long = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "y".repeat(10_000)
    );
    let many = format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", "x: y\r\n".repeat(8));
    let refused = "HTTP/1.1 431 Request Header Fields Too Large";
    assert_eq!(
        status(&send_raw(server.address, long.as_bytes()).await?),
        refused
    );
    assert_eq!(
        status(&send_raw(server.address, many.as_bytes()).await?),
        refused
    );
    let few = format!(
        "GET /healthz HTTP/1.1\r\nconnection: close\r\n{}\r\n",
        "x: y\r\n".repeat(7)
    );
    assert_eq!(
        status(&send_raw(server.address, few.as_bytes()).await?),
        "HTTP/1.1 200 OK"
    );
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_too_big_is_refused_before_it_is_sent() -> Outcome {
    let server = RunningServer::start(&["--body-bytes", "1000"]).await?;
    let head = |length| {
        format!("POST /api/server HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n")
    };
    let answer = send_raw(server.address, head(1001).as_bytes()).await?;
    assert_eq!(status(&answer), "HTTP/1.1 413 Payload Too Large");
    assert!(answer.contains("content-security-policy"));
    let fits = format!("{}{}", head(1000), "x".repeat(1000));
    assert!(status(&send_closing(&server, &fits).await?).starts_with("HTTP/1.1 200"));
    Ok(())
}

/// Ends its own side after the request, so that the server closes too.
async fn send_closing(server: &RunningServer, request: &str) -> Outcome<String> {
    send_raw(
        server.address,
        request
            .replace("host: a", "host: a\r\nconnection: close")
            .as_bytes(),
    )
    .await
}

#[tokio::test]
async fn a_header_that_comes_too_slowly_gets_no_answer() -> Outcome {
    let server =
        RunningServer::start(&["--header-seconds", "0.2", "--idle-seconds", "3600"]).await?;
    for begun in ["", "GET / HT", "GET / HTTP/1.1\r\nhost: a\r\nx: "] {
        assert_eq!(
            send_raw(server.address, begun.as_bytes()).await?,
            "",
            "{begun:?}"
        );
    }
    assert_eq!(server.ask("GET /healthz", &[]).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_connection_on_which_nothing_moves_is_closed() -> Outcome {
    let server =
        RunningServer::start(&["--idle-seconds", "0.2", "--header-seconds", "3600"]).await?;
    assert_eq!(send_raw(server.address, b"").await?, "");
    let kept_open = send_raw(server.address, b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await?;
    assert_eq!(status(&kept_open), "HTTP/1.1 200 OK");
    Ok(())
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_told_so() -> Outcome {
    let (server, _database) = start_slow(&["--request-seconds", "0.2"]).await?;
    let answer = server.ask("GET /healthz", &[]).await?;
    assert_eq!(answer.status, 408);
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    Ok(())
}

#[tokio::test]
async fn a_database_that_fails_makes_the_server_unwell() -> Outcome {
    let (server, database) = start_slow(&[]).await?;
    // It has begun: from here on the database fails.
    assert_eq!(server.ask("GET /api/server", &[]).await?.status, 200);
    database.set_broken(true);
    database.let_go_on();
    let answer = server.ask("GET /healthz", &[]).await?;
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (503, "the database does not answer\n")
    );
    Ok(())
}

#[tokio::test]
async fn one_connection_more_than_may_be_is_closed_and_room_is_made_again() -> Outcome {
    let (server, database) = start_slow(&["--connections", "1"]).await?;
    let address = server.address;
    let first = tokio::spawn(async move { ask(address, "GET /healthz", &[]).await });
    database.wait_until_asked().await?;
    assert_eq!(
        send_raw(address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await?,
        ""
    );
    database.let_go_on();
    assert_eq!(first.await??.status, 200);
    // The seat is free once the server has seen the first caller leave, which no answer tells: so callers come until one stays.
    while send_closing(&server, "GET /api/server HTTP/1.1\r\nhost: a\r\n\r\n")
        .await?
        .is_empty()
    {}
    Ok(())
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_server_stops() -> Outcome {
    // So long that only the stop itself can end anything here.
    let flags = [
        "--header-seconds",
        "3600",
        "--idle-seconds",
        "3600",
        "--drain-seconds",
        "3600",
    ];
    let (server, database) = start_slow(&flags).await?;
    let address = server.address;
    let mut idle = TcpStream::connect(address).await?;
    idle.write_all(b"GET /api/server HTTP/1.1\r\nhost: a\r\n\r\n")
        .await?;
    assert_eq!(idle.read_u8().await?, b'H');
    let under_way = tokio::spawn(async move { ask(address, "GET /healthz", &[]).await });
    database.wait_until_asked().await?;
    let stopping = tokio::spawn(server.stop());
    // The idle connection ends first: the server is stopping, and the request is still under way.
    idle.read_to_end(&mut Vec::new()).await?;
    assert!(TcpStream::connect(address).await.is_err());
    assert!(!under_way.is_finished());
    database.let_go_on();
    assert_eq!(under_way.await??.status, 200);
    stopping.await??;
    Ok(())
}

#[tokio::test]
async fn a_request_that_never_ends_cannot_hold_the_server_up() -> Outcome {
    let (server, database) = start_slow(&["--drain-seconds", "0.2"]).await?;
    let address = server.address;
    let under_way = tokio::spawn(async move { ask(address, "GET /healthz", &[]).await });
    database.wait_until_asked().await?;
    server.stop().await?;
    assert!(under_way.await?.is_err());
    Ok(())
}
