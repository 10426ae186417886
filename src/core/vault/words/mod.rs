//! Recovery words. Making them: shown once, three asked for, and only then is their key wanted in
//! the circle; what waits of them on the phone is the public half. Coming back with them: see
//! `recovering.rs`.

mod kept;
mod making;
mod recovering;

pub(super) use kept::is_the_phones;

use super::Vault;
use crate::circle::words::{WordsStanding, WordsView};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::replica::{Intent, Replica};
use hearth_protocol::{DeviceId, Millis};
use kept::{KeptRecovery, KeptWords};
use making::Made;

/// Everything about recovery words on this phone.
#[derive(Default)]
pub(super) struct Words {
    /// Shown, and not confirmed. They end with the process.
    made: Option<Made>,
    /// Their key is on its way into the circle.
    waiting: Option<KeptWords>,
    is_declined: bool,
    /// The recovery key of which the person of this phone was told.
    seen: Option<DeviceId>,
    recovery: Option<KeptRecovery>,
    asks: Asks,
}

/// What is due to be asked; never durable.
#[derive(Default)]
struct Asks {
    /// The server was asked where the words lead, and nothing has changed since.
    is_asked: bool,
    /// The last try came to nothing: all else goes first, once.
    is_put_off: bool,
    is_offline: bool,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn read_words(&mut self) -> Result<(), Failure> {
        let made = self.words.made.take();
        let asks = std::mem::take(&mut self.words.asks);
        self.words = Words {
            made,
            asks,
            ..self.kept_words().await?
        };
        Ok(())
    }

    /// How it stands with the words of this phone's person.
    pub(super) fn words_view(&self) -> WordsView {
        let replica = self.replica.as_ref();
        let own = replica.and_then(Replica::own_words);
        let waiting = self.words.waiting.as_ref();
        let is_own = |by: &DeviceId| {
            replica.is_some_and(|replica| replica.me().device == *by || replica.was(by))
        };
        let standing = match (waiting, own) {
            (Some(waiting), None) if waiting.is_refused => WordsStanding::Refused,
            (Some(waiting), _) if !waiting.is_refused => WordsStanding::Waiting {
                is_older_good: own.is_some_and(|own| own.is_confirmed),
            },
            (_, Some(own)) if own.is_confirmed => WordsStanding::Set {
                made: self.made_at(&own.key),
                on: self.name_of(&own.by.0),
                is_here: is_own(&own.by),
            },
            // The server went back, and is told again.
            (_, Some(_)) => WordsStanding::Waiting {
                is_older_good: false,
            },
            _ if self.words.is_declined => WordsStanding::Declined,
            _ => WordsStanding::None,
        };
        let is_news = own.is_some_and(|own| self.words.seen != Some(own.key) && !is_own(&own.by));
        WordsView { standing, is_news }
    }

    /// When the words of a recovery key were made, as the phone that made them noted.
    fn made_at(&self, key: &DeviceId) -> Option<Millis> {
        let notes = self.cards.get(&key.0)?.iter();
        let notes = notes.filter_map(|note| self.view.get(*note));
        let mut own = notes.filter(|note| note.author() == self.own_person());
        let first = own.find_map(|note| note.changes().next())?;
        Some(first.hlc.millis())
    }

    /// The person of this phone wants no words.
    pub(super) async fn decline_words(&mut self) -> Result<(), Failure> {
        let row = self.put(Table::Meta, kept::DECLINED, &[])?;
        self.commit_and_read_back(vec![row]).await?;
        self.words.made = None;
        self.words.is_declined = true;
        Ok(())
    }

    /// The person of this phone was told that another one made words.
    pub(super) async fn note_words_seen(&mut self) -> Result<(), Failure> {
        let own = self.replica.as_ref().and_then(Replica::own_words);
        let Some(own) = own else {
            return Ok(());
        };
        let row = self.put(Table::Meta, kept::SEEN, &own.key.0)?;
        self.commit(vec![row]).await?;
        self.words.seen = Some(own.key);
        Ok(())
    }

    /// Wants the key of confirmed words in the circle; told again after every start. What is in
    /// the chain, or was meant for another circle, is wanted no longer.
    pub(super) async fn settle_words(&mut self) -> Result<(), Failure> {
        let (Some(waiting), Some(replica)) = (&self.words.waiting, &mut self.replica) else {
            return Ok(());
        };
        if replica.circle().id().is_none() {
            return Ok(());
        }
        let is_elsewhere = waiting.circle != replica.id();
        if is_elsewhere || replica.circle().keys(&waiting.keys.id()).is_some() {
            let (table, key) = (Table::Meta, kept::WAITING.to_vec());
            self.commit(vec![Write::Delete { table, key }]).await?;
            self.words.waiting = None;
            self.shown += 1;
        } else if !waiting.is_refused && !replica.is_waiting_for_keys() {
            replica.intend(waiting.intent());
        }
        Ok(())
    }

    /// The circle's rules refuse the key: it would be wanted again with every call.
    pub(super) async fn end_refused_words(&mut self, refused: &[Intent]) -> Result<(), Failure> {
        let (Some(waiting), Some(replica)) = (&self.words.waiting, &self.replica) else {
            return Ok(());
        };
        let is_in = replica.circle().keys(&waiting.keys.id()).is_some();
        if is_in || !refused.contains(&waiting.intent()) {
            return Ok(());
        }
        let waiting = KeptWords {
            is_refused: true,
            ..waiting.clone()
        };
        let row = self.put(Table::Meta, kept::WAITING, &waiting.encode())?;
        self.commit(vec![row]).await?;
        self.words.waiting = Some(waiting);
        self.shown += 1;
        Ok(())
    }
}

/// Whether a change says when words were made.
pub(super) fn is_note(kind: u64) -> bool {
    kind == crate::circle::words::KIND
}
