//! Asking a server as a phone does, over sockets or in this process alike.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use hearth_protocol::control::ControlHead;
use hearth_protocol::exchange::{
    Endpoint, ExchangeAnswer, ExchangeRequest, FrameCode, NewEntry, PushedFrame, StreamAnswer,
    StreamRequest,
};
use hearth_protocol::form::Object;
use hearth_protocol::limits::LONGEST_EXCHANGE;
use hearth_protocol::request::Request;
use hearth_protocol::{Millis, VerifyKey};
use hearth_server::api::{Answered, Api, Asked, NoRandom, Random, Settings};
use hearth_server::db::Database;
use hearth_server::identity::{Identity, IdentityRecord};

use crate::family::{Family, device, stream};
use crate::{Outcome, RunningServer, post};

/// The origin under which the in-process server is known.
pub const ORIGIN: &str = "https://hearth.example";

/// A server that phones can ask.
pub trait Server {
    /// Under which address it is known.
    fn origin(&self) -> String;

    /// The clock of a phone that is right.
    fn now(&self) -> Millis;

    /// Posts bytes and gives status and body.
    fn post(
        &self,
        endpoint: Endpoint,
        proof: Option<&str>,
        body: &[u8],
    ) -> impl Future<Output = Outcome<(u16, Vec<u8>)>>;
}

/// The server's own code, without sockets.
#[derive(Debug)]
pub struct InProcess<D> {
    /// The server.
    pub api: Api<D>,
    /// Its clock.
    pub clock: AtomicU64,
    drawn: AtomicU64,
}

/// Random numbers that a test can tell apart.
struct Counted<'a>(&'a AtomicU64);

impl Random for Counted<'_> {
    fn draw(&mut self) -> Result<[u8; 16], NoRandom> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        Ok(u128::from(number).to_be_bytes())
    }
}

/// The identity of servers in this process.
#[must_use]
pub fn identity() -> IdentityRecord {
    IdentityRecord {
        id: [1; 16],
        seed: [2; 32],
    }
}

/// Verifies what servers in this process sign.
#[must_use]
pub fn server_key() -> VerifyKey {
    VerifyKey(Identity::new(&identity()).public_key())
}

impl<D: Database> InProcess<D> {
    /// A server with settings as usual. `run` tells the random numbers of restarted servers apart.
    pub fn start(database: D, run: u32) -> Self {
        Self::start_with(database, run, Settings::default())
    }

    /// A server with these settings.
    pub fn start_with(database: D, run: u32, settings: Settings) -> Self {
        Self::start_as(&identity(), database, run, settings)
    }

    /// A server that is somebody else.
    pub fn start_as(who: &IdentityRecord, database: D, run: u32, settings: Settings) -> Self {
        Self {
            api: Api::new(database, Identity::new(who), settings),
            clock: AtomicU64::new(1_000_000),
            drawn: AtomicU64::new(u64::from(run) << 32 | 1),
        }
    }

    /// Lets time pass.
    pub fn wait(&self, time: Millis) {
        self.clock.fetch_add(time, Ordering::Relaxed);
    }

    /// Everything that it answers.
    pub async fn answer(&self, endpoint: Endpoint, proof: Option<&str>, body: &[u8]) -> Answered {
        let asked = Asked {
            endpoint,
            origin: ORIGIN,
            method: "POST",
            path: endpoint.path(),
            proof,
            body,
        };
        let mut random = Counted(&self.drawn);
        self.api.answer(asked, self.now(), &mut random).await
    }
}

impl<D: Database> Server for InProcess<D> {
    fn origin(&self) -> String {
        ORIGIN.to_owned()
    }

    fn now(&self) -> Millis {
        self.clock.load(Ordering::Relaxed)
    }

    async fn post(
        &self,
        endpoint: Endpoint,
        proof: Option<&str>,
        body: &[u8],
    ) -> Outcome<(u16, Vec<u8>)> {
        let answered = self.answer(endpoint, proof, body).await;
        Ok((answered.status, answered.body))
    }
}

impl Server for RunningServer {
    fn origin(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(0))
    }

    async fn post(
        &self,
        endpoint: Endpoint,
        proof: Option<&str>,
        body: &[u8],
    ) -> Outcome<(u16, Vec<u8>)> {
        let host = format!("localhost:{}", self.address.port());
        let mut headers = vec![("host", host.as_str())];
        headers.extend(proof.map(|proof| ("hearth-auth", proof)));
        let answer = post(self.address, endpoint.path(), &headers, body).await?;
        Ok((answer.status, answer.body.to_vec()))
    }
}

