//! Two vaults and the server's own door: invited, compared, let in, and both tell.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

use hearth_core::circle::{CircleView, InviteStage, JoinStage, Whereabouts, Whom};
use hearth_core::draft::{Draft, DraftPatch};
use hearth_core::memory::MemoryStore;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::photo::PreparedPhoto;
use hearth_core::ports::{Clock, NoRandomness, Random};
use hearth_core::record::{Record, RecordKind, WORDS};
use hearth_core::timeline::{Filter, Page};
use hearth_core::vault::{Outgoing, Progress, Reply, Vault};
use hearth_core::{EntityId, Key, Millis};
use hearth_server::api::{Api, Asked, OsRandom, Settings};
use hearth_server::db::MemoryDatabase;
use hearth_server::identity::{Identity, IdentityRecord};
use std::cell::Cell;
use std::rc::Rc;

#[path = "two_phones/arrival.rs"]
mod arrival;
#[path = "two_phones/coming_in.rs"]
mod coming_in;
#[path = "two_phones/inviting.rs"]
mod inviting;
#[path = "two_phones/tabs.rs"]
mod tabs;

const ORIGIN: &str = "https://hearth.example";
/// 2026-05-31 12:00 UTC.
const NOON: Millis = 1_780_228_800_000;

#[derive(Clone)]
struct World(Rc<Cell<Millis>>);

impl Clock for World {
    fn now(&self) -> Millis {
        self.0.get()
    }

    fn offset(&self, _: Millis) -> i32 {
        60
    }
}

impl Random for World {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

struct Home {
    api: Api<MemoryDatabase>,
    database: MemoryDatabase,
    world: World,
}

impl Home {
    fn new() -> Self {
        let identity = Identity::new(&IdentityRecord {
            id: [1; 16],
            seed: [2; 32],
        });
        let database = MemoryDatabase::default();
        Self {
            api: Api::new(database.clone(), identity, Settings::default()),
            database,
            world: World(Rc::new(Cell::new(NOON))),
        }
    }

    fn phone(&self, number: u8) -> Phone {
        let (store, key) = (MemoryStore::default(), Key::new([number; 32]));
        Phone::start(store, key, self.world.clone())
    }

    /// Everything that this phone can do with the server now.
    fn sync(&self, phone: &mut Phone) {
        self.sync_through(phone, |_, answer| answer);
    }

    /// The same, with something in between that may give other answers.
    fn sync_through(&self, phone: &mut Phone, mut between: impl FnMut(&Outgoing, Reply) -> Reply) {
        phone.vault.look_for_news();
        for _ in 0..200 {
            let Some(call) = pollster::block_on(phone.vault.next_call()).unwrap() else {
                return;
            };
            let asked = Asked {
                endpoint: call.endpoint,
                origin: ORIGIN,
                method: "POST",
                path: call.endpoint.path(),
                proof: call.proof.as_deref(),
                body: &call.body,
            };
            let now = self.world.now();
            let answered = pollster::block_on(self.api.answer(asked, now, &mut OsRandom));
            let reply = Reply::Answered {
                status: answered.status,
                body: answered.body,
            };
            let reply = between(&call, reply);
            let progress = pollster::block_on(phone.vault.take_reply(call.number, reply)).unwrap();
            if progress == Progress::Wait {
                return;
            }
        }
        panic!("it never rests");
    }
}

struct Phone {
    store: MemoryStore,
    key: Key,
    world: World,
    vault: Vault<MemoryStore, World>,
}

impl Phone {
    fn start(store: MemoryStore, key: Key, world: World) -> Self {
        let opened = Vault::open(store.clone(), &key, world.clone());
        let mut vault = pollster::block_on(opened).unwrap();
        vault.connect(ORIGIN);
        Self {
            store,
            key,
            world,
            vault,
        }
    }

    fn restart(self) -> Self {
        Self::start(self.store, self.key, self.world)
    }

    /// Another tab over the same store.
    fn tab(&self) -> Self {
        Self::start(self.store.clone(), self.key.clone(), self.world.clone())
    }

    fn try_ask(&mut self, request: Request) -> Result<Response, Failure> {
        pollster::block_on(self.vault.answer(request, None))
    }

    fn ask(&mut self, request: Request) -> Response {
        self.try_ask(request).unwrap()
    }

    /// Takes every invite back, or clears it.
    fn cancel_invites(&mut self) {
        for invite in self.circle().invites {
            self.ask(Request::CancelInvite(invite.id));
        }
    }

    fn circle(&mut self) -> CircleView {
        match self.ask(Request::Circle) {
            Response::Circle(circle) => *circle,
            other => panic!("{other:?}"),
        }
    }

    fn draft(&mut self, request: Request) -> Draft {
        match self.ask(request) {
            Response::Draft(draft) => *draft,
            other => panic!("{other:?}"),
        }
    }

