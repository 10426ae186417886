//! `cargo xtask`: every command that builds, checks, serves or measures Hearth.
//!
//! This room knows the tools (Cargo, Trunk, Node, the browsers) and the order in which they run.
//! Nothing that runs on a phone or on the server may enter, and no dependency that takes long to
//! compile: this crate is what a fresh machine builds first.

mod arguments;
mod build;
mod measure;
mod place;
mod precache;
mod process;
mod report;
mod say;
mod screens;
mod serve;
mod sizes;
mod stages;
mod toolchain;

use std::process::ExitCode;

use anyhow::{Result, bail};

use arguments::Arguments;
use place::Place;

const HELP: &str = "\
cargo xtask COMMAND

  serve [--port N] [--phone] [--install]   build everything and serve the app at http://localhost:8787
                                           (--phone: over HTTPS, for a phone on the same network)
  check                                    the quick part of the tests: format, lints, core tests
  test [STAGE...] [--install]              everything, or the named stages:
                                           format lint docs native storage server app sizes e2e engines
  look                                     pictures of every screen, to target/look/
  bench [--hold] [--floors]                measures speed and size, to docs/figures.md
  soak [STAGE..]                           the slow, deep tests: native, server, kills
  screens                                  the app's screens, as JSON
  precache [DIR] [--label TEXT]            the list of files that work offline (Trunk calls this one)

  --install lets a command install missing system packages; CI=true does the same.";

fn main() -> ExitCode {
    match run(Arguments::from_environment()) {
        Ok(code) => code,
        Err(error) => {
            say::problem(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let Some(command) = arguments.next_word() else {
        say::line(HELP);
        return Ok(ExitCode::SUCCESS);
    };
    let place = Place::find()?;
    match command.as_str() {
        "serve" => serve::run(&place, arguments),
        "check" => stages::check(&place, arguments),
        "test" => stages::test(&place, arguments),
        "soak" => stages::soak(&place, arguments),
        "look" => measure::look(&place, arguments),
        "bench" => measure::bench(&place, arguments),
        "screens" => screens::print(arguments),
        "precache" => precache::run(&place, arguments),
        "help" | "--help" | "-h" => {
            say::line(HELP);
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("there is no command '{other}': `cargo xtask help` lists them"),
    }
}
