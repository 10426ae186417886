//! Two vaults and the server's own door: invited, compared, let in, and both tell.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

mod arrival;
mod arriving;
mod backlog;
mod coming_in;
mod earlier;
mod inviting;
mod moving;
mod photos;
mod portal;
mod tabs;

use hearth_core::circle::{InviteStage, JoinStage, Whereabouts, Whom};
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::record::WORDS;
use hearth_core::vault::Outgoing;
use hearth_core::world::NOON;
use hearth_tests::phones::{Home, Phone};

/// An invite to a second phone that lies with the server, by its link.
fn offer(home: &Home, first: &mut Phone) -> String {
    first.tell("told");
    first.invite(Whom::MyPhone);
    home.sync(first);
    first.circle().invites[0].link.clone()
}

/// The whole way, both processes ended between any two steps.
fn bring_in(home: &Home, first: &mut Phone, second: &mut Phone, whom: Whom) {
    first.invite(whom);
    home.sync(first);
    first.begin_again();
    let invite = first.circle().invites[0].clone();
    assert_eq!(invite.stage, InviteStage::Open);
    second.ask(Request::ReadInvite(format!(" {}\n", invite.link)));
    second.begin_again();
    home.sync(second);
    let joining = second.circle().joining.unwrap();
    assert_eq!(
        (joining.stage, joining.offer.unwrap().by.as_str()),
        (JoinStage::Offered, "Mum")
    );
    second.ask(Request::AcceptInvite {
        name: "Nana".into(),
    });
    second.begin_again();
    home.sync(second);
    assert_eq!(second.circle().joining.unwrap().stage, JoinStage::Claiming);
    home.sync(first);
    first.begin_again();
    home.sync(first);
    let InviteStage::Claimed {
        name,
        pictures: Some(pictures),
        alarm: false,
    } = first.circle().invites[0].stage.clone()
    else {
        panic!("{:?}", first.circle().invites)
    };
    assert_eq!(name, "Nana");
    home.sync(second);
    second.begin_again();
    let stage = second.circle().joining.unwrap().stage;
    let comparing = |is_confirmed| JoinStage::Comparing {
        pictures,
        is_confirmed,
    };
    assert_eq!(stage, comparing(false));
    second.ask(Request::ConfirmJoin(pictures));
    second.begin_again();
    assert_eq!(second.circle().joining.unwrap().stage, comparing(true));
    first.ask(Request::ApproveInvite(invite.id));
    first.begin_again();
    home.sync(first);
    assert_eq!(first.circle().invites[0].stage, InviteStage::Done);
    first.ask(Request::CancelInvite(invite.id));
    home.sync(first);
    home.sync(second);
    second.begin_again();
    home.sync(second);
    assert_eq!(second.circle().joining, None);
    assert_eq!(first.circle().invites, []);
}

#[test]
fn a_story_with_a_photo_told_on_one_phone_is_read_on_another_persons() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    let told = first.tell_with_photo("He rode the bus alone");
    assert_eq!(told.whereabouts, Whereabouts::OnThisPhone);
    home.sync(&mut first);
    assert_eq!(first.read(told.id).whereabouts, Whereabouts::SentOnlyHere);
    let own = second.tell("told here before");
    bring_in(
        &home,
        &mut first,
        &mut second,
        Whom::Person { reads_all: true },
    );
    assert_eq!(
        second.words(),
        ["He rode the bus alone", "told here before"]
    );
    let read = second.read(told.id);
    assert!(!read.is_mine);
    assert_eq!((read.by.as_str(), read.photos.len()), ("Mum", 1));
    for blob in [read.photos[0].blob, read.photos[0].thumbnail] {
        assert_eq!(
            second.ask(Request::Blob(blob)),
            first.ask(Request::Blob(blob))
        );
    }
    home.sync(&mut first);
    assert_eq!(first.words(), second.words());
    assert_eq!(first.read(own.id).by, "Nana");
    assert_eq!(first.read(told.id).whereabouts, Whereabouts::Safe);
    assert_eq!(
        second.try_ask(Request::Edit(told.id)),
        Err(Failure::NotYours)
    );
    assert_eq!(
        second.try_ask(Request::Delete(told.id)),
        Err(Failure::NotYours)
    );
    second.ask(Request::AddNote {
        record: told.id,
        words: "I saw him wave".into(),
    });
    home.sync(&mut second);
    home.sync(&mut first);
    let noted = first.read(told.id);
    assert_eq!(noted.notes[0].words, "I saw him wave");
    assert_eq!(noted.notes[0].by, "Nana");
    let all = home.database.snapshot();
    drop(all);
    let mut first = first.restart();
    assert_eq!(first.words(), second.words());
}

