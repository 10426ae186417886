//! Taking a person or a phone out of the circle, from the press to what the others read after.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod world;

use hearth_core::circle::{Removal, SyncTrouble, Whereabouts};
use hearth_core::messages::Failure;
use hearth_core::vault::{Progress, Reply};
use hearth_protocol::exchange::{Endpoint, HoldAnswer};
use hearth_protocol::frame::Frame;
use hearth_protocol::{DeviceId, Object as _, PersonId, StreamId};
use hearth_tests::phones::Phone;
use world::{Home, Removing as _};

/// Mum began the circle and let two others in. Each has told something, and all have read it.
fn family() -> (Home, Phone, Phone, Phone) {
    let mut home = Home::new();
    let (mut mum, mut dad, mut nana) = (home.phone(1), home.phone(2), home.phone(3));
    mum.tell("from mum");
    home.sync(&mut mum);
    for (other, words) in [(&mut dad, "from dad"), (&mut nana, "from nana")] {
        mum.let_in(other, |phone| home.sync(phone));
        other.tell(words);
        home.sync(other);
    }
    for phone in [&mut mum, &mut dad, &mut nana] {
        home.sync(phone);
        assert_eq!(phone.words(), BEFORE);
    }
    home.carried.clear();
    (home, mum, dad, nana)
}

const BEFORE: [&str; 3] = ["from dad", "from mum", "from nana"];

fn opens(phone: &Phone, (stream, frame): &(StreamId, Frame)) -> bool {
    phone.replica().pry_open(*stream, frame).is_some()
}

#[test]
fn who_was_taken_out_reads_nothing_told_after_not_even_given_the_bytes() {
    let (mut home, mut mum, mut dad, mut nana) = family();
    assert_eq!(mum.removal_of(&nana), Some(Removal::Possible));
    mum.take_out(&nana).unwrap();
    assert_eq!(mum.removal_of(&nana), Some(Removal::Waiting));
    home.sync(&mut mum);
    assert_eq!(mum.shown(&nana), None);
    home.sync(&mut dad);
    for phone in [&mut mum, &mut dad] {
        phone.tell("after");
        home.sync(phone);
    }
    home.sync(&mut mum);
    home.sync(&mut nana);
    assert_eq!(nana.words(), BEFORE);
    assert_eq!(home.carried.len(), 2);
    for frame in &home.carried {
        assert_eq!(frame.1.epoch().unwrap(), 2);
        assert!(opens(&mum, frame) && opens(&dad, frame));
        assert!(!opens(&nana, frame));
    }
    for phone in [&mut mum, &mut dad] {
        phone.begin_again();
        let all = ["after", "after", "from dad", "from mum", "from nana"];
        assert_eq!(phone.words(), all, "what she told stays");
        assert_eq!(phone.circle().people.len(), 2);
    }
}

#[test]
fn who_was_taken_out_keeps_everything_and_says_that_nothing_is_taken_any_more() {
    let (mut home, mut mum, _, mut nana) = family();
    nana.tell("never sent");
    mum.take_out(&nana).unwrap();
    home.sync(&mut mum);
    for _ in 0..2 {
        home.sync(&mut nana);
        let sync = nana.circle().sync;
        assert_eq!(sync.trouble, Some(SyncTrouble::NotTaken));
        assert_eq!(sync.unsent, 1, "only what no server took");
        let all = ["from dad", "from mum", "from nana", "never sent"];
        assert_eq!(nana.words(), all);
        nana.begin_again();
        assert_eq!(nana.words(), all);
    }
    nana.tell("told all the same");
    home.sync(&mut nana);
    assert_eq!(nana.circle().sync.unsent, 2);
    home.sync(&mut mum);
    assert_eq!(mum.words(), BEFORE);
}

#[test]
fn what_is_told_after_an_offline_removal_is_not_for_them() {
    let (mut home, mut mum, mut dad, mut nana) = family();
    mum.take_out(&nana).unwrap();
    mum.tell("after");
    let call = mum.next_call().unwrap();
    assert_eq!(mum.take(&call, Reply::Unreachable), Progress::Wait);
    mum.begin_again();
    assert_eq!(mum.removal_of(&nana), Some(Removal::Waiting));
    // She still writes, and what the server took of it counts.
    nana.tell("meanwhile");
    home.sync(&mut nana);
    dad.tell("before it is known");
    home.sync(&mut dad);
    home.carried.clear();
    home.sync(&mut mum);
    assert_eq!(mum.shown(&nana), None);
    let [after] = &home.carried[..] else {
        panic!("{} frames", home.carried.len())
    };
    assert!(!opens(&nana, after) && opens(&mum, after));
    home.sync(&mut nana);
    home.sync(&mut dad);
    let mut all = vec!["after", "before it is known"];
    all.extend([&BEFORE[..], &["meanwhile"]].concat());
    assert_eq!(dad.words(), all);
    assert_eq!(mum.words(), all);
    assert!(!nana.words().contains(&"after".to_owned()));
}

