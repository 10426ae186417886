//! Pictures and figures: what a person looks at, never what decides whether the tests pass
//! (except `bench --hold`).

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::arguments::Arguments;
use crate::build::{build_app, build_server};
use crate::place::Place;
use crate::process::{command, run};
use crate::toolchain::{may_install, prepare_browser, prepare_end_to_end, prepare_fonts};
use crate::{say, screens};

/// `cargo xtask look`: every screen and state as contact sheets.
pub(crate) fn look(place: &Place, mut arguments: Arguments) -> Result<ExitCode> {
    let install = may_install(arguments.take_flag("--install"));
    arguments.finish()?;
    let mut playwright = prepare_playwright(place, install, "look")?;
    playwright.args(["test", "-c", "look.config.ts"]);
    let step = say::step("Drawing every screen", "about 3 minutes");
    run(
        &mut playwright,
        "the pictures could not be drawn: the lines above say why",
    )?;
    step.end("pictures in target/look/");
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask bench`: the figures of the budget.
pub(crate) fn bench(place: &Place, mut arguments: Arguments) -> Result<ExitCode> {
    let install = may_install(arguments.take_flag("--install"));
    let hold = arguments.take_flag("--hold");
    let floors = arguments.take_flag("--floors");
    arguments.finish()?;
    prepare_run(place, install)?;
    let wire = build_wire(place)?;
    let mut bench = command("node");
    bench.arg("bench/main.mjs");
    set_environment(&mut bench, place, install, "bench")?;
    bench.env("HEARTH_WIRE", wire);
    if hold {
        bench.arg("--hold");
    }
    if floors {
        bench.arg("--floors");
    }
    let step = say::step("Measuring", "about 10 minutes");
    run(
        &mut bench,
        "the measurement failed: the lines above say why",
    )?;
    step.end("figures in docs/figures.md");
    Ok(ExitCode::SUCCESS)
}

/// The program that pushes and pulls ten thousand records natively.
fn build_wire(place: &Place) -> Result<PathBuf> {
    let step = say::step(
        "Building the wire's bench",
        "about 4 minutes the first time",
    );
    run(
        command("cargo")
            .args([
                "build",
                "--release",
                "-p",
                "hearth-tests",
                "--bin",
                "hearth-wire",
            ])
            .current_dir(&place.root)
            .env("CARGO_TARGET_DIR", &place.cargo_target)
            .env("HEARTH_DIST", &place.dist),
        "the wire's bench does not compile: the lines above say where",
    )?;
    step.done();
    Ok(place.cargo_target.join("release/hearth-wire"))
}

/// Playwright against the release build, ready for its arguments; results go to `target/<name>`.
pub(crate) fn prepare_playwright(place: &Place, install: bool, name: &str) -> Result<Command> {
    prepare_run(place, install)?;
    let mut playwright = command(place.end_to_end().join("node_modules/.bin/playwright"));
    set_environment(&mut playwright, place, install, name)?;
    Ok(playwright)
}

fn prepare_run(place: &Place, install: bool) -> Result<()> {
    prepare_browser(install)?;
    prepare_fonts(install)?;
    prepare_end_to_end(place)?;
    build_app(place)?;
    build_server(place)?;
    Ok(())
}

fn set_environment(command: &mut Command, place: &Place, install: bool, name: &str) -> Result<()> {
    let results = place.results(name)?;
    let list = results.join("screens.json");
    screens::write(&list)?;
    command
        .current_dir(place.end_to_end())
        .env("HEARTH_SERVER", place.server())
        .env("HEARTH_DIST", &place.dist)
        .env("HEARTH_XTASK", std::env::current_exe()?)
        .env("HEARTH_SCREENS", list)
        .env("HEARTH_RESULTS", results)
        .env("HEARTH_CHROMIUM", prepare_browser(install)?.chromium);
    Ok(())
}
