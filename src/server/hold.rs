//! Holding devices before a removal, so that no acknowledged frame becomes void and a flood cannot put the removal off.

use hearth_protocol::Millis;
use hearth_protocol::exchange::{HoldAnswer, HoldRequest};
use hearth_protocol::form::Object as _;
use hearth_protocol::limits::{LONGEST_HOLD, LONGEST_SMALL_MESSAGE, MOST_KEYS};

use crate::api::{Api, Asked, No, read_message};
use crate::db::Database;

const HOLD_TIME: Millis = LONGEST_HOLD as Millis * 1000;

impl<D: Database> Api<D> {
    pub(crate) async fn hold(&self, asked: &Asked<'_>, now: Millis) -> Result<Vec<u8>, No> {
        let caller = self.find_caller(asked, now).await??;
        let request: HoldRequest = read_message(asked.body, LONGEST_SMALL_MESSAGE)?;
        if request.devices.is_empty() || request.devices.len() > MOST_KEYS {
            return Err(No::BadForm(
                "name between one device and as many as a circle has",
            ));
        }
        let circle = &caller.known.circle;
        let may_remove = |device| circle.may_remove(&caller.device, device);
        if !request.devices.iter().all(may_remove) {
            return Err(No::NotHere);
        }
        let until = now + HOLD_TIME;
        let cuts = self
            .database
            .hold_devices(caller.circle, request.devices, until)
            .await?;
        Ok(HoldAnswer { cuts, until }.encode())
    }
}
