//! HPKE (RFC 9180), base mode, single use: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! ChaCha20-Poly1305. It hides who sealed; who was allowed to, signed entries say.

use core::convert::Infallible;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};

type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

/// Why something could not be sealed to a device or opened by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The public key is none.
    #[error("not a key to seal to")]
    BadKey,
    /// Sealed to another key, for another purpose, or damaged since.
    #[error("it does not open with this key, or it is damaged")]
    DoesNotOpen,
}

/// A secret X25519 key: what opens. Its bytes are in no `Debug` output.
#[derive(Clone)]
pub struct SealedTo {
    secret: Secret,
    public: [u8; 32],
}

impl SealedTo {
    /// The key that grows from 32 random bytes (RFC 9180, `DeriveKeyPair`).
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let (secret, public) = X25519HkdfSha256::derive_keypair(&seed);
        Self {
            secret,
            public: public.to_bytes().into(),
        }
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.public
    }

    /// Opens what was sealed to this key for the same purpose and place.
    ///
    /// # Errors
    /// [`EnvelopeError::DoesNotOpen`]; no input panics.
    pub fn open(
        &self,
        info: &[u8],
        place: &[u8],
        encapped: &[u8; 32],
        sealed: &[u8],
    ) -> Result<Vec<u8>, EnvelopeError> {
        let encapped = Encapped::from_bytes(encapped).map_err(|_| EnvelopeError::DoesNotOpen)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.secret,
            &encapped,
            info,
            sealed,
            place,
        )
        .map_err(|_| EnvelopeError::DoesNotOpen)
    }
}

impl core::fmt::Debug for SealedTo {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("SealedTo(..)")
    }
}

/// Seals `plain` to a public key; `random` is 32 fresh random bytes.
///
/// # Errors
/// [`EnvelopeError::BadKey`] where nothing can be sealed to this key.
pub(crate) fn seal_to(
    public: &[u8; 32],
    random: [u8; 32],
    info: &[u8],
    place: &[u8],
    plain: &[u8],
) -> Result<([u8; 32], Vec<u8>), EnvelopeError> {
    let public = Public::from_bytes(public).map_err(|_| EnvelopeError::BadKey)?;
    let (encapped, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            info,
            plain,
            place,
            &mut Given(random),
        )
        .map_err(|_| EnvelopeError::BadKey)?;
    Ok((encapped.to_bytes().into(), sealed))
}

/// Randomness that the caller brought: the key encapsulation draws its 32 bytes once.
struct Given([u8; 32]);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(32) {
            chunk.copy_from_slice(&self.0[..chunk.len()]);
            // Were more ever drawn, it would differ and still grow from the same secret.
            self.0 = crate::label::Label::Draw.hash(&[&self.0]).0;
        }
        Ok(())
    }
}

impl TryCryptoRng for Given {}
