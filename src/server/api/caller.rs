//! Who asks. The same work is done for who is known and who is not: one read of the chain, one signature verified.

use std::sync::Arc;

use hearth_protocol::control::Rights;
use hearth_protocol::exchange::LiveRequest;
use hearth_protocol::frame::Place;
use hearth_protocol::limits::LONGEST_SMALL_MESSAGE;
use hearth_protocol::request::{Request, RequestProof, ServerTime};
use hearth_protocol::{CircleId, DeviceId, Millis, Sign as _, Signature, StreamId, VerifyKey};

use super::message::peek_circle;
use super::{Api, Asked, Known, Listener, No, read_message};
use crate::db::{Database, Stored};

/// The hash of no entry is zeros.
pub(crate) const NO_CIRCLE: CircleId = CircleId([0; 32]);

/// A device that proved who it is.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) circle: CircleId,
    pub(crate) device: DeviceId,
    pub(crate) known: Arc<Known>,
    /// Bytes that the circle takes.
    pub(crate) used: u64,
    pub(crate) now: Millis,
}

impl Caller {
    /// What it may do now.
    pub(crate) fn rights(&self) -> Option<&Rights> {
        self.known.rights(&self.device, self.now)
    }

    /// From which epoch on it reads a stream, where it may.
    pub(crate) fn reads_from(&self, stream: &StreamId) -> Option<u64> {
        let right = self.rights()?.on(stream)?;
        Some(right.read_from)
    }

    pub(crate) fn place(&self, stream: StreamId) -> Place {
        Place {
            circle: self.circle,
            stream,
        }
    }
}

impl<D: Database> Api<D> {
    /// Who asks: nobody where that is not an active device of the circle that the message names.
    /// Look up what else the answer needs before asking who it is, so that every "no" costs the same.
    pub(crate) async fn find_caller(
        &self,
        asked: &Asked<'_>,
        now: Millis,
    ) -> Result<Result<Caller, No>, No> {
        let circle = peek_circle(asked.body).unwrap_or(NO_CIRCLE);
        self.find_caller_of(asked, circle, now).await
    }

    /// [`Api::find_caller`] where the circle is known otherwise.
    pub(crate) async fn find_caller_of(
        &self,
        asked: &Asked<'_>,
        circle: CircleId,
        now: Millis,
    ) -> Result<Result<Caller, No>, No> {
        let (known, used) = self.circles.read(&self.database, circle).await?;
        let caller = self.check_caller(asked, circle, known, now);
        Ok(caller.map(|caller| Caller { used, ..caller }))
    }

    fn check_caller(
        &self,
        asked: &Asked<'_>,
        circle: CircleId,
        known: Arc<Known>,
        now: Millis,
    ) -> Result<Caller, No> {
        let proof = asked.proof.map(RequestProof::from_header);
        let device = match &proof {
            Some(Ok(proof)) => proof.device,
            _ => DeviceId([0; 16]),
        };
        let is_served = known.rights(&device, now).is_some();
        let key = known.circle.keys(&device).filter(|_| is_served);
        self.check_proof(asked, key.map(|keys| keys.signing), now)?;
        Ok(Caller {
            circle,
            device,
            known,
            used: 0,
            now,
        })
    }

    /// Signature, then time. Where there is no key, the server's own stands in: nobody else signs by it, and it costs the same.
    pub(crate) fn check_proof(
        &self,
        asked: &Asked<'_>,
        key: Option<VerifyKey>,
        now: Millis,
    ) -> Result<(), No> {
        let given = asked
            .proof
            .and_then(|text| RequestProof::from_header(text).ok());
        let proof = given.unwrap_or(RequestProof {
            device: DeviceId([0; 16]),
            time: 0,
            signature: Signature([0; 64]),
        });
        let request = Request {
            origin: asked.origin,
            method: asked.method,
            path: asked.path,
            body: asked.body,
        };
        let stand_in = self.identity.verify_key();
        let verified = proof.verify(&request, &key.unwrap_or(stand_in));
        if verified.is_err() || key.is_none() {
            return Err(No::NotHere);
        }
        proof
            .check_time(now)
            .map_err(|_| No::WrongClock(ServerTime::tell(now, &proof, &*self.identity)))
    }

    /// Whether somebody may be told of news; say again before each of them with [`Api::may_listen`].
    pub(crate) async fn listen(&self, asked: &Asked<'_>, now: Millis) -> Result<Listener, No> {
        let caller = self.find_caller(asked, now).await??;
        read_message::<LiveRequest>(asked.body, LONGEST_SMALL_MESSAGE)?;
        Ok(Listener {
            circle: caller.circle,
            device: caller.device,
        })
    }

    /// Checks a request for [`hearth_protocol::exchange::Endpoint::Live`].
    ///
    /// # Errors
    /// What to answer instead of news.
    pub async fn admit_listener(
        &self,
        asked: Asked<'_>,
        now: Millis,
    ) -> Result<Listener, super::Answered> {
        self.listen(&asked, now).await.map_err(|no| {
            let (status, body) = no.answer();
            super::Answered {
                status,
                body,
                changed: None,
            }
        })
    }

    /// Whether a listener is still a member.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn may_listen(&self, listener: &Listener, now: Millis) -> Stored<bool> {
        let (known, _) = self.circles.read(&self.database, listener.circle).await?;
        Ok(known.rights(&listener.device, now).is_some())
    }
}
