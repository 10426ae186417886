//! The claim: the joiner's keys, and the proof that it had the secret.

use super::{InviteError, InviteLink};
use crate::form::{FormError, Object, object};
use crate::id::PersonId;
use crate::key::{BadSignature, DeviceKeys, Sign, Signature, VerifyKey};
use crate::label::Label;
use crate::limits::LONGEST_INVITE_BOX;
use crate::seal::NONCE_BYTES;

object! {
    /// What the joiner tells the inviter, sealed under the secret.
    pub struct Claim, "invite claim" {
        /// The keys of the joiner's device, made for this circle.
        keys: DeviceKeys = 1,
        /// The id the joiner would have as a person; a device of the inviter's own person has none.
        person: Option<PersonId> = 2,
        /// The joiner's name, or what their phone is called.
        name: String = 3,
        /// Of the joiner's device over the invite's id and all of this: the keys are its own.
        signature: Signature = 4,
    }
}

object! {
    /// What lets the server take a claim: it was sealed by somebody who had the secret.
    pub struct ClaimProof, "claim proof" {
        /// The sealed claim.
        sealed: Vec<u8> = 1,
        /// Of the key that grows from the secret, over the invite's id and the sealed claim.
        proof: Signature = 2,
    }
}

impl Claim {
    /// Makes a claim and seals it, with its proof.
    ///
    /// # Errors
    /// See [`InviteError`].
    pub fn seal(
        link: &InviteLink,
        keys: DeviceKeys,
        person: Option<PersonId>,
        name: String,
        joiner: &impl Sign,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<ClaimProof, InviteError> {
        let mut claim = Self {
            keys,
            person,
            name,
            signature: Signature([0; 64]),
        };
        claim.signature = joiner.sign(Label::InviteJoiner, &[&link.id.0, &claim.unsigned()]);
        let key = link.key(Label::InviteClaim);
        let sealed = key.seal(nonce, &link.id.0, &claim.encode())?;
        let proof = link
            .proof_signer()
            .sign(Label::InviteProof, &[&link.id.0, &sealed]);
        Ok(ClaimProof { sealed, proof })
    }

    /// Opens a claim and checks that its keys are the joiner's own.
    ///
    /// # Errors
    /// See [`InviteError`]; no input panics.
    pub fn open(sealed: &[u8], link: &InviteLink) -> Result<Self, InviteError> {
        let plain = link.key(Label::InviteClaim).open(&link.id.0, sealed)?;
        let claim = Self::decode(&plain, LONGEST_INVITE_BOX)?;
        let parts: [&[u8]; 2] = [&link.id.0, &claim.unsigned()];
        let key = &claim.keys.signing;
        key.verify(Label::InviteJoiner, &parts, &claim.signature)?;
        Ok(claim)
    }

    /// Its bytes with zeros in place of the signature.
    fn unsigned(&self) -> Vec<u8> {
        let signature = Signature([0; 64]);
        Self {
            signature,
            ..self.clone()
        }
        .encode()
    }
}

impl ClaimProof {
    /// Whether it was made with the secret of the invite that has this proof key.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, id: &crate::id::InviteId, key: &VerifyKey) -> Result<(), BadSignature> {
        key.verify(Label::InviteProof, &[&id.0, &self.sealed], &self.proof)
    }

    /// Reads one.
    ///
    /// # Errors
    /// See [`FormError`]; no input panics.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormError> {
        Self::decode(bytes, LONGEST_INVITE_BOX)
    }
}
