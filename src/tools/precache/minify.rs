//! Scripts without what only their readers need: comments, spaces, long names of what nobody outside
//! sees, and files of their own for parts that always come together. A licence's `/*!` stays.

use std::path::Path;

use anyhow::{Context, Result};

use super::list::MARKER;
use super::{read_text, write_text};
use crate::build::list_files;
use crate::place::Place;
use crate::process::{command, run};
use crate::toolchain::prepare_esbuild;

/// The parts of the rescue page and of the readable copy, which are one file when this is bundled.
const PARTS: &str = "rescue-parts";
const PARTS_ENTRY: &str = "rescue-parts/export.js";
const CIPHER: &str = "vendor/xchacha20poly1305.js";

/// Makes every script of the folder small.
pub(super) fn minify_scripts(place: &Place, folder: &Path) -> Result<()> {
    join_parts(place, folder)?;
    let marked = part_worker(folder)?;
    let mut scripts = list_files(folder)?;
    scripts.retain(|file| file.extension().is_some_and(|ending| ending == "js"));
    let scripts = scripts.iter().map(|file| file.as_os_str());
    let into = format!("--outdir={}", folder.display());
    let base = format!("--outbase={}", folder.display());
    esbuild(place, scripts.chain([into.as_ref(), base.as_ref()]))?;
    let worker = read_text(folder, "sw.js")?;
    write_text(folder, "sw.js", &format!("{marked}\n{worker}"))
}

/// One file of many: it packs better together, and each would cost the list a checksum.
fn join_parts(place: &Place, folder: &Path) -> Result<()> {
    let entry = folder.join(PARTS_ENTRY);
    let into = format!("--outfile={}", entry.display());
    let bundle = ["--bundle", "--format=esm", &into].map(AsRef::as_ref);
    esbuild(place, bundle.into_iter().chain([entry.as_os_str()]))?;
    let mut parts = list_files(&folder.join(PARTS))?;
    parts.retain(|part| *part != entry);
    let cipher = folder.join(CIPHER);
    parts.extend(cipher.exists().then_some(cipher));
    for part in parts {
        std::fs::remove_file(&part).with_context(|| format!("{} stays", part.display()))?;
    }
    Ok(())
}

/// Takes the line out of the service worker that the list of files is written into: its mark is a
/// comment.
fn part_worker(folder: &Path) -> Result<String> {
    let worker = read_text(folder, "sw.js")?;
    let (marked, rest): (Vec<&str>, Vec<&str>) =
        worker.lines().partition(|line| line.starts_with(MARKER));
    write_text(folder, "sw.js", &rest.join("\n"))?;
    Ok(marked.join("\n"))
}

fn esbuild<'a>(place: &Place, arguments: impl Iterator<Item = &'a std::ffi::OsStr>) -> Result<()> {
    run(
        command(prepare_esbuild(place)?)
            .args(arguments)
            .args(["--minify", "--target=es2022", "--charset=utf8"])
            .args(["--legal-comments=inline", "--log-level=warning"])
            .arg("--allow-overwrite"),
        "the app's scripts could not be made small: the lines above name the place",
    )
}
