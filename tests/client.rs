//! A client that hides nothing: no redirects, no unpacking, one connection a request.

use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper::{HeaderMap, Request};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Outcome;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The header fields.
    pub headers: HeaderMap,
    /// The whole body, as sent.
    pub body: Bytes,
}

impl Answer {
    /// A header field's text, empty where it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// One request, given as `"GET /path"`, over a connection of its own.
///
/// # Errors
/// Where the connection ends before the answer does.
pub async fn ask(address: SocketAddr, request: &str, headers: &[(&str, &str)]) -> Outcome<Answer> {
    ask_over(TcpStream::connect(address).await?, request, headers).await
}

/// One request over a connection that is there, such as a TLS one.
///
/// # Errors
/// Where the connection ends before the answer does.
pub async fn ask_over(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: &str,
    headers: &[(&str, &str)],
) -> Outcome<Answer> {
    let (method, path) = request
        .split_once(' ')
        .ok_or("write the request as GET /path")?;
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(stream, request.body(Full::<Bytes>::default())?).await
}

async fn send(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Outcome<Answer> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let speaking = tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let (head, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    drop(sender);
    speaking.await??;
    Ok(Answer {
        status: head.status.as_u16(),
        headers: head.headers,
        body,
    })
}

/// Posts these bytes over a connection of its own.
///
/// # Errors
/// Where the connection ends before the answer does.
pub async fn post(
    address: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Outcome<Answer> {
    let mut request = Request::builder().method("POST").uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = Full::new(Bytes::copy_from_slice(body));
    let stream = TcpStream::connect(address).await?;
    send(stream, request.body(body)?).await
}

/// Sends these very bytes, keeps its side open, and returns everything that came back until the server closed.
///
/// # Errors
/// Where no connection can be made. One that the server resets has answered nothing more.
pub async fn send_raw(address: SocketAddr, bytes: &[u8]) -> Outcome<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(bytes).await?;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
