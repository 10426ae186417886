//! One call at a time: what to ask next, and what its answer means. Input and output are the
//! driver's: it carries the bytes, and may lose, delay or double them.

use super::line::{Asked, InFlight};
use super::{Vault, draw_from};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::Replica;
use crate::vault::invites::InviteCall;
use hearth_protocol::exchange::{Endpoint, ExchangeAnswer, LiveRequest, NOT_HERE};
use hearth_protocol::limits::LONGEST_EXCHANGE;
use hearth_protocol::request::Request;
use hearth_protocol::{DeviceSecret, Object};

/// The status of a server without room.
const NO_ROOM: u16 = 507;

/// A request to carry to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Which call: its answer is given back with this number.
    pub number: u64,
    /// Where it goes, by `POST`.
    pub endpoint: Endpoint,
    /// The value of the header that proves who asks.
    pub proof: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer with this status and these bytes.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The body.
        body: Vec<u8>,
    },
    /// None.
    Unreachable,
}

/// What to do after a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Ask for the next call.
    GoOn,
    /// Nothing is to be had now: wait, longer each time, or until something changes.
    Wait,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// From now on there is a server, at this origin (scheme, host and port).
    pub fn connect(&mut self, origin: &str) {
        self.line.origin = Some(origin.to_owned());
        self.line.pull_is_due = true;
    }

    /// Something may be new on the server: a hint came, the phone woke, somebody asked.
    pub fn look_for_news(&mut self) {
        self.line.pull_is_due = true;
        self.line.not_here = 0;
        self.line.absent.clear();
        if let Some(replica) = &mut self.replica {
            replica.ask_for_redactions();
        }
        self.look_at_invites();
        self.ask_for_words();
    }

    /// Gives up the call in flight, whose answer will not come.
    pub fn hang_up(&mut self) {
        self.line.in_flight = None;
    }

    /// Frames what waits, ends what was ended, and says what to ask the server next;
    /// [`Vault::frame_ahead`] goes on while that is asked. Nothing while a call is in flight,
    /// while there is no circle or no server, or when all is done.
    ///
    /// # Errors
    /// [`Failure`] of the store; nothing that was saved is lost by it.
    pub async fn next_call(&mut self) -> Result<Option<Outgoing>, Failure> {
        self.freshen().await?;
        if self.line.in_flight.is_some() {
            return Ok(None);
        }
        self.come_in_if_approved().await?;
        if self.is_astray() {
            return Ok(None);
        }
        if let Some(call) = self.next_recovery_call() {
            return Ok(Some(call));
        }
        let call = self.next_usual_call().await?;
        if call.is_some() {
            return Ok(call);
        }
        self.renew_recovery();
        Ok(self.next_recovery_call())
    }

    async fn next_usual_call(&mut self) -> Result<Option<Outgoing>, Failure> {
        if self.replica.is_none() {
            return match self.line.origin {
                Some(_) => self.next_invite_call().await,
                None => Ok(None),
            };
        }
        self.frame_next().await?;
        self.carry_out_endings().await?;
        self.intend_approved();
        self.settle_words().await?;
        self.forget_removed().await?;
        let Some(replica) = &self.replica else {
            return Ok(None);
        };
        if self.line.origin.is_none() || self.line.not_here > 1 {
            return Ok(None);
        }
        if replica.needs_server() || self.line.card_is_due {
            return Ok(Some(self.send(Endpoint::Server, Vec::new(), Asked::Card)));
        }
        if let Some(call) = self.next_removal_call() {
            return Ok(Some(call));
        }
        let has_business = self.replica.as_ref().is_some_and(Replica::has_business);
        // What the server would not take a moment ago stands back for all else.
        if self.line.pull_is_due || has_business && !self.line.is_stuck {
            return self.ask_exchange().await.map(Some);
        }
        if let Some(call) = self.next_side_call().await? {
            return Ok(Some(call));
        }
        self.line.is_stuck = false;
        if has_business {
            return self.ask_exchange().await.map(Some);
        }
        self.removals.renew();
        Ok(self.next_removal_call())
    }

    /// What is asked beside the circle's log: invites, then photos.
    async fn next_side_call(&mut self) -> Result<Option<Outgoing>, Failure> {
        if !self.invites.asks.stands_back
            && let Some(call) = self.next_invite_call().await?
        {
            return Ok(Some(call));
        }
        if let Some(call) = self.next_upload().await? {
            return Ok(Some(call));
        }
        if let Some(call) = self.next_download().await? {
            return Ok(Some(call));
        }
        match std::mem::take(&mut self.invites.asks.stands_back) {
            true => self.next_invite_call().await,
            false => Ok(None),
        }
    }

    async fn ask_exchange(&mut self) -> Result<Outgoing, Failure> {
        let again = self.frames_lacking().await?;
        let is_held_back = self.removals.go_first();
        self.removals.renew();
        let replica = self.replica.as_mut().ok_or(Failure::NotOpen)?;
        replica.hold_back(is_held_back);
        let (request, sent) = replica.request(again, &draw_from(&self.surroundings))?;
        let dropped = replica.take_dropped();
        self.end_refused(&dropped).await?;
        self.end_refused_words(&dropped).await?;
        let asked = Asked::Exchange(Box::new(sent));
        Ok(self.send(Endpoint::Exchange, request.encode(), asked))
    }

    /// The request that keeps hints of news coming, once there is a server that knows this
    /// phone. It stands beside the calls; each hint is told by [`Vault::look_for_news`].
    #[must_use]
    pub fn live_call(&self) -> Option<Outgoing> {
        let replica = self.replica.as_ref()?;
        let origin = self.line.origin.as_deref()?;
        if !replica.is_known_to_server() || self.line.not_here > 0 || self.is_astray() {
            return None;
        }
        let circle = replica.id();
        let body = LiveRequest { circle }.encode();
        let me = replica.me();
        let request = Request {
            origin,
            method: "POST",
            path: Endpoint::Live.path(),
            body: &body,
        };
        let proof = request.prove(me.device, self.server_time(), &me.secret.signer);
        Some(Outgoing {
            number: 0,
            endpoint: Endpoint::Live,
            proof: Some(proof.to_header()),
            body,
        })
    }

    pub(in crate::vault) fn send(
        &mut self,
        endpoint: Endpoint,
        body: Vec<u8>,
        asked: Asked,
    ) -> Outgoing {
        self.line.calls += 1;
        let number = self.line.calls;
        let signer = self.signer_of(&asked);
        let origin = self.line.origin.as_deref().unwrap_or_default();
        let request = Request {
            origin,
            method: "POST",
            path: endpoint.path(),
            body: &body,
        };
        let time = self.server_time();
        let proof = signer.map(|secret| request.prove(secret.id(), time, &secret.signer));
        self.line.in_flight = Some(InFlight {
            number,
            asked,
            proof,
        });
        Outgoing {
            number,
            endpoint,
            proof: proof.map(|proof| proof.to_header()),
            body,
        }
    }

    /// Who signs: this phone's device, or the recovery key with which it comes back.
    fn signer_of(&self, asked: &Asked) -> Option<DeviceSecret> {
        if matches!(asked, Asked::Recover) {
            return self.recovery_signer();
        }
        let replica = self.replica.as_ref().filter(|_| asked.is_signed());
        replica.map(|replica| replica.me().secret.clone())
    }

    /// Takes the reply to a call in. One to an earlier call is passed over.
    ///
    /// # Errors
    /// [`Failure`] of the store; the reply is lost then, and what it said is asked again.
    pub async fn take_reply(&mut self, number: u64, reply: Reply) -> Result<Progress, Failure> {
        let is_it = |flight: &mut InFlight| flight.number == number;
        let Some(flight) = self.line.in_flight.take_if(is_it) else {
            return Ok(Progress::Wait);
        };
        self.freshen().await?;
        let is_exchange = matches!(flight.asked, Asked::Exchange(_));
        let progress = self.take_answer(flight, reply).await?;
        if progress == Progress::Wait && !is_exchange {
            // What stood back for this has waited long enough.
            self.line.is_stuck = false;
        }
        Ok(progress)
    }

    async fn take_answer(&mut self, flight: InFlight, reply: Reply) -> Result<Progress, Failure> {
        let Some((status, body)) = servers_words(reply) else {
            self.invites.asks.is_offline = true;
            self.note_words_offline(true);
            return Ok(Progress::Wait);
        };
        self.note_words_offline(false);
        match (status, flight.asked) {
            (200, Asked::Card) => Ok(self.take_card(&body)),
            (200, Asked::Exchange(sent)) => {
                let Ok(answer) = ExchangeAnswer::decode(&body, LONGEST_EXCHANGE) else {
                    return Ok(Progress::Wait);
                };
                self.take_exchange(*sent, &answer).await
            }
            (200, Asked::Put) => self.take_put(&body).await,
            (200, Asked::Get) => self.take_got(&body).await,
            (401, _) => Ok(self.take_time(flight.proof, &body)),
            (status, Asked::Recover) => self.take_recovery(status, &body).await,
            (status, Asked::Invite(call)) => self.take_invite_reply(call, status, &body).await,
            (404, Asked::Exchange(_)) => {
                // Perhaps it lost the circle: then it is founded again, once.
                self.line.not_here += 1;
                if let Some(replica) = &mut self.replica {
                    replica.found_again();
                }
                Ok(match self.line.not_here {
                    1 => Progress::GoOn,
                    _ => Progress::Wait,
                })
            }
            (200, Asked::Hold(leaving)) => Ok(self.take_hold(leaving, &body)),
            (_, Asked::Hold(_)) => Ok(self.put_removals_off()),
            (404, Asked::Put) => Ok(self.note_refused()),
            (404, Asked::Get) => Ok(self.note_absent()),
            (NO_ROOM, Asked::Put) => {
                self.note_no_room();
                Ok(Progress::GoOn)
            }
            _ => Ok(Progress::Wait),
        }
    }

    /// Reads the logs to their end before anything else is asked.
    pub(in crate::vault) fn look_into_logs(&mut self) {
        self.line.pull_is_due = true;
    }

    /// A call about an invite that is signed.
    pub(in crate::vault) fn send_invite(
        &mut self,
        endpoint: Endpoint,
        body: Vec<u8>,
        call: InviteCall,
    ) -> Outgoing {
        self.send(endpoint, body, Asked::Invite(call))
    }

    /// A call of somebody who is nobody there yet.
    pub(in crate::vault) fn send_unsigned(
        &mut self,
        endpoint: Endpoint,
        body: Vec<u8>,
        call: InviteCall,
    ) -> Outgoing {
        self.send(endpoint, body, Asked::Invite(call))
    }

    /// Where the server is.
    pub(in crate::vault) fn origin(&self) -> Option<&str> {
        self.line.origin.as_deref()
    }
}

/// What the server said. "Not here" in anybody else's words is said of a page of theirs.
fn servers_words(reply: Reply) -> Option<(u16, Vec<u8>)> {
    match reply {
        Reply::Answered { status: 404, body } if body != NOT_HERE => None,
        Reply::Answered { status, body } => Some((status, body)),
        Reply::Unreachable => None,
    }
}
