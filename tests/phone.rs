//! A phone in the same network: it gets the certificate from the plain page, trusts it, and opens Hearth over HTTPS.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use clap::Parser as _;
use hearth_server::db::MemoryDatabase;
use hearth_server::{Config, Doors};
use hearth_tests::{Answer, Outcome, RunningServer, ask, ask_over};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

const FLAGS: [&str; 7] = [
    "--phone",
    "--phone-address",
    "127.0.0.1",
    "--phone-port",
    "0",
    "--phone-help-port",
    "0",
];

async fn start(folder: TempDir) -> Outcome<(RunningServer, SocketAddr, SocketAddr)> {
    let server = RunningServer::start_on(MemoryDatabase::default(), folder, &FLAGS).await?;
    let (secure, help) = server.phone.ok_or("no phone")?;
    Ok((server, secure, help))
}

/// What a phone does with the file it got: nothing else is trusted.
async fn shake_hands(
    certificate: &Answer,
    address: SocketAddr,
    name: ServerName<'static>,
    versions: &[&[u8]],
) -> Outcome<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(certificate.body.to_vec()))?;
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = versions.iter().map(|version| version.to_vec()).collect();
    let stream = TcpStream::connect(address).await?;
    Ok(TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await?)
}

fn local() -> ServerName<'static> {
    ServerName::from(std::net::IpAddr::from(Ipv4Addr::LOCALHOST))
}

#[tokio::test]
async fn a_phone_that_trusts_the_certificate_opens_hearth_by_its_address() -> Outcome {
    let (_server, secure, help) = start(tempfile::tempdir()?).await?;
    let certificate = ask(help, "GET /hearth.crt", &[]).await?;
    assert_eq!(
        certificate.header("content-type"),
        "application/x-x509-ca-cert"
    );
    let stream = shake_hands(&certificate, secure, local(), &[]).await?;
    let answer = ask_over(stream, "GET /healthz", &[]).await?;
    assert_eq!((answer.status, answer.text().as_str()), (200, "ok\n"));
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=63072000"
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    Ok(())
}

#[tokio::test]
async fn the_newer_http_is_spoken_where_the_phone_asks_for_it() -> Outcome {
    let (_server, secure, help) = start(tempfile::tempdir()?).await?;
    let certificate = ask(help, "GET /hearth.crt", &[]).await?;
    let stream = shake_hands(&certificate, secure, local(), &[b"h2", b"http/1.1"]).await?;
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    Ok(())
}

#[tokio::test]
async fn the_certificate_is_for_that_address_and_no_other() -> Outcome {
    let (_server, secure, help) = start(tempfile::tempdir()?).await?;
    let certificate = ask(help, "GET /hearth.crt", &[]).await?;
    for name in ["127.0.0.2", "localhost", "example.org"] {
        let refused = shake_hands(&certificate, secure, ServerName::try_from(name)?, &[]).await;
        assert!(refused.is_err(), "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn a_phone_trusts_the_same_certificate_after_a_restart() -> Outcome {
    let (server, _, help) = start(tempfile::tempdir()?).await?;
    let before = ask(help, "GET /hearth.crt", &[]).await?;
    let (_server, secure, help) = start(server.stop().await?).await?;
    assert_eq!(ask(help, "GET /hearth.crt", &[]).await?.body, before.body);
    let stream = shake_hands(&before, secure, local(), &[]).await?;
    assert_eq!(ask_over(stream, "GET /healthz", &[]).await?.status, 200);
    let (_other, secure, _) = start(tempfile::tempdir()?).await?;
    assert!(
        shake_hands(&before, secure, local(), &[]).await.is_err(),
        "another household's"
    );
    Ok(())
}

#[tokio::test]
async fn the_plain_page_has_the_steps_and_the_way_on_but_never_the_app() -> Outcome {
    let (_server, secure, help) = start(tempfile::tempdir()?).await?;
    let page = ask(help, "GET /", &[]).await?;
    for words in [
        "Certificate Trust Settings",
        "CA certificate",
        &format!("href=\"https://{secure}\""),
    ] {
        assert!(page.text().contains(words), "{words}");
    }
    assert!(!page.text().contains('{'), "a gap was left unfilled");
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert_eq!(page.header("strict-transport-security"), "");
    assert_eq!(
        ask(help, "GET /help.css", &[])
            .await?
            .header("content-type"),
        "text/css; charset=utf-8"
    );
    for path in ["/api/server", "/healthz", "/index.html", "/authority.pem"] {
        assert_eq!(
            ask(help, &format!("GET {path}"), &[]).await?.status,
            404,
            "{path}"
        );
    }
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_authority() -> Outcome {
    use std::os::unix::fs::PermissionsExt as _;
    let (server, _, _) = start(tempfile::tempdir()?).await?;
    let folder = server.folder().join("phone");
    assert_eq!(folder.metadata()?.permissions().mode() & 0o777, 0o700);
    let files: Vec<_> = folder.read_dir()?.collect::<Result<_, _>>()?;
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].metadata()?.permissions().mode() & 0o777, 0o600);
    Ok(())
}

#[tokio::test]
async fn a_silent_caller_does_not_keep_https_waiting() -> Outcome {
    let folder = tempfile::tempdir()?;
    let flags: Vec<_> = FLAGS
        .into_iter()
        .chain(["--header-seconds", "0.2", "--idle-seconds", "3600"])
        .collect();
    let server = RunningServer::start_on(MemoryDatabase::default(), folder, &flags).await?;
    let (secure, _) = server.phone.ok_or("no phone")?;
    assert_eq!(hearth_tests::send_raw(secure, b"").await?, "");
    Ok(())
}

#[tokio::test]
async fn the_terminal_says_where_hearth_is_and_draws_both_codes() -> Outcome {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("hearth.sqlite");
    let data = data.to_str().ok_or("the folder's name is not text")?;
    let flags = ["hearth-server", "--listen", "127.0.0.1:0", "--data", data];
    let config = Config::try_parse_from(flags.iter().chain(&FLAGS))?;
    let doors = Doors::open(&config).await?;
    let mut out = Vec::new();
    doors.announce(&mut out)?;
    let words = String::from_utf8(out)?;
    let first = format!("Hearth is at http://localhost:{}\n", doors.address().port());
    assert!(words.starts_with(&first), "{words}");
    let phone = doors.phone().ok_or("no phone")?;
    assert!(words.contains(&format!("http://{} ", phone.help_address())));
    assert!(words.contains(&format!("https://{}\n", phone.secure_address())));
    assert!(words.lines().filter(|line| line.contains('█')).count() > 20);
    Ok(())
}

#[tokio::test]
async fn an_address_of_the_internet_is_refused() -> Outcome {
    let flags = ["--phone", "--phone-address", "192.0.2.7"];
    let refused =
        RunningServer::start_on(MemoryDatabase::default(), tempfile::tempdir()?, &flags).await;
    let words = refused.err().ok_or("it started")?.to_string();
    assert!(
        words.contains("not an address of a home network"),
        "{words}"
    );
    Ok(())
}

#[tokio::test]
async fn a_damaged_authority_is_not_quietly_replaced() -> Outcome {
    let (server, _, _) = start(tempfile::tempdir()?).await?;
    let path = server.folder().join("phone/authority.pem");
    std::fs::write(&path, "-----BEGIN NOTHING-----")?;
    let refused = start(server.stop().await?).await;
    assert!(
        refused
            .err()
            .ok_or("it started")?
            .to_string()
            .contains("is damaged")
    );
    Ok(())
}
