//! Who has not the words: what the server answers, and what is believed of it.

use crate::phone::Phone;
use crate::world::Home;
use hearth_core::circle::RecoveryStage;
use hearth_core::vault::{Progress, Reply};
use hearth_protocol::exchange::{Endpoint, NOT_HERE, RecoveryFind, RecoveryFound};
use hearth_protocol::recovery::Phrase;
use hearth_protocol::request::Request;
use hearth_protocol::{CircleId, DeviceSecret, Object as _};
use hearth_server::api::{Asked, OsRandom};

const ORIGIN: &str = "https://hearth.example";

fn with_words(home: &mut Home) -> (Phone, String) {
    let mut phone = home.phone(1);
    phone.tell("one");
    let words = phone.make_and_confirm();
    home.sync(&mut phone);
    (phone, words)
}

fn answer_with(phone: &mut Phone, sealed: Vec<Vec<u8>>) -> Option<RecoveryStage> {
    let call = phone.next_call().unwrap();
    assert_eq!(call.endpoint, Endpoint::Recover);
    let body = RecoveryFound { sealed }.encode();
    phone.take(&call, Reply::Answered { status: 200, body });
    phone.stage()
}

/// What the server has sealed for these words.
fn sealed(phone: &Phone, words: &str) -> Vec<u8> {
    let key = Phrase::read(words).unwrap().secret().keys().id();
    let circle = phone.replica().circle();
    circle.sealed_for(&key).unwrap().to_vec()
}

#[test]
fn no_false_circle_can_be_offered() {
    let mut home = Home::new();
    let (phone, words) = with_words(&mut home);
    let right = sealed(&phone, &words);
    let others = Phrase::new([5; 16]).secret();
    let false_one = others.seal_circle(&CircleId([6; 32]), [7; 24]).unwrap();
    let mut offers = vec![vec![], vec![false_one.clone()]];
    for at in 0..right.len() {
        let mut copy = right.clone();
        copy[at] ^= 1 << (at % 8);
        offers.push(vec![copy, right[..at].to_vec()]);
    }
    for offer in offers {
        let mut empty = home.phone(9);
        empty.tell("stays");
        empty.restore(&words).unwrap();
        assert_eq!(answer_with(&mut empty, offer), Some(RecoveryStage::Unsound));
        assert_eq!(empty.told(), ["stays"]);
        empty.restart();
        assert_eq!(empty.stage(), Some(RecoveryStage::Unsound));
    }
    // Among false ones the right one is found.
    let mut empty = home.phone(9);
    empty.restore(&words).unwrap();
    let offer = vec![false_one, right];
    assert_eq!(
        answer_with(&mut empty, offer),
        Some(RecoveryStage::Arriving)
    );
}

#[test]
fn a_chain_of_another_circle_is_not_taken_under_its_name() {
    let mut home = Home::new();
    let (_, words) = with_words(&mut home);
    let mut stranger = home.phone(4);
    stranger.tell("a stranger's");
    home.sync(&mut stranger);
    let mut empty = home.phone(9);
    empty.restore(&words).unwrap();
    let find = empty.next_call().unwrap();
    let reply = home.answer(&find);
    empty.take(&find, reply);
    // The answer to a stranger's exchange in place of the right one.
    stranger.vault.look_for_news();
    stranger.vault.hang_up();
    let asked = empty.next_call().unwrap();
    assert_eq!(asked.endpoint, Endpoint::Exchange);
    home.restart(home.database.clone());
    let mut other = home.phone(5);
    let newcomer = other
        .vault
        .newcomer(Some(stranger.replica().me().person))
        .unwrap();
    stranger
        .vault
        .intend(hearth_core::sync::replica::Intent::AddDevice(
            newcomer.keys(),
        ));
    home.sync(&mut stranger);
    let circle = stranger.replica().id();
    pollster::block_on(other.vault.join(circle, &newcomer)).unwrap();
    other.vault.look_for_news();
    let theirs = other.next_call().unwrap();
    let reply = home.answer(&theirs);
    assert_eq!(empty.take(&asked, reply), Progress::Wait);
    empty.restart();
    assert_eq!(empty.stage(), Some(RecoveryStage::Arriving));
    let head = empty.replica().control_head();
    assert_eq!(head.seq, 0, "nothing of it counts");
    home.sync(&mut empty);
    assert_eq!(empty.told(), ["one"]);
}

#[test]
fn who_signs_with_another_key_is_told_the_same_as_who_asks_for_nothing_there() {
    let mut home = Home::new();
    let (_, words) = with_words(&mut home);
    let right = Phrase::read(&words).unwrap().secret().device();
    let other = Phrase::new([5; 16]).secret().device();
    let ask = |key: &DeviceSecret, signer: &DeviceSecret, signed: bool| {
        let body = RecoveryFind { key: key.id() }.encode();
        let request = Request {
            origin: ORIGIN,
            method: "POST",
            path: Endpoint::Recover.path(),
            body: &body,
        };
        let proof = request.prove(signer.id(), crate::world::NOON, &signer.signer);
        let proof = proof.to_header();
        let asked = Asked {
            endpoint: Endpoint::Recover,
            origin: ORIGIN,
            method: "POST",
            path: Endpoint::Recover.path(),
            proof: signed.then_some(proof.as_str()),
            body: &body,
        };
        let now = crate::world::NOON;
        let answered = pollster::block_on(home.api.answer(asked, now, &mut OsRandom));
        (answered.status, answered.body)
    };
    let no = (404, NOT_HERE.to_vec());
    assert_eq!(ask(&right, &other, true), no, "somebody else's key");
    assert_eq!(ask(&right, &right, false), no, "nobody signs");
    assert_eq!(ask(&other, &other, true), no, "nobody's words");
    assert_eq!(ask(&other, &right, true), no, "words that ask for others");
    assert_eq!(ask(&right, &right, true).0, 200);
}
