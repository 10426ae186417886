//! What the page and the worker say to each other, and nothing else passes between them.
//!
//! The page sends `(number, Request)` and gets `(number, Result<Response, Failure>)`. Number 0 is
//! the worker speaking by itself: an [`Event`]. Bytes are postcard: both ends are always of one
//! build, so this is no format that lasts.

use crate::child::Child;
use crate::circle::words::{NewWords, TypedWords, WordsFault};
use crate::circle::{CircleView, PhotosTravel, Whom};
use crate::draft::{Draft, DraftPatch};
use crate::record::{Record, RecordKind};
use crate::timeline::{Filter, Page};
use crate::vault::{BackupStep, OnlyHere, Restored};
use hearth_protocol::{DeviceId, EntityId, InviteId, PersonId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Opens the vault, or makes one where none is named and none is there. Answers `Opened`.
    Open {
        /// The vault the phone used last.
        vault: Option<EntityId>,
    },
    /// Answers `Page`.
    Timeline {
        /// Which records.
        filter: Filter,
        /// How many to leave out at the start.
        offset: usize,
        /// How many to show at most.
        limit: usize,
    },
    /// Answers `Record`.
    Read(EntityId),
    /// Answers `Drafts`: all that is unsaved, newest first.
    Drafts,
    /// Begins a new draft, which is kept from its first journal on. Answers `Draft`.
    Begin(RecordKind),
    /// Begins to edit a record, or goes on where that was left. Answers `Draft`.
    Edit(EntityId),
    /// Keeps what was typed. Answers `Kept`.
    Journal {
        /// The draft as its `Begin`, `Edit` or `Drafts` answered it.
        draft: EntityId,
        /// What kind it is, should the worker not know it any more.
        kind: RecordKind,
        /// What is in it now.
        patch: DraftPatch,
    },
    /// Adds the file that travels beside this message. Answers `Draft`.
    AddPhoto {
        /// To which draft.
        draft: EntityId,
        /// What kind it is, should the worker not know it any more.
        kind: RecordKind,
    },
    /// Takes a photo out of a draft. Answers `Draft`.
    RemovePhoto {
        /// Out of which draft.
        draft: EntityId,
        /// Which photo.
        photo: EntityId,
    },
    /// Says what is on a photo. Answers `Draft`.
    CaptionPhoto {
        /// Of which draft.
        draft: EntityId,
        /// Which photo.
        photo: EntityId,
        /// What is on it.
        caption: String,
    },
    /// Throws a draft away. Answers `Draft`, for `PutBack`.
    Discard(EntityId),
    /// Undoes `Discard`. Answers `Kept`.
    PutBack(Draft),
    /// Saves a draft with what is in it now. Answers `Saved` after commit and read-back.
    Save {
        /// Which draft.
        draft: EntityId,
        /// What kind it is, should the worker not know it any more.
        kind: RecordKind,
        /// What is in it now.
        patch: DraftPatch,
    },
    /// Puts a record in the bin. Answers `Done`.
    Delete(EntityId),
    /// Takes it out again. Answers `Done`.
    Restore(EntityId),
    /// Ends a record in the bin for good. Answers `Done`.
    Erase(EntityId),
    /// Answers `Bytes`: a photo or thumbnail, JPEG.
    Blob(EntityId),
    /// Answers `Children` with the new one last.
    AddChild(String),
    /// Answers `Children`.
    RenameChild {
        /// Which child.
        child: EntityId,
        /// The new name.
        name: String,
    },
    /// Answers `Health`.
    Health,
    /// Answers `Circle`.
    Circle,
    /// Makes an invite. Answers `Circle` with it.
    Invite {
        /// For whom.
        whom: Whom,
        /// What they know this person as; may be empty for one's own phone.
        name: String,
        /// Shown as a QR code and followed at once: good for ten minutes, not three days.
        is_quick: bool,
    },
    /// The circle is to be on the server that stands where its own was. Answers `Circle`.
    MoveToServer,
    /// Takes an invite back, or clears one that is over. Answers `Circle`.
    CancelInvite(InviteId),
    /// The pictures are the same: lets them in. Answers `Circle`.
    ApproveInvite(InviteId),
    /// Follows a link that was opened, scanned or pasted. Answers `Circle`.
    ReadInvite(String),
    /// Says yes to the invite that was read. Answers `Circle`.
    AcceptInvite {
        /// What the others call this person; for one's own other phone, what the phone is called.
        name: String,
    },
    /// The joiner's side: these are the pictures that the person sees on both phones. Nothing of
    /// this phone moves before. Answers `Circle`.
    ConfirmJoin([u8; 4]),
    /// The pictures are not the same: ends it, with nothing moved. Answers `Circle`.
    RefuseJoin,
    /// Stops following an invite. Answers `Circle`.
    LeaveInvite,
    /// Takes a person out of the circle, or one phone of one's own. Answers `Circle`.
    Remove {
        /// Whom, or whose phone.
        person: PersonId,
        /// Only this device.
        device: Option<DeviceId>,
    },
    /// Makes recovery words, to be shown once. Nothing counts before `ConfirmWords`; made again
    /// they are others. Answers `Words`.
    MakeWords,
    /// The words that `NewWords::asked` names, in that order. From here on they were made, also
    /// without a network; `CircleView::words` says when the server has them. Answers `Circle`.
    ConfirmWords([String; 3]),
    /// The screen with the words was left: they go from memory. Answers `Done`.
    ForgetWords,
    /// This person wants no words; may be taken back by making some. Answers `Circle`.
    DeclineWords,
    /// The person was told that another phone of theirs made words. Answers `Circle`.
    SeenWords,
    /// Comes back with twelve words: `CircleView::recovery` says how it goes. Answers `Circle`.
    RestoreByWords(TypedWords),
    /// Stops coming back with words. Answers `Circle`.
    StopRestoring,
    /// Adds a note to a record. Answers `Record`.
    AddNote {
        /// To which record.
        record: EntityId,
        /// What it says.
        words: String,
    },
    /// Of several versions of a field keeps these words, or brings an earlier one back: an edit like
    /// any other. Answers `Record`.
    Settle {
        /// Of what: a record, or one of its photos.
        of: EntityId,
        /// Of which field.
        field: u64,
        /// What it says from now on. Words of one's own only where its versions stand beside one
        /// another.
        words: String,
    },
    /// Answers `Code`: a link as a QR code.
    DrawCode(String),
    /// When photos travel from and to this phone, from now on. Answers `Circle`.
    LetPhotosTravel(PhotosTravel),
    /// Those that wait may travel now. Answers `Circle`.
    LetPhotosGo,
    /// Asks the server for news now. Answers `Done`.
    LookForNews,
    /// Begins an encrypted backup of everything, in the place of one that was begun. Answers
    /// `Backup`.
    Backup {
        /// What opens it.
        passphrase: String,
    },
    /// Makes the next piece of the backup. Answers `Backup`, with the part beside it that is done.
    ContinueBackup,
    /// Ends the backup. Answers `Done`.
    EndBackup {
        /// The page has all its parts. Else it is forgotten.
        is_kept: bool,
    },
    /// What would be lost with this phone, as the store has it now. Answers `OnlyHere`.
    OnlyHere,
    /// Removes the vault from this phone, and its key first. Nobody else is told of it. Answers
    /// `Done`.
    RemoveVault,
    /// Brings back the backup whose files travel beside this message. Answers `Restored`.
    RestoreBackup {
        /// What opens it.
        passphrase: String,
    },
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Response {
    /// The vault is open.
    Opened(Opened),
    /// Part of the timeline.
    Page(Page),
    /// One record.
    Record(Box<Record>),
    /// Everything unsaved.
    Drafts(Vec<Draft>),
    /// One draft as it is kept.
    Draft(Box<Draft>),
    /// The journal has it.
    Kept,
    /// The record is saved: committed and read back.
    Saved(Box<Record>),
    /// It is done and durable.
    Done,
    /// A blob.
    Bytes(Vec<u8>),
    /// Every child, in the order they were added.
    Children(Vec<Child>),
    /// How the store is.
    Health(Health),
    /// The circle.
    Circle(Box<CircleView>),
    /// New recovery words.
    Words(NewWords),
    /// A QR code.
    Code {
        /// Modules on a side.
        side: i32,
        /// The dark ones as an SVG path, one unit each.
        path: String,
    },
    /// A backup is being made.
    Backup(BackupStep),
    /// A backup is back.
    Restored(Restored),
    /// What only this phone has.
    OnlyHere(OnlyHere),
}

/// What the worker found when it opened the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Which vault, for the phone to remember.
    pub vault: EntityId,
    /// Every child, in the order they were added.
    pub children: Vec<Child>,
    /// All that is unsaved, newest first.
    pub drafts: Vec<Draft>,
    /// How the store is.
    pub health: Health,
    /// Nothing was ever saved in it.
    pub is_new: bool,
}

