//! Labels and hashes: what was made for one purpose proves nothing for another.

use crate::id::Hash;
use sha2::{Digest, Sha256};

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// One purpose of a hash, a signature, a derived key or associated data.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Label {
            $($(#[$doc])* $name,)+
        }

        impl Label {
            /// Every label, in the order of `docs/protocol.md`.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// What follows `hearth/1/`.
            #[must_use]
            pub fn purpose(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

labels! {
    /// Hash: names a device by its keys.
    Device = "device",
    /// Hash of a control entry.
    Entry = "entry",
    /// Signature of a control entry.
    EntrySigned = "entry-signed",
    /// Hash of a frame's header.
    Header = "header",
    /// Signature of a frame.
    Frame = "frame",
    /// Hash of a pack head.
    PackHead = "pack-head",
    /// Hash of one change with its salt.
    Change = "change",
    /// Hash over the parts of a pack.
    Root = "root",
    /// Derived key of a frame's body.
    BodyKey = "body-key",
    /// Associated data of a frame's body.
    Body = "body",
    /// Hash of a body's bytes, where an erase frame names it.
    BodyBytes = "body-bytes",
    /// Derived value that fixes the key of an epoch.
    Commit = "commit",
    /// Derived key of an attachment.
    BlobKey = "blob-key",
    /// Hash of an attachment's sealed bytes.
    BlobBytes = "blob-bytes",
    /// What a grant is sealed for (the `info` of HPKE).
    Grant = "grant",
    /// Hash: the next bytes of randomness, where a cipher draws more than once.
    Draw = "draw",
    /// Hash: the running hash before the first row.
    LogStart = "log-start",
    /// Hash: the running hash after a row.
    Running = "running",
    /// Signature of the server over a head.
    Head = "head",
    /// Signature of the server over a receipt.
    Receipt = "receipt",
    /// Signature of the server over its time.
    Time = "time",
    /// Hash of a request's body.
    RequestBody = "request-body",
    /// Signature of a request.
    Request = "request",
    /// Derived key of an invite's bundle.
    InviteBundle = "invite/bundle",
    /// Derived key of an invite's claim.
    InviteClaim = "invite/claim",
    /// Derived key of the anchor in an approval.
    InviteAnchor = "invite/anchor",
    /// Derived signing key that proves the secret of an invite.
    InviteProofKey = "invite/proof-key",
    /// What that key signs: a claim.
    InviteProof = "invite/proof",
    /// Hash that fixes the inviter's number before the claim is seen.
    InviteCommitment = "invite/commitment",
    /// Hash of a sealed bundle or claim, before the pictures are drawn.
    InviteBox = "invite/box",
    /// Hash from which the pictures are drawn.
    InvitePictures = "invite/pictures",
    /// Signature of the joiner's device in its claim.
    InviteJoiner = "invite/joiner",
    /// Signature of the inviter's device over the anchor.
    InviteApproval = "invite/approval",
    /// Derived seed of a recovery key's signing key.
    RecoverySigning = "recovery/signing",
    /// Derived seed of a recovery key's sealing key.
    RecoverySealing = "recovery/sealing",
    /// Derived key that the circle's id is sealed under for a recovery key.
    RecoveryCircle = "recovery/circle",
}

impl Label {
    /// The label, a zero byte, then the parts. Of the parts at most the last one may vary in
    /// length, so two lists of parts never give the same bytes.
    #[must_use]
    pub fn message(self, parts: &[&[u8]]) -> Vec<u8> {
        let mut bytes = self.prefix();
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }

    /// SHA-256 of [`Label::message`].
    #[must_use]
    pub fn hash(self, parts: &[&[u8]]) -> Hash {
        let mut state = LabelHasher::new(self);
        parts.iter().for_each(|part| state.update(part));
        state.finish()
    }

    fn prefix(self) -> Vec<u8> {
        [b"hearth/1/", self.purpose().as_bytes(), &[0]].concat()
    }
}

/// [`Label::hash`] of bytes that come one after another.
#[derive(Clone)]
pub(crate) struct LabelHasher(Sha256);

impl LabelHasher {
    pub(crate) fn new(label: Label) -> Self {
        Self(Sha256::new_with_prefix(label.prefix()))
    }

    pub(crate) fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    pub(crate) fn finish(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}
