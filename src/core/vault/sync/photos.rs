//! When photos travel: always, only on Wi-Fi, or when somebody says so. Words never wait for it.

use super::Vault;
use crate::circle::{CircleView, PhotosTravel};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table};
use hearth_protocol::Value;

const PHOTOS: &[u8] = b"photos";

/// What was chosen on this phone. It is kept in the store, so that all tabs go by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::vault) struct PhotoRule {
    travel: PhotosTravel,
    /// Somebody said that those which wait may go. Holds until none waits.
    may_go: bool,
}

impl PhotoRule {
    fn encode(self) -> Vec<u8> {
        let travel = match self.travel {
            PhotosTravel::Always => 0,
            PhotosTravel::OnWifi => 1,
            PhotosTravel::WhenAsked => 2,
        };
        let parts = [Value::Int(1), Value::Int(travel), Value::Bool(self.may_go)];
        Value::List(parts.into()).encode()
    }

    /// A choice that a later build knows holds photos back until somebody says so.
    fn decode(bytes: &[u8]) -> Self {
        let value = Value::decode(bytes).ok();
        let parts = value.as_ref().and_then(Value::as_list);
        let Some([Value::Int(1), Value::Int(travel), Value::Bool(may_go)]) = parts else {
            return Self {
                travel: PhotosTravel::WhenAsked,
                may_go: false,
            };
        };
        let travel = match travel {
            0 => PhotosTravel::Always,
            1 => PhotosTravel::OnWifi,
            _ => PhotosTravel::WhenAsked,
        };
        let may_go = *may_go;
        Self { travel, may_go }
    }
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(in crate::vault) async fn read_photo_rule(&self) -> Result<PhotoRule, Failure> {
        let row = self.store.get(Table::Meta, PHOTOS).await?;
        let row = row.and_then(|row| self.sealing.open(Table::Meta, PHOTOS, &row).ok());
        Ok(row.map_or_else(PhotoRule::default, |row| PhotoRule::decode(&row)))
    }

    /// From now on photos travel then; with `may_go` those that wait go now, whatever was chosen.
    pub(in crate::vault) async fn let_photos_travel(
        &mut self,
        travel: PhotosTravel,
        may_go: bool,
    ) -> Result<CircleView, Failure> {
        let rule = PhotoRule { travel, may_go };
        if rule != self.photo_rule {
            let row = self.put(Table::Meta, PHOTOS, &rule.encode())?;
            self.commit(vec![row]).await?;
            self.photo_rule = rule;
        }
        Ok(self.circle())
    }

    /// What kind of network there is, where the browser tells.
    pub fn note_network(&mut self, is_wifi: Option<bool>) {
        self.line.is_wifi = is_wifi;
    }

    /// When photos travel from and to this phone.
    pub(in crate::vault) fn photos_travel(&self) -> PhotosTravel {
        self.photo_rule.travel
    }

    /// Whether some stay where they are because of what was chosen.
    pub(in crate::vault) fn are_photos_held(&self) -> bool {
        self.line.has_held
    }

    /// Whether photos stay where they are for now. A browser that does not tell what network there
    /// is holds them back: the person chose not to pay for them.
    pub(super) fn holds_photos(&self) -> bool {
        let may_go = match self.photo_rule.travel {
            PhotosTravel::Always => true,
            PhotosTravel::OnWifi => self.line.is_wifi == Some(true),
            PhotosTravel::WhenAsked => false,
        };
        !may_go && !self.photo_rule.may_go
    }
}
