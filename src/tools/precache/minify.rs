//! Scripts without what only their readers need: comments, spaces, long names of what nobody outside
//! sees. A licence's `/*!` stays.

use std::path::Path;

use anyhow::Result;

use crate::build::list_files;
use crate::place::Place;
use crate::process::{command, run};
use crate::toolchain::prepare_esbuild;

/// Makes every script of the folder small. The service worker stays as it is: the list of files is
/// written into one of its comments.
pub(super) fn minify_scripts(place: &Place, folder: &Path) -> Result<()> {
    let mut scripts = list_files(folder)?;
    scripts.retain(|file| {
        let is_script = file.extension().is_some_and(|ending| ending == "js");
        is_script && *file != folder.join("sw.js")
    });
    run(
        command(prepare_esbuild(place)?)
            .args(scripts)
            .args(["--minify", "--target=es2022", "--charset=utf8"])
            .args(["--legal-comments=inline", "--log-level=warning"])
            .arg("--allow-overwrite")
            .arg(format!("--outbase={}", folder.display()))
            .arg(format!("--outdir={}", folder.display())),
        "the app's scripts could not be made small: the lines above name the place",
    )
}
