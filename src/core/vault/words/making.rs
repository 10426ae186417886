//! New words: shown from memory, confirmed by three of them, and then forgotten here.

use super::kept::{self, KeptWords};
use crate::circle::card;
use crate::circle::words::{self, NewWords, WordsFault};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::replica::Replica;
use crate::vault::Vault;
use hearth_protocol::SortedMap;
use hearth_protocol::recovery::{Phrase, WORDS, find_word};
use hearth_protocol::{SortedSet, Value};

/// Words that wait for their confirmation.
pub(super) struct Made {
    phrase: Phrase,
    /// Places, from 1, ascending.
    asked: [u8; 3],
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Makes words, in place of those that were not confirmed. Nothing durable happens.
    pub(in crate::vault) fn make_words(&mut self) -> Result<NewWords, Failure> {
        self.check_may_make_words()?;
        let made = Made {
            phrase: Phrase::new(self.random()?),
            asked: self.draw_places()?,
        };
        let words = made.phrase.words().into_iter().map(str::to_owned);
        let shown = NewWords {
            words: words.collect(),
            asked: made.asked,
        };
        self.words.made = Some(made);
        Ok(shown)
    }

    /// The words go from memory: the screen that showed them was left.
    pub(in crate::vault) fn forget_words(&mut self) {
        self.words.made = None;
    }

    /// Three right words: from this commit on their key is wanted in the circle. What is kept
    /// until it is there, the words do not follow from.
    pub(in crate::vault) async fn confirm_words(
        &mut self,
        typed: &[String; 3],
    ) -> Result<(), Failure> {
        self.check_may_make_words()?;
        let made = self.words.made.as_ref();
        let made = made.ok_or(Failure::Words(WordsFault::NotMade))?;
        let said = made.phrase.words();
        for (place, typed) in made.asked.iter().zip(typed) {
            let place = usize::from(*place);
            let word = place.checked_sub(1).and_then(|at| said.get(at).copied());
            if word.is_none() || find_word(typed) != word {
                return Err(Failure::Words(WordsFault::Other { place }));
            }
        }
        let secret = made.phrase.secret();
        let circle = self.replica.as_ref().ok_or(Failure::NoCircle)?.id();
        let sealed = secret.seal_circle(&circle, self.random()?);
        let waiting = KeptWords {
            keys: secret.keys(),
            sealed_circle: sealed.map_err(|error| Failure::Malformed(error.to_string()))?,
            circle,
            is_refused: false,
        };
        self.keep_confirmed(waiting).await
    }

    async fn keep_confirmed(&mut self, waiting: KeptWords) -> Result<(), Failure> {
        let of = Value::Bytes(waiting.keys.id().0.to_vec());
        let note = (
            words::KIND,
            self.new_id()?,
            SortedMap::from([(card::OF, of)]),
        );
        let declined = Write::Delete {
            table: Table::Meta,
            key: kept::DECLINED.to_vec(),
        };
        let row = self.put(Table::Meta, kept::WAITING, &waiting.encode())?;
        self.write_changes(vec![note], vec![row, declined]).await?;
        if let (Some(replica), Some(older)) = (&mut self.replica, &self.words.waiting) {
            replica.give_up(&older.intent());
        }
        self.words.waiting = Some(waiting);
        self.words.is_declined = false;
        self.words.made = None;
        Ok(())
    }

    /// Words are for the circle that this phone stays in.
    fn check_may_make_words(&self) -> Result<(), Failure> {
        let replica = self.replica.as_ref().ok_or(Failure::NoCircle)?;
        let is_leaving = self.words.recovery.is_some() || self.is_joining();
        if is_leaving || Replica::is_recovering(replica) {
            return Err(Failure::JoiningElsewhere);
        }
        Ok(())
    }

    /// Three different places, ascending.
    fn draw_places(&self) -> Result<[u8; 3], Failure> {
        let mut places = SortedSet::new();
        while places.len() < 3 {
            let [drawn]: [u8; 1] = self.random()?;
            let place = drawn % 16 + 1;
            if usize::from(place) <= WORDS {
                places.insert(place);
            }
        }
        let places: Vec<u8> = places.into_iter().collect();
        Ok([places[0], places[1], places[2]])
    }
}
