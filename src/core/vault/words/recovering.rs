//! Coming back with the words alone. What grows from them is kept until it was of use, so that
//! days without a network and ended processes cost nothing but time. A circle is believed only if
//! its name opens with the words; its chain is then checked from the first entry as everybody's.

use super::kept::{KeptRecovery, RECOVERY};
use crate::circle::words::{RecoveryStage, RecoveryView, WordsFault};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::replica::Replica;
use crate::vault::Vault;
use crate::vault::sync::{Asked, Outgoing, Progress, draw_from};
use hearth_protocol::exchange::{Endpoint, NOT_HERE, RecoveryFind, RecoveryFound};
use hearth_protocol::limits::LONGEST_SMALL_MESSAGE;
use hearth_protocol::recovery::{Phrase, PhraseError};
use hearth_protocol::{CircleId, DeviceSecret, Object};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Begins to come back. Nothing of this phone moves before the words have opened a circle.
    pub(in crate::vault) async fn recover(&mut self, typed: &str) -> Result<(), Failure> {
        let secret = Phrase::read(typed)?.secret();
        let replica = self.replica.as_ref();
        if replica.is_some_and(Replica::is_recovering) || self.is_joining() {
            return Err(Failure::JoiningElsewhere);
        }
        if self.is_letting_in() {
            return Err(Failure::LettingIn);
        }
        if replica.is_some_and(|replica| !replica.is_only_this_phone()) {
            return Err(Failure::SharedAlready);
        }
        let stage = RecoveryStage::Asking;
        self.keep_recovery(KeptRecovery { secret, stage }).await?;
        self.words.made = None;
        self.ask_for_words();
        Ok(())
    }

    /// Stops coming back. What was told on this phone stays; what came of the circle goes again.
    /// Not once the circle may have this phone: its keys are kept until that is known.
    pub(in crate::vault) async fn stop_recovering(&mut self) -> Result<(), Failure> {
        self.check_may_stop_recovering()?;
        let is_on_the_way = self.replica.as_ref().is_some_and(Replica::is_recovering);
        if is_on_the_way {
            self.leave_joined_circle(end_recovery()).await?;
        } else {
            self.commit(vec![end_recovery()]).await?;
        }
        self.words.recovery = None;
        Ok(())
    }

    pub(in crate::vault) fn check_may_stop_recovering(&self) -> Result<(), Failure> {
        let may_be_in = self.replica.as_ref().is_some_and(Replica::may_be_in);
        match may_be_in {
            true => Err(Failure::Words(WordsFault::ComingIn)),
            false => Ok(()),
        }
    }

    /// The server is asked again where the words lead.
    pub(in crate::vault) fn ask_for_words(&mut self) {
        self.words.asks.is_asked = false;
    }

    pub(in crate::vault) fn note_words_offline(&mut self, is_offline: bool) {
        self.words.asks.is_offline = is_offline;
    }

    /// Whether this phone is on its way back into a circle.
    pub(in crate::vault) fn is_coming_back(&self) -> bool {
        let is_recovering = self.replica.as_ref().is_some_and(Replica::is_recovering);
        is_recovering || self.words.recovery.is_some()
    }

    pub(in crate::vault) fn recovery_view(&self) -> Option<RecoveryView> {
        let is_on_the_way = self.replica.as_ref().is_some_and(Replica::is_recovering);
        let asked = self.words.recovery.as_ref();
        let asked = asked.map(|recovery| recovery.stage);
        let stage = asked.or(is_on_the_way.then_some(RecoveryStage::Arriving))?;
        let is_offline = self.words.asks.is_offline;
        Some(RecoveryView {
            stage,
            is_offline,
            can_stop: self.check_may_stop_recovering().is_ok(),
        })
    }

    /// Asks where the words lead, unless all else goes first.
    pub(in crate::vault) fn next_recovery_call(&mut self) -> Option<Outgoing> {
        let recovery = self.words.recovery.as_ref()?;
        let asks = &self.words.asks;
        let is_open = matches!(
            recovery.stage,
            RecoveryStage::Asking | RecoveryStage::NotFound
        );
        if !is_open || asks.is_asked || asks.is_put_off || self.origin().is_none() {
            return None;
        }
        if self.is_card_due() {
            return Some(self.send(Endpoint::Server, Vec::new(), Asked::Card));
        }
        let key = recovery.secret.keys().id();
        let body = RecoveryFind { key }.encode();
        Some(self.send(Endpoint::Recover, body, Asked::Recover))
    }

    /// Its turn comes again.
    pub(in crate::vault) fn renew_recovery(&mut self) {
        self.words.asks.is_put_off = false;
    }

    /// Who signs the question: the words alone.
    pub(in crate::vault) fn recovery_signer(&self) -> Option<DeviceSecret> {
        let recovery = self.words.recovery.as_ref();
        recovery.map(|recovery| recovery.secret.device())
    }

    /// The server's answer.
    pub(in crate::vault) async fn take_recovery(
        &mut self,
        status: u16,
        body: &[u8],
    ) -> Result<Progress, Failure> {
        let found = RecoveryFound::decode(body, LONGEST_SMALL_MESSAGE);
        match (status, found) {
            (200, Ok(found)) => self.come_back_by_words(&found).await?,
            (404, _) if body == NOT_HERE => self.end_asking(RecoveryStage::NotFound).await?,
            _ => {
                self.words.asks.is_put_off = true;
                return Ok(Progress::Wait);
            }
        }
        Ok(Progress::GoOn)
    }

    async fn come_back_by_words(&mut self, found: &RecoveryFound) -> Result<(), Failure> {
        let Some(recovery) = &self.words.recovery else {
            return Ok(());
        };
        let mut named = found.sealed.iter();
        let circle = named.find_map(|sealed| recovery.secret.open_circle(sealed).ok());
        let own = self.replica.as_ref().map(Replica::id);
        match circle {
            None => self.end_asking(RecoveryStage::Unsound).await,
            Some(circle) if own == Some(circle) => self.end_asking(RecoveryStage::Here).await,
            Some(circle) => match self.move_back(circle).await {
                Err(Failure::SharedAlready) => self.end_asking(RecoveryStage::SharedAlready).await,
                tried => tried,
            },
        }
    }

    /// In one transaction: the circle that the words opened takes the place of this phone's own,
    /// whose changes wait to be told there.
    async fn move_back(&mut self, circle: CircleId) -> Result<(), Failure> {
        let Some(recovery) = &self.words.recovery else {
            return Ok(());
        };
        let draw = draw_from(&self.surroundings);
        let (_, effects) = Replica::recover(circle, &recovery.secret, &draw)?;
        drop(draw);
        self.move_into(&effects.rows, vec![end_recovery()]).await
    }

    async fn end_asking(&mut self, stage: RecoveryStage) -> Result<(), Failure> {
        self.words.asks.is_asked = true;
        let Some(recovery) = self.words.recovery.clone() else {
            return Ok(());
        };
        self.shown += 1;
        self.keep_recovery(KeptRecovery { stage, ..recovery }).await
    }

    async fn keep_recovery(&mut self, recovery: KeptRecovery) -> Result<(), Failure> {
        let row = self.put(Table::Meta, RECOVERY, &recovery.encode())?;
        self.commit_and_read_back(vec![row]).await?;
        self.words.recovery = Some(recovery);
        Ok(())
    }
}

/// The step that forgets what grew from the words.
fn end_recovery() -> Write {
    let (table, key) = (Table::Meta, RECOVERY.to_vec());
    Write::Delete { table, key }
}

impl From<PhraseError> for Failure {
    fn from(error: PhraseError) -> Self {
        Self::Words(match error {
            PhraseError::HowMany(count) => WordsFault::HowMany(count),
            PhraseError::NotInList { place, word } => WordsFault::NotInList { place, word },
            PhraseError::DoNotFit => WordsFault::DoNotFit,
        })
    }
}
