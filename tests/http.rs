//! What the server answers, over real sockets: which file for which address, and with which headers.

use std::fs;

use hearth_tests::{Outcome, RunningServer};
use tempfile::TempDir;

const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
    media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";
const SCRIPT: &str = "hearth-app-1a2b3c4d5e6f7a8b.js";

/// The files of a small app. The compressed ones are marked, so that a test sees which it got.
fn write_app() -> Outcome<TempDir> {
    let folder = tempfile::tempdir()?;
    let files = [
        ("index.html", "home"),
        ("index.html.br", "home as br"),
        ("index.html.gz", "home as gz"),
        ("rescue.html", "rescue"),
        ("sw.js", "worker"),
        (SCRIPT, "script"),
        ("hearth-app-1a2b3c4d5e6f7a8b_bg.wasm", "wasm"),
        ("manifest.webmanifest", "{}"),
        ("i18n/en.json", "{\"home.title\":\"Home\"}"),
    ];
    for (name, words) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(path, words)?;
    }
    Ok(folder)
}

async fn serve_app() -> Outcome<(RunningServer, TempDir)> {
    let app = write_app()?;
    let server = RunningServer::start(&["--app", app.path().to_str().ok_or("not text")?]).await?;
    Ok((server, app))
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() -> Outcome {
    let (server, _app) = serve_app().await?;
    let tag = server.ask("GET /", &[]).await?.header("etag").to_owned();
    let cases = [
        ("GET /", vec![], 200),
        ("GET /", vec![("if-none-match", tag.as_str())], 304),
        ("GET /sw.js", vec![], 200),
        ("GET /join", vec![], 200),
        ("GET /rescue", vec![], 200),
        ("GET /missing.png", vec![], 404),
        ("POST /", vec![], 405),
        ("POST /", vec![("content-length", "99999999")], 413),
        ("GET /healthz", vec![], 200),
        ("DELETE /healthz", vec![], 405),
        ("GET /api/server", vec![], 200),
        ("PUT /api/server", vec![], 405),
        ("GET /api", vec![], 404),
        ("GET /api/", vec![], 404),
        ("GET /api/unknown", vec![], 404),
    ];
    for (request, headers, status) in cases {
        let answer = server.ask(request, &headers).await;
        // A body that was announced and refused is not waited for, so the connection may end with it.
        let answer = answer.map_err(|error| format!("{request}: {error}"))?;
        assert_eq!(answer.status, status, "{request}");
        assert_eq!(answer.header("content-security-policy"), CSP, "{request}");
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{request}"
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{request}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{request}"
        );
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "same-origin",
            "{request}"
        );
        assert_eq!(
            answer.header("cross-origin-embedder-policy"),
            "require-corp",
            "{request}"
        );
        assert!(
            answer
                .header("permissions-policy")
                .starts_with("camera=(self), microphone=(self),")
        );
        assert!(
            answer
                .header("permissions-policy")
                .contains("geolocation=()"),
            "{request}"
        );
        assert_eq!(answer.header("strict-transport-security"), "", "{request}");
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_only_the_app_knows_gets_the_app() -> Outcome {
    let (server, _app) = serve_app().await?;
    for path in ["/", "/index.html", "/join", "/ours/story/5", "/make/"] {
        let answer = server.ask(&format!("GET {path}"), &[]).await?;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, "home"),
            "{path}"
        );
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    assert_eq!(server.ask("GET /rescue", &[]).await?.text(), "rescue");
    for path in [
        "/missing.js",
        "/i18n/xx.json",
        "/api/page",
        "/.git",
        "/.git/config",
        "/index.html.br",
    ] {
        assert_eq!(
            server.ask(&format!("GET {path}"), &[]).await?.status,
            404,
            "{path}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn what_a_phone_without_its_service_worker_shares_leads_to_the_form_that_says_so() -> Outcome
{
    let (server, _app) = serve_app().await?;
    let answer = server.ask("POST /share", &[]).await?;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), "/make/story?shared");
    assert_eq!(server.ask("GET /share", &[]).await?.text(), "home");
    Ok(())
}

#[tokio::test]
async fn files_have_their_types_and_their_time_to_live() -> Outcome {
    let (server, _app) = serve_app().await?;
    let year = "public, max-age=31536000, immutable";
    let cases = [
        ("sw.js", "text/javascript; charset=utf-8", "no-cache"),
        (SCRIPT, "text/javascript; charset=utf-8", year),
        (
            "hearth-app-1a2b3c4d5e6f7a8b_bg.wasm",
            "application/wasm",
            year,
        ),
        (
            "manifest.webmanifest",
            "application/manifest+json",
            "no-cache",
        ),
        ("i18n/en.json", "application/json", "no-cache"),
    ];
    for (name, kind, caching) in cases {
        let answer = server.ask(&format!("GET /{name}"), &[]).await?;
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.header("content-type"), kind, "{name}");
        assert_eq!(answer.header("cache-control"), caching, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn the_smallest_form_that_the_caller_takes_is_sent() -> Outcome {
    let (server, _app) = serve_app().await?;
    let cases = [
        ("gzip, deflate, br", "br", "home as br"),
        ("gzip", "gzip", "home as gz"),
        ("br;q=0, gzip", "gzip", "home as gz"),
        ("identity", "", "home"),
    ];
    let mut tags = Vec::new();
    for (takes, encoding, words) in cases {
        let answer = server.ask("GET /", &[("accept-encoding", takes)]).await?;
        assert_eq!(answer.header("content-encoding"), encoding, "{takes}");
        assert_eq!(answer.text(), words, "{takes}");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        tags.push(answer.header("etag").to_owned());
    }
    assert_eq!(tags[1], tags[2]);
    assert_ne!(tags[0], tags[1]);
    assert_ne!(tags[0], tags[3]);
    let plain = server
        .ask("GET /sw.js", &[("accept-encoding", "br")])
        .await?;
    assert_eq!(
        (plain.header("content-encoding"), plain.text().as_str()),
        ("", "worker")
    );
    Ok(())
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again_until_it_changes() -> Outcome {
    let (server, app) = serve_app().await?;
    let first = server.ask("GET /sw.js", &[]).await?;
    let tag = first.header("etag");
    let again = server.ask("GET /sw.js", &[("if-none-match", tag)]).await?;
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), tag);
    assert_eq!(again.header("cache-control"), "no-cache");
    fs::write(app.path().join("sw.js"), "a newer worker")?;
    let newer = server.ask("GET /sw.js", &[("if-none-match", tag)]).await?;
    assert_eq!(
        (newer.status, newer.text().as_str()),
        (200, "a newer worker")
    );
    Ok(())
}

#[tokio::test]
async fn head_tells_the_length_and_sends_nothing() -> Outcome {
    let (server, _app) = serve_app().await?;
    for path in ["/", "/healthz", "/api/server"] {
        let whole = server.ask(&format!("GET {path}"), &[]).await?;
        let head = server.ask(&format!("HEAD {path}"), &[]).await?;
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(
            head.header("content-length"),
            whole.body.len().to_string(),
            "{path}"
        );
    }
    let answer = server.ask("OPTIONS /", &[]).await?;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET,HEAD"));
    Ok(())
}

#[tokio::test]
async fn no_file_outside_the_folder_can_be_read() -> Outcome {
    let (server, app) = serve_app().await?;
    let secret = tempfile::tempdir()?;
    fs::write(secret.path().join("secret.txt"), "secret")?;
    #[cfg(unix)]
    std::os::unix::fs::symlink(secret.path(), app.path().join("link"))?;
    let climb = format!(
        "/../{}/secret.txt",
        secret
            .path()
            .file_name()
            .ok_or("no name")?
            .to_string_lossy()
    );
    let paths = [
        climb.as_str(),
        "/link/secret.txt",
        "/..%2f..%2fetc%2fpasswd.txt",
        "/i18n/../../secret.txt",
        "//etc/hosts.txt",
        "/i18n",
    ];
    for path in paths {
        let answer = server.ask(&format!("GET {path}"), &[]).await?;
        assert!(
            matches!(
                answer.text().as_str(),
                "home" | "There is nothing at this address.\n"
            ),
            "{path}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_build_without_an_app_says_so() -> Outcome {
    let server = RunningServer::start(&[]).await?;
    let answer = server.ask("GET /", &[]).await?;
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("This build carries no app"));
    assert_eq!(answer.header("content-security-policy"), CSP);
    assert_eq!(server.ask("GET /sw.js", &[]).await?.status, 404);
    assert_eq!(server.ask("GET /healthz", &[]).await?.text(), "ok\n");
    Ok(())
}

#[tokio::test]
async fn a_folder_without_an_app_is_refused_at_the_start() -> Outcome {
    let empty = tempfile::tempdir()?;
    let server = RunningServer::start(&["--app", empty.path().to_str().ok_or("not text")?]).await?;
    let refusal = server.stop().await.err().ok_or("it started")?.to_string();
    assert!(refusal.contains("holds no index.html"), "{refusal}");
    Ok(())
}

#[tokio::test]
async fn the_server_says_who_it_is_and_stays_the_same() -> Outcome {
    let server = RunningServer::start(&[]).await?;
    let first = server.ask("GET /api/server", &[]).await?;
    assert_eq!(first.header("content-type"), "application/json");
    assert_eq!(first.header("cache-control"), "no-store");
    let card: serde_json::Value = serde_json::from_slice(&first.body)?;
    assert_eq!(card["protocol"], 1);
    assert_eq!(card["id"].as_str().map(str::len), Some(32));
    assert_eq!(card["key"].as_str().map(str::len), Some(64));
    let other = RunningServer::start(&[]).await?;
    assert_ne!(other.ask("GET /api/server", &[]).await?.body, first.body);
    Ok(())
}