    fn save(&mut self, draft: &Draft) -> Record {
        let save = Request::Save {
            draft: draft.id,
            kind: draft.kind,
            patch: DraftPatch {
                child: draft.child,
                day: draft.day,
                fields: draft.fields.clone(),
            },
        };
        match self.ask(save) {
            Response::Saved(record) => *record,
            other => panic!("{other:?}"),
        }
    }

    fn tell(&mut self, words: &str) -> Record {
        let mut draft = self.draft(Request::Begin(RecordKind::Story));
        draft.fields.insert(WORDS, words.into());
        self.save(&draft)
    }

    fn tell_with_photo(&mut self, words: &str) -> Record {
        let mut draft = self.draft(Request::Begin(RecordKind::Story));
        draft.fields.insert(WORDS, words.into());
        let photo = PreparedPhoto {
            jpeg: jpeg(b"photo"),
            thumbnail: jpeg(b"small"),
            width: 4,
            height: 3,
            taken: None,
        };
        let add = Request::AddPhoto {
            draft: draft.id,
            kind: draft.kind,
        };
        pollster::block_on(self.vault.answer(add, Some(photo))).unwrap();
        self.save(&draft)
    }

    fn edit(&mut self, id: EntityId, words: &str) -> Record {
        let mut draft = self.draft(Request::Edit(id));
        draft.fields.insert(WORDS, words.into());
        self.save(&draft)
    }

    fn read(&mut self, id: EntityId) -> Record {
        match self.ask(Request::Read(id)) {
            Response::Record(record) => *record,
            other => panic!("{other:?}"),
        }
    }

    fn words(&mut self) -> Vec<String> {
        let page: Page = match self.ask(Request::Timeline {
            filter: Filter::default(),
            offset: 0,
            limit: 100,
        }) {
            Response::Page(page) => page,
            other => panic!("{other:?}"),
        };
        let mut words: Vec<String> = page.records.into_iter().map(|one| one.words).collect();
        words.sort();
        words
    }

    fn invite(&mut self, whom: Whom) {
        self.ask(Request::Invite {
            whom,
            name: "Mum".into(),
            is_quick: false,
        });
    }
}

/// The whole way, both processes ended between any two steps.
fn bring_in(home: &Home, first: &mut Phone, second: &mut Phone, whom: Whom) {
    first.invite(whom);
    let restart = |phone: &mut Phone| {
        let (store, key, world) = (phone.store.clone(), phone.key.clone(), phone.world.clone());
        *phone = Phone::start(store, key, world);
    };
    home.sync(first);
    restart(first);
    let invite = first.circle().invites[0].clone();
    assert_eq!(invite.stage, InviteStage::Open);
    second.ask(Request::ReadInvite(format!(" {}\n", invite.link)));
    restart(second);
    home.sync(second);
    let joining = second.circle().joining.unwrap();
    assert_eq!(
        (joining.stage, joining.offer.unwrap().by.as_str()),
        (JoinStage::Offered, "Mum")
    );
    second.ask(Request::AcceptInvite {
        name: "Nana".into(),
    });
    restart(second);
    home.sync(second);
    assert_eq!(second.circle().joining.unwrap().stage, JoinStage::Claiming);
    home.sync(first);
    restart(first);
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
    restart(second);
    let stage = second.circle().joining.unwrap().stage;
    let comparing = |is_confirmed| JoinStage::Comparing {
        pictures,
        is_confirmed,
    };
    assert_eq!(stage, comparing(false));
    second.ask(Request::ConfirmJoin(pictures));
    restart(second);
    assert_eq!(second.circle().joining.unwrap().stage, comparing(true));
    first.ask(Request::ApproveInvite(invite.id));
    restart(first);
    home.sync(first);
    assert_eq!(first.circle().invites[0].stage, InviteStage::Done);
    first.ask(Request::CancelInvite(invite.id));
    home.sync(first);
    home.sync(second);
    restart(second);
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
        record: told.id,
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
    first.tell("told");
    first.invite(Whom::MyPhone);
    home.sync(&mut first);
    let link = first.circle().invites[0].link.clone();
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
    home.world.0.set(NOON + 80 * 3_600_000);
    third.ask(Request::ReadInvite(expiring.link));
    home.sync(&mut third);
    assert_eq!(third.circle().joining.unwrap().stage, JoinStage::Gone);
    home.sync(&mut first);
    let views = first.circle().invites;
    let view = views.iter().find(|one| one.id == expiring.id).unwrap();
    assert_eq!(view.stage, InviteStage::Expired);
}

/// The smallest bytes that a kept photo may have: a JPEG with nothing but picture data.
fn jpeg(content: &[u8]) -> Vec<u8> {
    [
        &[0xff, 0xd8, 0xff, 0xda, 0x00, 0x02][..],
        content,
        &[0xff, 0xd9],
    ]
    .concat()
}
