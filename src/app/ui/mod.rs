//! Parts that more than one screen uses, one a file. They show what they are given; none asks the
//! worker. Class names are those of `style/components.css`.

mod app_bar;
mod bottom_bar;
mod button;
mod card;
mod choices;
mod closed_door;
mod empty;
mod failure;
mod field;
mod four_pictures;
mod heading;
mod icon;
mod kind;
mod live;
mod missing;
mod notice;
mod offline_strip;
mod opening;
mod picture;
mod plain;
mod question;
mod secret;
mod status;
mod tiles;
mod toast_bar;
mod update_bar;
mod who;
mod word_field;
mod words;

pub(crate) use app_bar::AppBar;
pub(crate) use bottom_bar::BottomBar;
pub(crate) use button::{Rank, button, button_link};
pub(crate) use card::{Card, inside as card_inside};
pub(crate) use choices::Choices;
pub(crate) use closed_door::ClosedDoor;
pub(crate) use empty::Empty;
pub(crate) use failure::{failure_key, failure_words};
pub(crate) use field::{LineField, WordsField};
pub(crate) use four_pictures::four_pictures;
pub(crate) use heading::{Heading, heading, heading_of, name_screen};
pub(crate) use icon::{icon, turning_icon};
pub(crate) use kind::look_of;
pub(crate) use live::{live, live_by, live_list, live_while};
pub(crate) use missing::Missing;
pub(crate) use notice::{Notice, Weight, notice, trouble, trouble_words};
pub(crate) use offline_strip::OfflineStrip;
pub(crate) use opening::Opening;
pub(crate) use picture::Picture;
pub(crate) use plain::plain;
pub(crate) use question::question;
pub(crate) use secret::{Secret, secret_field, show_box};
pub(crate) use status::{status_line, status_pill};
pub(crate) use tiles::Tiles;
pub(crate) use toast_bar::ToastBar;
pub(crate) use update_bar::UpdateBar;
pub(crate) use who::{is_shared, name_or_somebody, name_person, name_phone, name_phones, who_sees};
pub(crate) use word_field::{focus_word, mark_wrong_word, set_word, word_at, word_fields};
pub(crate) use words::{
    button_row, hint, lead, line, nothing, part, stage, text, together, who_panel,
};
