//! How it stands with the server, the words and backups, in plain words also where it is not good.

use super::state::look_for_news;
use crate::browser::dates;
use crate::features::words::words_line;
use crate::i18n::{Key, Language, t, t_with};
use crate::route::Route;
use crate::state::{PAGE, State};
use crate::ui::{
    Rank, Weight, button, button_link, button_row, icon, line, notice, part, plain, text, together,
};
use hearth_core::circle::{CircleView, Loss, SyncTrouble, SyncView, WordsStanding};
use hearth_core::messages::Request;
use hearth_core::timeline::Filter;
use leptos::prelude::*;

/// What waits, what was sent, what is in the way, the words, and the last backup.
pub(super) fn standing(state: State, circle: &CircleView) -> AnyView {
    let sync = circle.sync;
    let trouble = sync
        .trouble
        .map(|trouble| notice(Weight::Error, text(words_of(trouble))));
    let way_out = sync.trouble.and_then(|trouble| way_out(state, trouble));
    let lines = lines_of(sync).into_iter().map(line);
    let held = sync.are_photos_held.then(|| {
        let go = move || state.press_circle(Request::LetPhotosGo);
        button_row([button(Rank::Plain, "upload-simple", Key::SyncGo, go)])
    });
    let look = button(Rank::Plain, "arrows-clockwise", Key::SyncLook, move || {
        look_for_news(state);
    });
    let backup = button_link(
        Rank::Plain,
        "download-simple",
        Key::PeopleBackup,
        Route::Backup.address(),
    );
    let server = plain("section", "")
        .with(part(Key::SyncTitle))
        .with_all(trouble)
        .with_all(way_out)
        .with(
            plain("div", "")
                .set("role", "status")
                .with_all(lines)
                .view(),
        )
        .with_all(held)
        .with_all((sync.unsent > 0).then(|| button_row([see_waiting(state)])))
        .with(button_row([look]));
    let backups = plain("section", "")
        .with(part(Key::BackupTitle))
        .with(line(last_backup(sync)))
        .with(button_row([backup]));
    together([server.view(), words(&circle.words.standing), backups.view()])
}

fn words(standing: &WordsStanding) -> AnyView {
    let way = match standing {
        WordsStanding::Set { .. } | WordsStanding::Waiting { .. } => Key::WordsMakeNew,
        _ => Key::HomeWordsWrite,
    };
    let way = button_link(Rank::Plain, "pencil-simple", way, Route::Words.address());
    plain("section", "")
        .with(part(Key::WordsTitle))
        .with(line(words_line(standing)))
        .with(button_row([way]))
        .view()
}

fn lines_of(sync: SyncView) -> Vec<String> {
    let counted =
        |word, count: usize| (count > 0).then(|| t_with(word, &[("count", &count.to_string())]));
    let tag = Language::on().dates();
    let last = sync.last.map(|last| dates::write_ago(last, tag));
    let is_all_sent = sync.unsent == 0 && sync.unsent_photos == 0;
    let answered = match last {
        None => t(Key::SyncNever).to_owned(),
        Some(ago) if is_all_sent => t_with(Key::SyncAll, &[("ago", &ago)]),
        // Of photos that wait as somebody chose, that would not be true.
        Some(ago) if sync.are_photos_held => t_with(Key::SyncAnsweredAgo, &[("ago", &ago)]),
        Some(ago) => t_with(Key::SyncAnswered, &[("ago", &ago)]),
    };
    let waiting = counted(Key::SyncUnsent, sync.unsent);
    let photos = match (sync.are_photos_held, sync.unsent_photos) {
        (false, count) => counted(Key::SyncPhotos, count),
        (true, 0) => Some(t(Key::SyncHeldThere).to_owned()),
        (true, count) => counted(Key::SyncHeld, count),
    };
    let went_back = sync.went_back.map(|noticed| {
        let day = dates::write_moment(noticed, tag);
        t_with(Key::SyncWentBack, &[("day", &day)])
    });
    sync.loss
        .map(|loss| words_of_loss(loss, tag))
        .into_iter()
        .chain(went_back)
        .chain(waiting)
        .chain(photos)
        .chain([answered])
        .collect()
}

/// It takes a moment, and is still said the next days: who keeps a server wants to know.
fn words_of_loss(loss: Loss, tag: &str) -> String {
    match loss.is_told_again {
        true => t(Key::SyncAgain).to_owned(),
        false => {
            let day = dates::write_moment(loss.noticed, tag);
            t_with(Key::SyncToldAgain, &[("day", &day)])
        }
    }
}

/// To the records that wait: each can be read, changed and deleted there.
fn see_waiting(state: State) -> AnyView {
    plain("a", "button")
        .set("href", Route::Ours.address())
        .with(icon("clock"))
        .words(t(Key::SyncSeeWaiting))
        .pressed(move || {
            state.timeline.limit.set(PAGE);
            state.timeline.filter.set(Filter {
                is_waiting: true,
                ..Filter::default()
            });
        })
        .view()
}

fn last_backup(sync: SyncView) -> String {
    let tag = Language::on().dates();
    match sync.backup {
        None => t(Key::SyncNoBackup).to_owned(),
        Some(made) => t_with(Key::SyncBackup, &[("day", &dates::write_moment(made, tag))]),
    }
}

/// What this person can do about it, where it is theirs to do.
fn way_out(state: State, trouble: SyncTrouble) -> Option<AnyView> {
    let may_move = matches!(trouble, SyncTrouble::OtherServer { may_move: true });
    may_move.then(|| {
        let move_there = move || state.press_circle(Request::MoveToServer);
        button_row([button(Rank::Main, "", Key::SyncMove, move_there)])
    })
}

fn words_of(trouble: SyncTrouble) -> Key {
    match trouble {
        SyncTrouble::TwoHistories => Key::SyncTwoHistories,
        SyncTrouble::StoreWentBack => Key::SyncStoreWentBack,
        SyncTrouble::NotTaken => Key::SyncNotTaken,
        SyncTrouble::UpdateNeeded => Key::SyncUpdateNeeded,
        SyncTrouble::ServerFull => Key::SyncServerFull,
        SyncTrouble::OtherServer { may_move: true } => Key::SyncOtherServer,
        SyncTrouble::OtherServer { may_move: false } => Key::SyncOtherServerWait,
    }
}
