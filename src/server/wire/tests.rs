use axum::http::Request;
use axum::http::request::Parts;
use hearth_protocol::CircleId;

use super::{Hub, Origins, parse_origin};

fn asked(host: Option<&str>, uri: &str) -> Parts {
    let mut request = Request::builder().uri(uri);
    if let Some(host) = host {
        request = request.header("host", host);
    }
    request.body(()).unwrap().into_parts().0
}

#[test]
fn an_origin_is_written_as_a_browser_writes_it() {
    let cases = [
        ("https://hearth.example.org", "https://hearth.example.org"),
        ("https://Hearth.Example.org/", "https://hearth.example.org"),
        (
            "https://hearth.example.org:443",
            "https://hearth.example.org",
        ),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:8787", "http://localhost:8787"),
        ("http://[::1]:8787", "http://[::1]:8787"),
    ];
    for (text, origin) in cases {
        assert_eq!(parse_origin(text).as_deref(), Ok(origin));
    }
    for text in [
        "",
        "hearth.example.org",
        "ftp://hearth.example.org",
        "https://hearth.example.org/hearth",
        "https://me@hearth.example.org",
        "https://hearth.example.org?x",
    ] {
        assert!(parse_origin(text).is_err(), "{text}");
    }
}

#[test]
fn only_our_own_origins_are_found() {
    let ours = ["https://hearth.example.org", "http://localhost:8787"];
    let origins = Origins::new(ours.map(str::to_owned).into());
    let find = |host, uri| origins.find(&asked(host, uri)).map(str::to_owned);
    assert_eq!(find(Some("localhost:8787"), "/x").as_deref(), Some(ours[1]));
    assert_eq!(
        find(Some("HEARTH.example.org"), "/x").as_deref(),
        Some(ours[0])
    );
    // As HTTP/2 names it.
    assert_eq!(
        find(None, "https://hearth.example.org/x").as_deref(),
        Some(ours[0])
    );
    for host in [
        None,
        Some(""),
        Some("localhost"),
        Some("elsewhere.example.org"),
        Some("https://hearth.example.org"),
    ] {
        assert_eq!(find(host, "/x"), None, "{host:?}");
    }
    assert_eq!(origins.stand_in(), ours[0]);
}

#[test]
fn so_many_listen_to_one_circle_and_room_is_made_when_they_leave() {
    let hub = Hub::default();
    let (full, other) = (CircleId([1; 32]), CircleId([2; 32]));
    let mut listeners: Vec<_> = (0..512).map_while(|_| hub.listen(full)).collect();
    assert_eq!(listeners.len(), 512);
    assert!(hub.listen(full).is_none());
    assert!(hub.listen(other).is_some());
    listeners.pop();
    let newest = hub.listen(full).unwrap();
    hub.tell(&full);
    assert!(newest.has_changed().unwrap());
    drop(listeners);
    drop(newest);
    // Nobody listens: telling is no harm.
    hub.tell(&full);
    assert!(hub.listen(full).is_some());
}
