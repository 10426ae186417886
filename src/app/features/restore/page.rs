//! The page.

use super::state::Restoring;
use crate::browser::files;
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Rank, Secret, Weight, button, button_link, button_row, heading, icon, lead, line, live,
    nothing, notice, plain, secret_field, show_box, stage, text, together, trouble,
};
use hearth_core::vault::Restored;
use leptos::prelude::*;

/// The file, the words that open it, and what came back.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let restoring = Restoring::new();
    live(move || match restoring.restored.get() {
        Some(restored) => done(restoring, &restored),
        None => ask(state, restoring),
    })
}

fn ask(state: State, restoring: Restoring) -> AnyView {
    let field = secret_field(
        Secret::Known,
        "passphrase",
        [t(Key::BackupPassphrase), t(Key::RestoreHint)],
        restoring.passphrase,
        restoring.is_shown,
        move || restoring.open(state),
    );
    // While it is opened the button is words, so that nobody presses twice.
    let open = live(move || {
        if restoring.is_opening.get() {
            let words = plain("p", "").set("role", "status");
            return words.words(t(Key::RestoreOpening)).view();
        }
        button(Rank::Main, "upload-simple", Key::RestoreOpen, move || {
            restoring.open(state);
        })
    });
    let form = plain("div", "form")
        .with(chooser(restoring))
        .with(field)
        .with(show_box(restoring.is_shown))
        .with(trouble(restoring.trouble))
        .with(open);
    let words = Route::RestoreWords.address();
    let words = button_link(Rank::Quiet, "pencil-simple", Key::RestoreWords, words);
    together([
        heading(Key::RestoreTitle),
        lead(Key::RestoreLead),
        form.view(),
        text(Key::RestoreStays),
        button_row([words]),
    ])
}

fn chooser(restoring: Restoring) -> AnyView {
    let names = move || {
        let names = restoring.names.get()?;
        let shown = plain("bdi", "").words(names).view();
        Some(plain("p", "").set("role", "status").with(shown).view())
    };
    let choose = view! {
        // No list of types: phones do not know this one, and would show the file greyed out.
        <label class="photo-add">
            <input type="file" multiple on:change=move |event| restoring.choose(files::take_files(&event))/>
            {icon("upload-simple")} {t(Key::RestoreChoose)}
        </label>
    };
    together([choose.into_any(), live(names)])
}

fn done(restoring: Restoring, restored: &Restored) -> AnyView {
    let counted = |word, count: usize| t_with(word, &[("count", &count.to_string())]);
    let ours = button_link(Rank::Main, "books", Key::HomeAll, Route::Ours.address());
    together([
        heading(Key::RestoreDone),
        stage(
            "check-circle-fill",
            counted(Key::RestoreRecords, restored.records),
        ),
        line(counted(Key::RestorePhotos, restored.photos)),
        not_here(restoring, restored),
        text(Key::RestoreThen),
        button_row([ours]),
    ])
}

/// What the files had and did not give, and the parts that are somewhere else.
fn not_here(restoring: Restoring, restored: &Restored) -> AnyView {
    let damage = restored.damage;
    let mut lines = Vec::new();
    if !restored.missing.is_empty() {
        let parts = [("parts", restored.missing.as_str())];
        lines.push(line(t_with(Key::RestoreMissing, &parts)));
    }
    if restored.closed > 0 {
        let count = restored.closed.to_string();
        lines.push(line(t_with(Key::RestoreClosed, &[("count", &count)])));
    }
    if !lines.is_empty() {
        let more = button(Rank::Main, "upload-simple", Key::RestoreMore, move || {
            restoring.choose_more();
        });
        lines.push(more);
    }
    if damage.total() > 0 {
        let (words, photos) = (damage.words.to_string(), damage.photos.to_string());
        let other = damage.other.to_string();
        let counts = [
            ("words", words.as_str()),
            ("photos", &photos),
            ("other", &other),
        ];
        lines.push(line(t_with(Key::RestoreDamaged, &counts)));
        lines.push(text(Key::RestoreDamagedDo));
    }
    match lines.is_empty() {
        true => nothing(),
        false => notice(Weight::Warning, plain("div", "").with_all(lines).view()),
    }
}
