//! What becomes of a message between a phone and the server.

use crate::dice::Dice;
use hearth_core::vault::{Outgoing, Reply};

/// What becomes of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Carried,
    RequestLost,
    AnswerLost,
    /// The server sees it twice, the phone the second answer.
    Doubled,
    AnswerLate,
    /// The phone has given it up by the time the server sees it.
    RequestLate,
    AnswerCut,
    RequestCut,
    /// A captive portal answers in the server's place.
    Portal,
    Unavailable,
    /// One bit of the answer is another one.
    Flipped,
}

const MISHAPS: [Fate; 10] = [
    Fate::RequestLost,
    Fate::AnswerLost,
    Fate::Doubled,
    Fate::AnswerLate,
    Fate::RequestLate,
    Fate::AnswerCut,
    Fate::RequestCut,
    Fate::Portal,
    Fate::Unavailable,
    Fate::Flipped,
];

impl Fate {
    /// In `bad` of a hundred cases something goes wrong.
    pub(crate) fn draw(dice: &mut Dice, bad: usize, has_flips: bool) -> Self {
        if !dice.chance(bad) {
            return Self::Carried;
        }
        match MISHAPS[dice.below(MISHAPS.len())] {
            Self::Flipped if !has_flips => Self::AnswerLost,
            fate => fate,
        }
    }
}

/// A message that is still on its way.
pub(crate) struct Late {
    /// Whose call it is.
    pub(crate) phone: usize,
    /// The process that made it; one that began since does not hear the answer.
    pub(crate) life: u64,
    /// The number of the call.
    pub(crate) number: u64,
    pub(crate) what: What,
}

/// Which half of a call is late.
pub(crate) enum What {
    Request(Outgoing),
    Answer(Reply),
}

pub(crate) fn cut(dice: &mut Dice, mut body: Vec<u8>) -> Vec<u8> {
    body.truncate(dice.below(body.len()));
    body
}

pub(crate) fn flip(dice: &mut Dice, mut body: Vec<u8>) -> Vec<u8> {
    let place = dice.below(body.len());
    if let Some(byte) = body.get_mut(place) {
        *byte ^= 1 << dice.below(8);
    }
    body
}

pub(crate) fn portal() -> Reply {
    Reply::Answered {
        status: 200,
        body: b"<!doctype html><title>Welcome to the train</title>".to_vec(),
    }
}

pub(crate) fn unavailable() -> Reply {
    Reply::Answered {
        status: 503,
        body: b"come back later".to_vec(),
    }
}