/// The header that a device signs a request with.
pub fn prove(server: &impl Server, number: u8, endpoint: Endpoint, body: &[u8]) -> String {
    prove_at(server, number, endpoint, body, server.now())
}

/// [`prove`], by a clock of the device's own.
pub fn prove_at(
    server: &impl Server,
    number: u8,
    endpoint: Endpoint,
    body: &[u8],
    now: Millis,
) -> String {
    let origin = server.origin();
    let request = Request {
        origin: &origin,
        method: "POST",
        path: endpoint.path(),
        body,
    };
    let secret = device(number);
    request.prove(secret.id(), now, &secret.signer).to_header()
}

/// Sends a signed message and gives the answer's bytes.
///
/// # Errors
/// Where no answer comes.
pub async fn send(
    server: &impl Server,
    number: u8,
    endpoint: Endpoint,
    message: &impl Object,
) -> Outcome<(u16, Vec<u8>)> {
    let body = message.encode();
    let proof = prove(server, number, endpoint, &body);
    server.post(endpoint, Some(&proof), &body).await
}

/// Sends a signed message and reads the answer.
///
/// # Errors
/// Where the answer is a "no".
pub async fn tell<A: Object>(
    server: &impl Server,
    number: u8,
    endpoint: Endpoint,
    message: &impl Object,
) -> Outcome<A> {
    let (status, body) = send(server, number, endpoint, message).await?;
    if status != 200 {
        return Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into());
    }
    Ok(A::decode(&body, LONGEST_EXCHANGE)?)
}

/// An exchange that asks for nothing yet.
#[must_use]
pub fn exchange(family: &Family) -> ExchangeRequest {
    ExchangeRequest {
        circle: family.id(),
        control: family.circle.head(),
        entries: Vec::new(),
        streams: Vec::new(),
        wanted: Vec::new(),
        grants: Vec::new(),
    }
}

/// A stream that is asked for from its first row.
#[must_use]
pub fn whole(number: u8) -> StreamRequest {
    StreamRequest {
        stream: stream(number),
        have: None,
        frames: Vec::new(),
        shown: None,
        missing: Vec::new(),
    }
}

/// Exchanges.
///
/// # Errors
/// Where the answer is a "no".
pub async fn swap(
    server: &impl Server,
    number: u8,
    request: &ExchangeRequest,
) -> Outcome<ExchangeAnswer> {
    tell(server, number, Endpoint::Exchange, request).await
}

/// Founds the circle with every entry that it has.
///
/// # Errors
/// Where the answer is a "no".
pub async fn found(server: &impl Server, number: u8, family: &Family) -> Outcome<ExchangeAnswer> {
    append(server, number, family, family.entries.clone()).await
}

/// Appends entries, as a device that has none of them chained.
///
/// # Errors
/// Where the answer is a "no".
pub async fn append(
    server: &impl Server,
    number: u8,
    family: &Family,
    entries: Vec<NewEntry>,
) -> Outcome<ExchangeAnswer> {
    let request = ExchangeRequest {
        control: ControlHead::START,
        entries,
        ..exchange(family)
    };
    swap(server, number, &request).await
}

/// Pushes frames to stream 1 and pulls all of it.
///
/// # Errors
/// Where the answer is a "no".
pub async fn push(
    server: &impl Server,
    number: u8,
    family: &Family,
    frames: Vec<PushedFrame>,
) -> Outcome<StreamAnswer> {
    let streams = vec![StreamRequest { frames, ..whole(1) }];
    pull(server, number, family, streams).await
}

/// A row that this very request appended comes without its bytes.
fn fill_in_own(answer: &mut StreamAnswer, pushed: &[PushedFrame]) {
    for (own, result) in pushed.iter().zip(&answer.pushed) {
        let mut rows = answer.rows.iter_mut();
        let row = rows.find(|row| row.seq == result.detail && row.frame.is_empty());
        if let Some(row) = row.filter(|_| result.code == FrameCode::New) {
            row.frame.clone_from(&own.frame);
        }
    }
}

/// Asks for streams and gives the first answer.
///
/// # Errors
/// Where there is none.
pub async fn pull(
    server: &impl Server,
    number: u8,
    family: &Family,
    streams: Vec<StreamRequest>,
) -> Outcome<StreamAnswer> {
    let request = ExchangeRequest {
        streams,
        ..exchange(family)
    };
    let mut answer = swap(server, number, &request).await?;
    for (stream, asked) in answer.streams.iter_mut().zip(&request.streams) {
        fill_in_own(stream, &asked.frames);
    }
    match answer.streams.is_empty() {
        false => Ok(answer.streams.remove(0)),
        true => Err("no stream was answered".into()),
    }
}