#[test]
fn a_hold_that_ran_out_is_asked_for_again_and_no_frame_is_lost() {
    let (mut home, mut mum, _, mut nana) = family();
    mum.take_out(&nana).unwrap();
    let call = mum.next_call().unwrap();
    assert_eq!(call.endpoint, Endpoint::Hold);
    let reply = home.answer(&call);
    home.wait(61_000);
    nana.tell("in between");
    home.sync(&mut nana);
    assert_eq!(mum.take(&call, reply), Progress::GoOn);
    let call = mum.next_call().unwrap();
    assert_eq!(call.endpoint, Endpoint::Exchange);
    let reply = home.answer(&call);
    assert_eq!(
        mum.take(&call, reply),
        Progress::Wait,
        "it is put off: no loop"
    );
    assert_eq!(mum.removal_of(&nana), Some(Removal::Waiting));
    home.sync(&mut mum);
    assert_eq!(mum.shown(&nana), None);
    assert!(mum.words().contains(&"in between".to_owned()));
}

#[test]
fn a_server_that_names_older_frames_gets_no_signature() {
    let (mut home, mut mum, _, nana) = family();
    mum.take_out(&nana).unwrap();
    let before = mum.replica().control_head();
    let call = mum.next_call().unwrap();
    let lie = HoldAnswer {
        cuts: Vec::new(),
        until: 0,
    };
    let lie = Reply::Answered {
        status: 200,
        body: lie.encode(),
    };
    assert_eq!(mum.take(&call, lie), Progress::Wait);
    // What is told is not held up by it.
    mum.tell("told meanwhile");
    let call = mum.next_call().unwrap();
    assert_eq!(call.endpoint, Endpoint::Exchange);
    let reply = home.answer(&call);
    mum.take(&call, reply);
    assert_eq!(home.carried.len(), 1);
    assert_eq!(mum.replica().control_head(), before);
    assert_eq!(mum.removal_of(&nana), Some(Removal::Waiting));
    home.sync(&mut mum);
    assert_eq!(mum.shown(&nana), None);
}

#[test]
fn a_lost_phone_of_my_own_is_taken_out_and_its_person_stays() {
    let (mut home, _, mut dad, _) = family();
    let mut lost = home.phone(4);
    dad.let_in_own(&mut lost, |phone| home.sync(phone));
    lost.tell("from the lost phone");
    home.sync(&mut lost);
    home.sync(&mut dad);
    let (person, device) = lost.me();
    let own = dad.shown(&dad).unwrap();
    assert_eq!(own.removal, Removal::NotFromHere);
    let removals = own.devices.iter().map(|own| (own.id, own.removal));
    let expected = |(id, removal): (DeviceId, Removal)| {
        let is_other = id == device;
        assert_eq!(removal == Removal::Possible, is_other);
    };
    removals.for_each(expected);
    dad.remove(person, Some(device)).unwrap();
    home.sync(&mut dad);
    assert_eq!(dad.shown(&dad).unwrap().devices.len(), 1);
    dad.tell("after");
    home.sync(&mut dad);
    home.sync(&mut lost);
    assert!(!lost.words().contains(&"after".to_owned()));
    assert!(!opens(&lost, home.carried.last().unwrap()));
    assert_eq!(
        lost.circle().sync.trouble,
        Some(SyncTrouble::NotTaken),
        "its screen says so"
    );
    assert!(dad.words().contains(&"from the lost phone".to_owned()));
}

#[test]
fn what_may_not_be_taken_out_gets_a_clear_answer() {
    let (_, mut mum, mut dad, nana) = family();
    let (mine, this) = mum.me();
    let other = nana.me();
    assert_eq!(mum.remove(mine, Some(this)), Err(Failure::ThisPhone));
    assert_eq!(mum.remove(mine, None), Err(Failure::ThisPhone));
    assert_eq!(mum.remove(PersonId([5; 16]), None), Err(Failure::NotFound));
    assert_eq!(mum.remove(mine, Some(other.1)), Err(Failure::NotFound));
    // One phone of somebody else is theirs to take out; all of them go with the person.
    assert_eq!(mum.remove(other.0, Some(other.1)), Err(Failure::NotAllowed));
    assert_eq!(dad.take_out(&nana), Err(Failure::NotAllowed));
    assert_eq!(dad.removal_of(&nana), Some(Removal::NotFromHere));
    assert!(mum.circle().people.iter().all(|person| {
        let mut devices = person.devices.iter();
        person.removal != Removal::Waiting
            && devices.all(|device| device.removal == Removal::NotFromHere)
    }));
}

#[test]
fn what_the_server_took_is_still_where_it_was_on_a_phone_that_was_taken_out() {
    let (mut home, mut mum, _, mut nana) = family();
    mum.take_out(&nana).unwrap();
    home.sync(&mut mum);
    home.sync(&mut nana);
    let places = nana.places();
    assert_eq!(places, [Whereabouts::Safe; 3]);
}
