//! How recovery words lie in the table `meta`: `docs/store-format.md`. Never they themselves.

use super::Words;
use crate::circle::words::RecoveryStage;
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table};
use crate::sync::replica::Intent;
use crate::vault::Vault;
use hearth_protocol::recovery::RecoverySecret;
use hearth_protocol::{CircleId, DeviceId, DeviceKeys, Value, VerifyKey};

pub(super) const WAITING: &[u8] = b"words/waiting";
pub(super) const DECLINED: &[u8] = b"words/declined";
pub(super) const SEEN: &[u8] = b"words/seen";
pub(super) const RECOVERY: &[u8] = b"words/recovery";

/// Whether a row of the table `meta` is about this very phone's words. The key that waits is the
/// person's: a backup takes it along.
pub(in crate::vault) fn is_the_phones(key: &[u8]) -> bool {
    [SEEN, RECOVERY].contains(&key)
}

/// The public half of words that were confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeptWords {
    pub(super) keys: DeviceKeys,
    pub(super) sealed_circle: Vec<u8>,
    /// The circle that is sealed.
    pub(super) circle: CircleId,
    /// The circle does not take it.
    pub(super) is_refused: bool,
}

impl KeptWords {
    pub(super) fn intent(&self) -> Intent {
        Intent::SetRecovery {
            keys: self.keys.clone(),
            sealed_circle: self.sealed_circle.clone(),
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let bytes = |bytes: &[u8]| Value::Bytes(bytes.to_vec());
        Value::List(vec![
            Value::Int(1),
            bytes(&self.keys.signing.0),
            bytes(&self.keys.sealing),
            bytes(&self.sealed_circle),
            bytes(&self.circle.0),
            Value::Bool(self.is_refused),
        ])
        .encode()
    }

    fn decode(row: &[u8]) -> Option<Self> {
        let value = Value::decode(row).ok()?;
        let [
            Value::Int(1),
            signing,
            sealing,
            Value::Bytes(sealed_circle),
            circle,
            Value::Bool(is_refused),
        ] = value.as_list()?
        else {
            return None;
        };
        Some(Self {
            keys: DeviceKeys {
                signing: VerifyKey(signing.as_array()?),
                sealing: sealing.as_array()?,
            },
            sealed_circle: sealed_circle.clone(),
            circle: CircleId(circle.as_array()?),
            is_refused: *is_refused,
        })
    }
}

/// What this phone has of words with which it comes back. Secret.
#[derive(Clone)]
pub(super) struct KeptRecovery {
    pub(super) secret: RecoverySecret,
    pub(super) stage: RecoveryStage,
}

impl KeptRecovery {
    pub(super) fn encode(&self) -> Vec<u8> {
        let stage = match self.stage {
            RecoveryStage::Asking | RecoveryStage::Arriving => 0,
            RecoveryStage::NotFound => 1,
            RecoveryStage::Unsound => 2,
            RecoveryStage::Here => 3,
            RecoveryStage::SharedAlready => 4,
        };
        let secret = Value::Bytes(self.secret.to_bytes().to_vec());
        Value::List(vec![Value::Int(1), secret, Value::Int(stage)]).encode()
    }

    fn decode(row: &[u8]) -> Option<Self> {
        let value = Value::decode(row).ok()?;
        let [Value::Int(1), Value::Bytes(secret), Value::Int(stage)] = value.as_list()? else {
            return None;
        };
        Some(Self {
            secret: RecoverySecret::from_bytes(secret)?,
            stage: match stage {
                0 => RecoveryStage::Asking,
                1 => RecoveryStage::NotFound,
                3 => RecoveryStage::Here,
                4 => RecoveryStage::SharedAlready,
                _ => RecoveryStage::Unsound,
            },
        })
    }
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn kept_words(&self) -> Result<Words, Failure> {
        let seen = self.kept_row(Table::Meta, SEEN).await?;
        let waiting = self.kept_row(Table::Meta, WAITING).await?;
        let recovery = self.kept_row(Table::Meta, RECOVERY).await?;
        Ok(Words {
            waiting: waiting.and_then(|row| KeptWords::decode(&row)),
            is_declined: self.kept_row(Table::Meta, DECLINED).await?.is_some(),
            seen: seen.and_then(|row| row.try_into().ok()).map(DeviceId),
            recovery: recovery.and_then(|row| KeptRecovery::decode(&row)),
            ..Words::default()
        })
    }
}
