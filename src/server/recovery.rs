//! Where recovery words lead. The server learns that somebody has them, and which circle is theirs; of the words it learns
//! nothing.

use hearth_protocol::exchange::{RecoveryFind, RecoveryFound};
use hearth_protocol::form::Object as _;
use hearth_protocol::limits::LONGEST_SMALL_MESSAGE;
use hearth_protocol::{DeviceId, Millis, VerifyKey};

use crate::api::{Api, Asked, NO_CIRCLE, No, peek_key, read_message};
use crate::db::{Database, MOST_FOUND};

impl<D: Database> Api<D> {
    pub(crate) async fn recover(&self, asked: &Asked<'_>, now: Millis) -> Result<Vec<u8>, No> {
        let key = peek_key(asked.body).unwrap_or(DeviceId([0; 16]));
        let (signing, sealed) = self.find_sealed(&key, now).await?;
        self.check_proof(asked, signing, now)?;
        read_message::<RecoveryFind>(asked.body, LONGEST_SMALL_MESSAGE)?;
        Ok(RecoveryFound { sealed }.encode())
    }

    /// What a key signs with, and the sealed ids of the circles where it counts now. As many chains are read for every key:
    /// what a refusal costs does not say whether circles name it, nor how many.
    async fn find_sealed(
        &self,
        key: &DeviceId,
        now: Millis,
    ) -> Result<(Option<VerifyKey>, Vec<Vec<u8>>), No> {
        let mut circles = self.database.find_recovery(*key).await?;
        circles.resize(MOST_FOUND, NO_CIRCLE);
        let (mut signing, mut sealed) = (None, Vec::new());
        for circle in circles {
            let (known, _) = self.circles.read(&self.database, circle).await?;
            let is_served = known.rights(key, now).is_some();
            if let Some(bytes) = known.circle.sealed_for(key).filter(|_| is_served) {
                sealed.push(bytes.to_vec());
                // The id is a hash of the keys: they are the same in every circle.
                signing = known.circle.keys(key).map(|keys| keys.signing);
            }
        }
        Ok((signing, sealed))
    }
}