#[test]
fn two_phones_of_one_person_that_change_a_field_offline_keep_both_versions() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    let told = first.tell("first words");
    bring_in(&home, &mut first, &mut second, Whom::MyPhone);
    assert!(second.read(told.id).is_mine);
    first.edit(told.id, "changed on the first phone");
    second.edit(told.id, "changed on the second phone");
    home.sync(&mut first);
    home.sync(&mut second);
    home.sync(&mut first);
    let (here, there) = (first.read(told.id), second.read(told.id));
    assert_eq!(here.fields, there.fields);
    assert_eq!(here.conflicts, there.conflicts);
    let mut versions = here.conflicts[0].versions.clone();
    versions.sort();
    assert_eq!(
        versions,
        ["changed on the first phone", "changed on the second phone"]
    );
    let settled = second.ask(Request::Settle {
        of: told.id,
        field: WORDS,
        words: "both".into(),
    });
    let Response::Record(settled) = settled else {
        panic!("{settled:?}")
    };
    assert!(settled.conflicts.is_empty());
    home.sync(&mut second);
    home.sync(&mut first);
    assert_eq!(first.read(told.id).fields, second.read(told.id).fields);
    assert!(first.read(told.id).conflicts.is_empty());
}

#[test]
fn who_reads_from_now_on_reads_nothing_from_before() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("before");
    home.sync(&mut first);
    bring_in(
        &home,
        &mut first,
        &mut second,
        Whom::Person { reads_all: false },
    );
    assert_eq!(second.words(), Vec::<String>::new());
    first.tell("after");
    home.sync(&mut first);
    home.sync(&mut second);
    assert_eq!(second.words(), ["after"]);
    second.tell("from the second");
    home.sync(&mut second);
    home.sync(&mut first);
    assert_eq!(first.words(), ["after", "before", "from the second"]);
    let mut second = second.restart();
    assert_eq!(second.words(), ["after", "from the second"]);
}

#[test]
fn a_used_an_unknown_and_an_expired_invite_get_a_clear_answer() {
    let home = Home::new();
    let (mut first, mut second, mut third) = (home.phone(1), home.phone(2), home.phone(3));
    let link = offer(&home, &mut first);
    for wrong in [
        "",
        "https://hearth.example/join",
        "hello",
        &link[..link.len() - 3],
    ] {
        let read = Request::ReadInvite(wrong.to_owned());
        assert_eq!(second.try_ask(read), Err(Failure::NotALink), "{wrong}");
    }
    let later = Request::ReadInvite(link.replace("#v1.", "#v2."));
    assert_eq!(second.try_ask(later), Err(Failure::LaterLink));
    for phone in [&mut second, &mut third] {
        phone.ask(Request::ReadInvite(link.clone()));
        home.sync(phone);
        phone.ask(Request::AcceptInvite {
            name: "Phone".into(),
        });
        home.sync(phone);
    }
    assert_eq!(second.circle().joining.unwrap().stage, JoinStage::Claiming);
    assert_eq!(third.circle().joining.unwrap().stage, JoinStage::Gone);
    home.sync(&mut first);
    home.sync(&mut first);
    let stage = first.circle().invites[0].stage.clone();
    assert!(
        matches!(stage, InviteStage::Claimed { alarm: true, .. }),
        "{stage:?}"
    );
    third.ask(Request::LeaveInvite);
    first.invite(Whom::MyPhone);
    home.sync(&mut first);
    let expiring = first
        .circle()
        .invites
        .iter()
        .find(|one| one.stage == InviteStage::Open)
        .cloned();
    let expiring = expiring.unwrap();
    home.world.set(NOON + 80 * 3_600_000);
    third.ask(Request::ReadInvite(expiring.link));
    home.sync(&mut third);
    assert_eq!(third.circle().joining.unwrap().stage, JoinStage::Gone);
    home.sync(&mut first);
    let views = first.circle().invites;
    let view = views.iter().find(|one| one.id == expiring.id).unwrap();
    assert_eq!(view.stage, InviteStage::Expired);
}