/// How the store is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Records that are not in the bin.
    pub records: usize,
    /// Records in the bin.
    pub in_bin: usize,
    /// Rows that did not open: damaged. They are kept as they are.
    pub damaged: usize,
    /// Rows of a newer build. They are kept and open after an update.
    pub later: usize,
    /// The vault key lies unwrapped, because this browser could not keep a wrapping key.
    pub key_is_plain: bool,
}

/// What the worker says by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// Another tab or another phone changed something: read again what is on the screen.
    Changed,
    /// The circle, an invite or what is sent looks different now.
    Circle(Box<CircleView>),
    /// Another tab removes the vault: this worker ends.
    Removed,
    /// The browser cleared the store while it was open. An empty one was opened in its place: ask
    /// for it with `Open`.
    Cleared,
}

/// Why it was not done. Nothing that was kept before is lost by any of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    /// There is no room for it.
    #[error("no room left")]
    Full,
    /// The store does not answer.
    #[error("the store does not answer: {0}")]
    Lost(String),
    /// The store undid it.
    #[error("the store refused: {0}")]
    Refused(String),
    /// A newer version of the app wrote the store. Its rows lie as they did.
    #[error("the store is of a newer version")]
    LaterStore,
    /// The browser cleared the store while it was open.
    #[error("the browser cleared the store")]
    Gone,
    /// What was written did not read back the same.
    #[error("what was written did not read back the same")]
    NotReadBack,
    /// There is no such record, draft or blob.
    #[error("there is no such thing here")]
    NotFound,
    /// Nobody told anything yet.
    #[error("there is nothing in it yet")]
    Empty,
    /// More words than one record can hold.
    #[error("more words than one record can hold")]
    TooLong,
    /// This browser cannot read that picture.
    #[error("this browser cannot read that picture: {0}")]
    UnreadablePhoto(String),
    /// A video.
    #[error("videos cannot be kept yet")]
    Video,
    /// The row is damaged or of a newer build.
    #[error("it does not open")]
    Damaged,
    /// The vault's key does not open, is missing or is of a newer build. Its rows lie as they did.
    #[error("the vault's key does not open: {0}")]
    Locked(String),
    /// Another tab keeps the vault open.
    #[error("another tab keeps the vault open")]
    InUse,
    /// The vault is not open yet.
    #[error("the vault is not open")]
    NotOpen,
    /// The text is no invite, or a part of it is missing.
    #[error("not an invite link")]
    NotALink,
    /// An invite of a later version of the app.
    #[error("an invite of a later version")]
    LaterLink,
    /// Only who told a record changes its words.
    #[error("somebody else told it")]
    NotYours,
    /// There is no circle yet: nothing was saved.
    #[error("there is nothing to share yet")]
    NoCircle,
    /// Only who manages the circle invites others.
    #[error("only who manages the circle can do this")]
    NotAllowed,
    /// This very phone does not take itself out, nor its own person.
    #[error("this very phone cannot be taken out from here")]
    ThisPhone,
    /// A passphrase that is too short to keep anything safe.
    #[error("the passphrase is too short")]
    WeakPassphrase,
    /// Another passphrase than the one that the backup was made with.
    #[error("not the passphrase of this backup")]
    WrongPassphrase,
    /// The file is no backup.
    #[error("not a backup")]
    NotABackup,
    /// A backup of a later version of the app.
    #[error("a backup of a later version")]
    LaterBackup,
    /// This phone shares a circle with others already.
    #[error("this phone shares with others already")]
    SharedAlready,
    /// Nobody is let in here while this phone asks to come in elsewhere.
    #[error("this phone is joining another circle")]
    JoiningElsewhere,
    /// This phone asks to come in nowhere while somebody is being let in here.
    #[error("somebody is coming into this phone's circle")]
    LettingIn,
    /// What was typed is not the recovery words that it should be. Nothing was sent.
    #[error(transparent)]
    Words(#[from] WordsFault),
    /// Should not happen: a message that is none.
    #[error("not understood: {0}")]
    Malformed(String),
}

/// A message's bytes.
#[must_use]
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // Plain data into a growing buffer: postcard has no way to fail here.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// Reads a message.
///
/// # Errors
/// [`Failure::Malformed`]
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    postcard::from_bytes(bytes).map_err(|error| Failure::Malformed(error.to_string()))
}
