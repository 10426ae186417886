//! `cargo xtask serve`: the real app and the real server, on this machine.

use std::os::unix::process::CommandExt;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::arguments::Arguments;
use crate::build::{build_app, build_server};
use crate::place::Place;
use crate::process::command;

const PORT: u16 = 8787;

/// Builds what is not up to date, then becomes the server.
pub(crate) fn run(place: &Place, mut arguments: Arguments) -> Result<ExitCode> {
    let port: u16 = match arguments.take_option("--port")? {
        Some(text) => text
            .parse()
            .with_context(|| format!("--port needs a number up to 65535, not '{text}'"))?,
        None => PORT,
    };
    let for_phone = arguments.take_flag("--phone");
    // Serving needs no system package; the flag is taken so that all commands accept it.
    arguments.take_flag("--install");
    arguments.finish()?;

    build_app(place)?;
    let mut server = command(build_server(place)?);
    server
        .current_dir(&place.root)
        .args(["--listen", &format!("127.0.0.1:{port}"), "--data"])
        .arg(place.results("serve")?.join("hearth.sqlite"));
    if for_phone {
        server.arg("--phone");
    }
    // In our place: signals reach the server itself, and nothing is left running.
    Err(server.exec()).context("the server cannot be started")
}
