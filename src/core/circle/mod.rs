//! The circle as a person meets it: who is in it, who was invited, and whether what was told
//! here is safe. Keys and entries stay in [`crate::sync`]; names are content, like everything
//! else that a person wrote.

pub mod card;
pub mod invite;
pub mod note;
pub mod words;

pub use invite::{InviteStage, InviteView, JoinStage, JoinView, Whom};
pub use words::{RecoveryStage, RecoveryView, WordsStanding, WordsView};

use hearth_protocol::{DeviceId, Millis, PersonId};
use serde::{Deserialize, Serialize};

/// Everything a screen about the circle shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleView {
    /// Everybody who reads what is told here, this person first. Empty before the first save.
    pub people: Vec<Person>,
    /// Invites that this phone made and that are not over.
    pub invites: Vec<InviteView>,
    /// An invite that this phone is following.
    pub joining: Option<JoinView>,
    /// The recovery words of this phone's person.
    pub words: WordsView,
    /// This phone is coming back with recovery words.
    pub recovery: Option<RecoveryView>,
    /// Whether this person may invite others.
    pub may_invite: bool,
    /// How it stands with the server.
    pub sync: SyncView,
}

/// A person of the circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Which.
    pub id: PersonId,
    /// What they are called here; empty where nobody said.
    pub name: String,
    /// Whether it is the person of this phone.
    pub is_me: bool,
    /// Their devices.
    pub devices: Vec<Device>,
    /// Whether this phone can take them out, with all their devices.
    pub removal: Removal,
}

/// A device of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Which.
    pub id: DeviceId,
    /// What it is called; empty where nobody said.
    pub name: String,
    /// Whether it is this one.
    pub is_this: bool,
    /// It came in with the recovery words alone: the person should know that it was them.
    pub came_by_words: bool,
    /// Whether it has come since it was approved, and holds its keys.
    pub has_come: bool,
    /// Whether this phone can take it out alone.
    pub removal: Removal,
}

/// How it stands with taking a person or a device out of the circle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Removal {
    /// Not from this phone.
    #[default]
    NotFromHere,
    /// This phone can.
    Possible,
    /// Asked for here and kept; the server has not taken it yet, so they read on until then.
    Waiting,
}

/// How it stands between this phone and the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncView {
    /// Records with something that no server has yet.
    pub unsent: usize,
    /// Photos that no server has signed for yet.
    pub unsent_photos: usize,
    /// When the server answered last, by this phone's clock, in milliseconds since 1970.
    pub last: Option<Millis>,
    /// The server had lost some of what it held, within the last thirty days.
    pub loss: Option<Loss>,
    /// When this phone found that its store was copied or set back, within the last thirty days,
    /// by its own clock, in milliseconds since 1970.
    pub went_back: Option<Millis>,
    /// What keeps this phone from sending.
    pub trouble: Option<SyncTrouble>,
    /// When a backup was last made on this phone, in milliseconds since 1970.
    pub backup: Option<Millis>,
    /// When photos travel.
    pub photos_travel: PhotosTravel,
    /// Some stay where they are because of that.
    pub are_photos_held: bool,
}

/// When photos travel from and to this phone. Words always do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PhotosTravel {
    /// At once.
    #[default]
    Always,
    /// On a network that costs nothing by the byte, where the browser tells.
    OnWifi,
    /// When somebody says so.
    WhenAsked,
}

/// The server went back to an older state, or was set up anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// When this phone noticed, by its own clock, in milliseconds since 1970.
    pub noticed: Millis,
    /// It does not have everything of this phone again yet.
    pub is_told_again: bool,
}

/// What keeps a phone from sending. Saving goes on regardless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncTrouble {
    /// The circle has two histories; this phone keeps its own.
    TwoHistories,
    /// This phone's store was put back to an older state, or copied.
    StoreWentBack,
    /// The server does not take what this phone sends: it may have been removed.
    NotTaken,
    /// Another version of the app is needed first.
    UpdateNeeded,
    /// The server has no room for what this phone sends.
    ServerFull,
    /// Another server stands where the circle's own was.
    OtherServer {
        /// Whether this person may say that it is to have the circle.
        may_move: bool,
    },
}

/// Where a record is. Each is true of all its parts: words, photos, thumbnails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Whereabouts {
    /// On this phone, and no server was ever reached.
    #[default]
    OnThisPhone,
    /// Some part of it waits to be sent.
    Waiting,
    /// All that this person's phones have of it is on the server. Photos of somebody else's are
    /// not here yet: perhaps only their phone has them.
    Arriving,
    /// The server has all of it, and nobody but this phone has a key.
    SentOnlyHere,
    /// The server signed for all of it, and another device, a backup or recovery words can open it.
    Safe,
}
