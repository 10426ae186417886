//! A phone: the real engine over memory, one connection to the server kept open.

use bytes::Bytes;
use hearth_core::circle::{CircleView, InviteStage, JoinStage, Whom};
use hearth_core::draft::DraftPatch;
use hearth_core::memory::MemoryStore;
use hearth_core::messages::{Request, Response};
use hearth_core::ports::{Clock, NoRandomness, Random};
use hearth_core::record::{RecordKind, WORDS};
use hearth_core::timeline::Filter;
use hearth_core::vault::{Outgoing, Progress, REQUEST_HEADER, Reply, Vault};
use hearth_core::{Key, Millis};
use hearth_tests::Outcome;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::net::TcpStream;

/// Requests that were made, and the bytes of bodies, each way.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) requests: u64,
    pub(crate) up: u64,
    pub(crate) down: u64,
}

impl Traffic {
    /// What came since then.
    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            requests: self.requests - before.requests,
            up: self.up - before.up,
            down: self.down - before.down,
        }
    }
}

pub(crate) struct Phone {
    address: SocketAddr,
    vault: Vault<MemoryStore, Surroundings>,
    line: Option<SendRequest<Full<Bytes>>>,
    pub(crate) traffic: Traffic,
}

struct Surroundings;

impl Clock for Surroundings {
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(0))
    }

    fn offset(&self, _: Millis) -> i32 {
        0
    }
}

impl Random for Surroundings {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

impl Phone {
    pub(crate) fn new(address: SocketAddr, number: u8) -> Outcome<Self> {
        let key = Key::new([number; 32]);
        let opening = Vault::open(MemoryStore::default(), &key, Surroundings);
        let mut vault = pollster::block_on(opening)?;
        vault.connect(&format!("http://localhost:{}", address.port()));
        Ok(Self {
            address,
            vault,
            line: None,
            traffic: Traffic::default(),
        })
    }

    pub(crate) async fn tell(&mut self, words: &str) -> Outcome {
        let Response::Draft(draft) = self.ask(Request::Begin(RecordKind::Story)).await? else {
            return Err("no draft".into());
        };
        self.ask(Request::Save {
            draft: draft.id,
            kind: draft.kind,
            patch: DraftPatch {
                child: None,
                day: draft.day,
                fields: [(WORDS, words.to_owned())].into(),
            },
        })
        .await?;
        Ok(())
    }

    /// Everything that can be done with the server now.
    pub(crate) async fn sync(&mut self) -> Outcome {
        self.vault.look_for_news();
        while let Some(call) = self.vault.next_call().await? {
            let number = call.number;
            let reply = self.carry(call).await?;
            if self.vault.take_reply(number, reply).await? == Progress::Wait {
                return Err("the server did not answer as it should".into());
            }
        }
        Ok(())
    }

    pub(crate) async fn count(&mut self) -> Outcome<usize> {
        let filter = Filter::default();
        let (offset, limit) = (0, 1);
        let page = Request::Timeline {
            filter,
            offset,
            limit,
        };
        match self.ask(page).await? {
            Response::Page(page) => Ok(page.total),
            _ => Err("no page".into()),
        }
    }

    /// Makes an invite.
    pub(crate) async fn invite(&mut self, whom: Whom) -> Outcome {
        let name = String::from("Mum");
        let is_quick = false;
        let invite = Request::Invite {
            whom,
            name,
            is_quick,
        };
        self.ask(invite).await.map(|_| ())
    }

    pub(crate) async fn ask(&mut self, request: Request) -> Outcome<Response> {
        Ok(self.vault.answer(request, None).await?)
    }

    pub(crate) async fn circle(&mut self) -> Outcome<CircleView> {
        match self.ask(Request::Circle).await? {
            Response::Circle(circle) => Ok(*circle),
            _ => Err("no circle".into()),
        }
    }

    async fn carry(&mut self, call: Outgoing) -> Outcome<Reply> {
        let mut request = hyper::Request::builder()
            .method("POST")
            .uri(call.endpoint.path())
            .header("host", format!("localhost:{}", self.address.port()))
            .header("content-type", "application/octet-stream");
        if let Some(proof) = call.proof {
            request = request.header(REQUEST_HEADER, proof);
        }
        self.traffic.requests += 1;
        self.traffic.up += call.body.len() as u64;
        let request = request.body(Full::new(Bytes::from(call.body)))?;
        let line = self.line().await?;
        line.ready().await?;
        let response = line.send_request(request);
        self.vault.frame_ahead().await?;
        let response = response.await?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await?.to_bytes().to_vec();
        self.traffic.down += body.len() as u64;
        Ok(Reply::Answered { status, body })
    }

    async fn line(&mut self) -> Outcome<&mut SendRequest<Full<Bytes>>> {
        let is_open = self.line.as_ref().is_some_and(|line| !line.is_closed());
        if !is_open {
            let stream = TcpStream::connect(self.address).await?;
            stream.set_nodelay(true)?;
            let (line, connection) = http1::handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            self.line = Some(line);
        }
        self.line.as_mut().ok_or_else(|| "no line".into())
    }
}

/// The second phone comes into the first one's circle.
pub(crate) async fn bring_in(first: &mut Phone, second: &mut Phone, whom: Whom) -> Outcome {
    first.invite(whom).await?;
    first.sync().await?;
    let invite = first
        .circle()
        .await?
        .invites
        .first()
        .cloned()
        .ok_or("no invite")?;
    second.ask(Request::ReadInvite(invite.link)).await?;
    second.sync().await?;
    let name = String::from("Phone");
    second.ask(Request::AcceptInvite { name }).await?;
    second.sync().await?;
    first.sync().await?;
    first.sync().await?;
    second.sync().await?;
    let joining = second.circle().await?.joining.ok_or("no claim")?;
    let JoinStage::Comparing { pictures, .. } = joining.stage else {
        return Err(format!("nothing to compare: {:?}", joining.stage).into());
    };
    second.ask(Request::ConfirmJoin(pictures)).await?;
    first.ask(Request::ApproveInvite(invite.id)).await?;
    first.sync().await?;
    second.sync().await?;
    second.sync().await?;
    let stage = first
        .circle()
        .await?
        .invites
        .first()
        .map(|invite| invite.stage.clone());
    match stage {
        Some(InviteStage::Done) => Ok(()),
        other => Err(format!("not let in: {other:?}").into()),
    }
}
