//! Who this server is: a random id and an Ed25519 key, made at the first start and kept for good.
//! Phones pin the public key and check by it what the server signs; the secret leaves neither this room nor the database.

use std::fmt;

use hearth_protocol::key::Signer;
use hearth_protocol::label::Label;
use hearth_protocol::{Sign, Signature, VerifyKey};
use thiserror::Error;

use crate::db::{Database, DatabaseError};

pub(crate) mod routes;

/// Why there is no identity.
#[derive(Debug, Error)]
pub enum IdentityError {
    /// The system gave no randomness.
    #[error("this system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// The database could not keep or give it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// What the database keeps.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityRecord {
    /// 16 random bytes.
    pub id: [u8; 16],
    /// The Ed25519 secret (RFC 8032's 32-byte seed).
    pub seed: [u8; 32],
}

impl IdentityRecord {
    /// A new one, from the system's randomness.
    ///
    /// # Errors
    /// Where the system has none to give.
    pub fn generate() -> Result<Self, IdentityError> {
        let (mut id, mut seed) = ([0; 16], [0; 32]);
        getrandom::fill(&mut id)?;
        getrandom::fill(&mut seed)?;
        Ok(Self { id, seed })
    }
}

impl fmt::Debug for IdentityRecord {
    /// Without the secret, so that it cannot reach a log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("IdentityRecord")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The identity in use.
#[derive(Debug)]
pub struct Identity {
    id: [u8; 16],
    signer: Signer,
}

impl Identity {
    /// Reads the identity, or keeps a new one at the first start.
    ///
    /// # Errors
    /// Where the database or the system's randomness fails.
    pub async fn load(database: &impl Database) -> Result<Self, IdentityError> {
        let kept = database.keep_identity(&IdentityRecord::generate()?).await?;
        Ok(Self::new(&kept))
    }

    /// The identity of this record.
    #[must_use]
    pub fn new(record: &IdentityRecord) -> Self {
        Self {
            id: record.id,
            signer: Signer::from_seed(record.seed),
        }
    }

    /// The server's random id.
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// The Ed25519 public key that phones pin.
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        self.signer.verify_key().0
    }
}

impl Sign for Identity {
    fn sign(&self, label: Label, parts: &[&[u8]]) -> Signature {
        self.signer.sign(label, parts)
    }

    fn verify_key(&self) -> VerifyKey {
        self.signer.verify_key()
    }
}
