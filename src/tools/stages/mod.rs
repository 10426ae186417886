//! `cargo xtask test` and its shorter and longer sisters: the stages, their order, and the count.

mod browser;
mod checks;
mod native;

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::build::build_app;
use crate::place::Place;
use crate::process::command;
use crate::report::Tally;
use crate::toolchain::may_install;
use crate::{say, sizes};

/// What a run may do and how deep it goes.
struct Run<'a> {
    place: &'a Place,
    install: bool,
    is_soak: bool,
}

impl<'a> Run<'a> {
    const fn new(place: &'a Place, install: bool, is_soak: bool) -> Self {
        Self {
            place,
            install,
            is_soak,
        }
    }
}

/// A part of the tests.
struct Stage {
    name: &'static str,
    about: &'static str,
    needs_app: bool,
    run: fn(&Run) -> Result<Tally>,
}

const FORMAT: Stage = Stage::new("format", "2 seconds", checks::format);
const LINT: Stage = Stage::new("lint", "4 minutes cold, seconds warm", checks::lint);
const DOCS: Stage = Stage::new("docs", "2 minutes cold, seconds warm", checks::docs);
const CORE: Stage = Stage::new("core", "2 minutes cold, seconds warm", native::core);
const NATIVE: Stage = Stage::new("native", "2 minutes cold, seconds warm", native::all);
const STORAGE: Stage = Stage::new("storage", "2 minutes cold, seconds warm", browser::storage);
const SERVER: Stage = Stage::new("server", "4 minutes cold, 1 warm", native::server);
const APP: Stage = Stage::new("app", "6 minutes cold, 2 after a change", app);
const SIZES: Stage = Stage::new("sizes", "1 second", sizes).on_app();
const END_TO_END: Stage = Stage::new("e2e", "22 minutes", browser::end_to_end).on_app();

const ENGINES: Stage = Stage::new("engines", "2 minutes", browser::engines).on_app();

static ALL: [Stage; 10] = [
    FORMAT, LINT, DOCS, NATIVE, STORAGE, SERVER, APP, SIZES, END_TO_END, ENGINES,
];

/// What chance decides, far more often: cases, seeds, and the moments at which a browser is killed;
/// and each screen in every language and theme.
static DEEP: [Stage; 4] = [
    Stage::new("native", "4 minutes", native::all),
    Stage::new("server", "an hour and a half", native::server),
    Stage::new("kills", "half an hour", browser::kills).on_app(),
    Stage::new("looks", "9 minutes", browser::looks).on_app(),
];

impl Stage {
    const fn new(name: &'static str, about: &'static str, run: fn(&Run) -> Result<Tally>) -> Self {
        Self {
            name,
            about,
            needs_app: false,
            run,
        }
    }

    const fn on_app(mut self) -> Self {
        self.needs_app = true;
        self
    }
}

/// Everything, or the stages that are named.
pub(crate) fn test(place: &Place, mut arguments: Arguments) -> Result<ExitCode> {
    let install = may_install(arguments.take_flag("--install"));
    let stages = choose(&ALL, arguments)?;
    Ok(run_stages(&Run::new(place, install, false), &stages))
}

/// Those stages that the rest of the arguments names; all where it names none.
fn choose(stages: &'static [Stage], mut arguments: Arguments) -> Result<Vec<&'static Stage>> {
    let mut wanted = Vec::new();
    while let Some(word) = arguments.next_word() {
        wanted.push(word);
    }
    arguments.finish()?;
    let names: Vec<_> = stages.iter().map(|stage| stage.name).collect();
    if let Some(word) = wanted.iter().find(|word| !names.contains(&word.as_str())) {
        let names = names.join(", ");
        bail!("there is no stage '{word}': the stages are {names}");
    }
    let is_wanted = |stage: &&Stage| wanted.is_empty() || wanted.iter().any(|w| w == stage.name);
    Ok(stages.iter().filter(is_wanted).collect())
}

/// The quick part: what is worth knowing before a commit.
pub(crate) fn check(place: &Place, arguments: Arguments) -> Result<ExitCode> {
    arguments.finish()?;
    let run = Run::new(place, may_install(false), false);
    Ok(run_stages(&run, &[&FORMAT, &LINT, &CORE]))
}

/// The same tests with many more cases.
pub(crate) fn soak(place: &Place, mut arguments: Arguments) -> Result<ExitCode> {
    let install = may_install(arguments.take_flag("--install"));
    let stages = choose(&DEEP, arguments)?;
    Ok(run_stages(&Run::new(place, install, true), &stages))
}

/// Runs each stage whatever became of the one before it; the count is the last line.
fn run_stages(run: &Run, stages: &[&Stage]) -> ExitCode {
    let mut sum = Tally::default();
    let mut app_failed = false;
    for stage in stages {
        if stage.needs_app && app_failed {
            say::line(&format!(
                "--- {}: not run, because the app did not build",
                stage.name
            ));
            sum += Tally::SKIPPED;
            continue;
        }
        let step = say::step(stage.name, &format!("about {}", stage.about));
        let tally = (stage.run)(run).unwrap_or_else(|error| {
            say::problem(&format!("{error:#}"));
            Tally::FAILED
        });
        app_failed |= stage.name == APP.name && tally.failed > 0;
        step.end(&tally.to_string());
        sum += tally;
    }
    say::line(&sum.to_string());
    if sum.failed > 0 {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn app(run: &Run) -> Result<Tally> {
    build_app(run.place)?;
    Ok(Tally::PASSED)
}

fn sizes(run: &Run) -> Result<Tally> {
    build_app(run.place)?;
    sizes::check(run.place)?;
    Ok(Tally::PASSED)
}

/// Cargo in the checkout, with the shared target folder.
fn cargo(place: &Place) -> Command {
    let mut cargo = command("cargo");
    cargo
        .current_dir(&place.root)
        .env("CARGO_TARGET_DIR", &place.cargo_target);
    cargo
}
