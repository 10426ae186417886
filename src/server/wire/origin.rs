//! Under which addresses phones know this server. A request is signed for one of them, so one that was signed for another
//! server is of no use here, whatever its `Host` says.

use axum::http::request::Parts;
use axum::http::{Uri, header};

/// The origins of one door.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    origins: Vec<String>,
}

impl Origins {
    pub(crate) fn new(origins: Vec<String>) -> Self {
        Self { origins }
    }

    /// The origin that the caller asked for, where it is one of ours.
    pub(crate) fn find(&self, parts: &Parts) -> Option<&str> {
        let host = parts.headers.get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok());
        let host = host.or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
        let host = host.unwrap_or_default().to_ascii_lowercase();
        let mut named = self.origins.iter();
        let found = named.find(|origin| {
            let after = origin.split_once("://").map(|(_, after)| after);
            after == Some(&host)
        });
        found.map(String::as_str)
    }

    /// What stands in where the caller named none of ours: the caller's signature does not verify under it.
    pub(crate) fn stand_in(&self) -> &str {
        self.origins.first().map_or("", String::as_str)
    }
}

/// An origin as a browser writes it: small letters, no path, no port that goes without saying.
pub(crate) fn parse_origin(text: &str) -> Result<String, String> {
    const FORM: &str = "write it as https://hearth.example.org, without a path";
    let uri: Uri = text
        .trim_end_matches('/')
        .to_ascii_lowercase()
        .parse()
        .map_err(|_| FORM)?;
    let (scheme, authority) = uri.scheme_str().zip(uri.authority()).ok_or(FORM)?;
    let usual = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return Err(FORM.into()),
    };
    if uri.path().len() > 1 || uri.query().is_some() || authority.as_str().contains('@') {
        return Err(FORM.into());
    }
    let host = authority.host();
    Ok(match authority.port_u16().filter(|port| *port != usual) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}
