//! Every screen of the app, listed once. The app's table of addresses is made from this list, and
//! so is the list that the screen tests draw: a screen cannot exist outside it.
//!
//! Nothing may be imported here: the tools include this file as it is.

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Three things to make, what is not saved yet, what is newest.
    Home,
    /// The three things to make, alone.
    Make,
    /// Tells a story.
    MakeStory,
    /// Gives feedback.
    MakeFeedback,
    /// Adds a home achievement.
    MakeAchievement,
    /// Makes a page to hand over.
    HandOver,
    /// Changes a record.
    Edit,
    /// Changes a page to hand over.
    EditPage,
    /// Says that a record is saved, and what is next.
    Saved,
    /// The timeline.
    Ours,
    /// Reads one record.
    Item,
    /// What a record said before.
    Earlier,
    /// What was deleted in the last 30 days.
    Bin,
    /// The children's names.
    Children,
    /// Who reads what is told here, and whether it is sent.
    People,
    /// Lets another phone or somebody else in.
    Invite,
    /// Lets one's new phone in, with both in hand.
    Move,
    /// Follows an invite.
    Join,
    /// Makes an encrypted file of everything.
    Backup,
    /// Brings back what such a file holds.
    Restore,
    /// Brings everything back with the recovery words.
    RestoreWords,
    /// Makes recovery words, or says how it stands with them.
    Words,
    /// Removes everything from this phone.
    Leave,
    /// Language, looks, this phone.
    Settings,
    /// How it works, and whom to call.
    Help,
    /// Any other address.
    NotFound,
}

const _: () = assert!(Route::NotFound as usize + 1 == Route::ALL.len());

impl Route {
    /// Every screen.
    pub const ALL: &'static [Self] = &[
        Self::Home,
        Self::Make,
        Self::MakeStory,
        Self::MakeFeedback,
        Self::MakeAchievement,
        Self::HandOver,
        Self::Edit,
        Self::EditPage,
        Self::Saved,
        Self::Ours,
        Self::Item,
        Self::Earlier,
        Self::Bin,
        Self::Children,
        Self::People,
        Self::Invite,
        Self::Move,
        Self::Join,
        Self::Backup,
        Self::Restore,
        Self::RestoreWords,
        Self::Words,
        Self::Leave,
        Self::Settings,
        Self::Help,
        Self::NotFound,
    ];

    /// Its name in tests and pictures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Make => "make",
            Self::MakeStory => "make-story",
            Self::MakeFeedback => "make-feedback",
            Self::MakeAchievement => "make-achievement",
            Self::HandOver => "hand-over",
            Self::Edit => "edit",
            Self::EditPage => "edit-page",
            Self::Saved => "saved",
            Self::Ours => "ours",
            Self::Item => "item",
            Self::Earlier => "earlier",
            Self::Bin => "bin",
            Self::Children => "children",
            Self::People => "people",
            Self::Invite => "invite",
            Self::Move => "move",
            Self::Join => "join",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::RestoreWords => "restore-words",
            Self::Words => "words",
            Self::Leave => "leave",
            Self::Settings => "settings",
            Self::Help => "help",
            Self::NotFound => "not-found",
        }
    }

    /// Its address; one that ends in a slash goes on with a record's id.
    #[must_use]
    pub fn address(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Make => "/make",
            Self::MakeStory => "/make/story",
            Self::MakeFeedback => "/make/feedback",
            Self::MakeAchievement => "/make/achievement",
            Self::HandOver => "/hand-over",
            Self::Edit => "/edit/",
            Self::EditPage => "/edit-page/",
            Self::Saved => "/saved/",
            Self::Ours => "/ours",
            Self::Item => "/item/",
            Self::Earlier => "/earlier/",
            Self::Bin => "/bin",
            Self::Children => "/children",
            Self::People => "/people",
            Self::Invite => "/invite",
            Self::Move => "/move",
            Self::Join => "/join",
            Self::Backup => "/backup",
            Self::Restore => "/restore",
            Self::RestoreWords => "/restore/words",
            Self::Words => "/words",
            Self::Leave => "/leave",
            Self::Settings => "/settings",
            Self::Help => "/help",
            Self::NotFound => "/not-found",
        }
    }

    /// Whether its address goes on with a record's id.
    #[must_use]
    pub fn is_of_record(self) -> bool {
        matches!(
            self,
            Self::Edit | Self::EditPage | Self::Saved | Self::Item | Self::Earlier
        )
    }

    /// Whether it changes what is saved already.
    #[must_use]
    pub fn is_edit(self) -> bool {
        matches!(self, Self::Edit | Self::EditPage)
    }

    /// Whether a first visit's program has it.
    #[must_use]
    pub fn is_first(self) -> bool {
        matches!(
            self,
            Self::Home
                | Self::Make
                | Self::MakeStory
                | Self::MakeFeedback
                | Self::MakeAchievement
                | Self::Edit
                | Self::Saved
                | Self::Ours
                | Self::Item
        )
    }

    /// An address of it, with `{id}` where a record's id stands.
    #[must_use]
    pub fn example(self) -> String {
        let id = if self.is_of_record() { "{id}" } else { "" };
        format!("{}{id}", self.address())
    }
}
