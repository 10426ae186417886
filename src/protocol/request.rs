//! Who asks: every request is signed by a device key, and nothing else carries authority.
//!
//! The server checks in this order: known device, signature, then time. Only who holds the key
//! learns that the clock is wrong, and is told the right time under the server's signature.
//! Every request may come twice without harm, so nothing is kept to refuse the second.

use crate::base64::{read_base64, write_base64};
use crate::clock::Millis;
use crate::form::object;
use crate::id::DeviceId;
use crate::key::{BadSignature, Sign, Signature, VerifyKey};
use crate::label::Label;
use crate::limits::LARGEST_CLOCK_ERROR;

/// The name of the HTTP header that carries a [`RequestProof`].
pub const REQUEST_HEADER: &str = "hearth-auth";

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Scheme, host and port, as a browser writes an origin.
    pub origin: &'a str,
    /// In capitals.
    pub method: &'a str,
    /// With its query, as sent.
    pub path: &'a str,
    /// The bytes of the body.
    pub body: &'a [u8],
}

/// What a device says of its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestProof {
    /// Who asks.
    pub device: DeviceId,
    /// When, by its clock.
    pub time: Millis,
    /// Over all of it.
    pub signature: Signature,
}

/// The header is not a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a request proof")]
pub struct NotAProof;

/// The clock of the device differs too much from the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the clock differs by more than {LARGEST_CLOCK_ERROR} seconds")]
pub struct WrongClock;

impl Request<'_> {
    /// Signs it.
    pub fn prove(&self, device: DeviceId, time: Millis, signer: &impl Sign) -> RequestProof {
        let signature = signer.sign(Label::Request, &[&self.message(device, time)]);
        RequestProof {
            device,
            time,
            signature,
        }
    }

    fn message(&self, device: DeviceId, time: Millis) -> Vec<u8> {
        let mut bytes = device.0.to_vec();
        bytes.extend(time.to_be_bytes());
        bytes.extend(Label::RequestBody.hash(&[self.body]).0);
        for text in [self.origin, self.method, self.path] {
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes
    }
}

impl RequestProof {
    /// Whether the owner of this key made this request. Check the time after it.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, request: &Request<'_>, key: &VerifyKey) -> Result<(), BadSignature> {
        let message = request.message(self.device, self.time);
        key.verify(Label::Request, &[&message], &self.signature)
    }

    /// Whether its time is near enough to the server's.
    ///
    /// # Errors
    /// [`WrongClock`]; the answer to it is a [`ServerTime`].
    pub fn check_time(&self, now: Millis) -> Result<(), WrongClock> {
        if self.time.abs_diff(now) > LARGEST_CLOCK_ERROR as u64 * 1000 {
            return Err(WrongClock);
        }
        Ok(())
    }

    /// The value of the header [`REQUEST_HEADER`].
    #[must_use]
    pub fn to_header(&self) -> String {
        let signature = write_base64(&self.signature.0);
        format!("v1.{}.{}.{signature}", self.device, self.time)
    }

    /// Reads that value.
    ///
    /// # Errors
    /// [`NotAProof`]; no input panics.
    pub fn from_header(text: &str) -> Result<Self, NotAProof> {
        let parts: Vec<&str> = text.split('.').collect();
        let ["v1", device, time, signature] = parts[..] else {
            return Err(NotAProof);
        };
        let proof = Self {
            device: device.parse().map_err(|_| NotAProof)?,
            time: time.parse().map_err(|_| NotAProof)?,
            signature: Signature(read_base64(signature).ok_or(NotAProof)?),
        };
        // A second spelling of the same proof (a plus, a leading zero) is none.
        if proof.to_header() == text {
            Ok(proof)
        } else {
            Err(NotAProof)
        }
    }
}

object! {
    /// The answer to a wrong clock: the server's time, bound to the request it answers, so an
    /// old answer cannot set a clock back.
    pub struct ServerTime, "server time" {
        /// The server's time.
        time: Millis = 1,
        /// Over the time and the signature of the request.
        signature: Signature = 2,
    }
}

impl ServerTime {
    /// Tells the time to who made this request.
    pub fn tell(time: Millis, asked: &RequestProof, server: &impl Sign) -> Self {
        let parts: [&[u8]; 2] = [&time.to_be_bytes(), &asked.signature.0];
        Self {
            time,
            signature: server.sign(Label::Time, &parts),
        }
    }

    /// The time, if the server said so in answer to this request.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, asked: &RequestProof, server: &VerifyKey) -> Result<Millis, BadSignature> {
        let parts: [&[u8]; 2] = [&self.time.to_be_bytes(), &asked.signature.0];
        server.verify(Label::Time, &parts, &self.signature)?;
        Ok(self.time)
    }
}

#[cfg(test)]
mod tests;
