//! How each kind of record looks and what it is called.

use crate::i18n::Key;
use crate::route::Route;
use hearth_core::record::RecordKind;

/// A kind's drawings, words and screen.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) icon: &'static str,
    pub(crate) badge: &'static str,
    pub(crate) tile_class: &'static str,
    pub(crate) card_class: &'static str,
    pub(crate) record_class: &'static str,
    pub(crate) name: Key,
    pub(crate) plural: Key,
    /// What making one is called.
    pub(crate) make: Key,
    pub(crate) line: Key,
    pub(crate) edit: Key,
    pub(crate) another: Key,
    pub(crate) route: Route,
    pub(crate) edit_route: Route,
}

/// In the order of the tiles.
pub(crate) const TILES: [RecordKind; 3] = [
    RecordKind::Story,
    RecordKind::Achievement,
    RecordKind::Feedback,
];

/// How that kind looks.
pub(crate) fn look_of(kind: RecordKind) -> &'static Look {
    match kind {
        RecordKind::Story => &STORY,
        RecordKind::Feedback => &FEEDBACK,
        RecordKind::Achievement => &ACHIEVEMENT,
        RecordKind::Handout => &HANDOUT,
    }
}

static STORY: Look = Look {
    icon: "book-open-text",
    badge: "book-open-text-fill",
    tile_class: "tile tile--story",
    card_class: "card card--story",
    record_class: "record record--story",
    name: Key::KindStory,
    plural: Key::KindsStory,
    make: Key::ShellStory,
    line: Key::ShellStoryLine,
    edit: Key::EditStory,
    another: Key::SavedStory,
    route: Route::MakeStory,
    edit_route: Route::Edit,
};

static FEEDBACK: Look = Look {
    icon: "chat-circle-text",
    badge: "chat-circle-text-fill",
    tile_class: "tile tile--feedback",
    card_class: "card card--feedback",
    record_class: "record record--feedback",
    name: Key::KindFeedback,
    plural: Key::KindsFeedback,
    make: Key::ShellFeedback,
    line: Key::ShellFeedbackLine,
    edit: Key::EditFeedback,
    another: Key::SavedFeedback,
    route: Route::MakeFeedback,
    edit_route: Route::Edit,
};

static ACHIEVEMENT: Look = Look {
    icon: "star",
    badge: "star-fill",
    tile_class: "tile tile--achievement",
    card_class: "card card--achievement",
    record_class: "record record--achievement",
    name: Key::KindAchievement,
    plural: Key::KindsAchievement,
    make: Key::ShellAchievement,
    line: Key::ShellAchievementLine,
    edit: Key::EditAchievement,
    another: Key::SavedAchievement,
    route: Route::MakeAchievement,
    edit_route: Route::Edit,
};

static HANDOUT: Look = Look {
    icon: "printer",
    badge: "printer",
    tile_class: "tile",
    card_class: "card card--handout",
    record_class: "record record--handout",
    name: Key::KindHandout,
    plural: Key::KindsHandout,
    make: Key::HandoutTitle,
    line: Key::HandoutLead,
    edit: Key::EditHandout,
    another: Key::SavedHandout,
    route: Route::HandOver,
    edit_route: Route::EditPage,
};
