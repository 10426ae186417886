//! What Trunk's one hook does to the staged app: one style sheet, final names, checked words, the list of files
//! that work offline, and the compressed copies that the server hands out.
//!
//! Running it again on a finished app is safe. With another `--label` that makes the next version
//! of the same app without compiling anything, which is how the update is tested.

mod compress;
mod list;
mod minify;
mod names;
mod strip;
mod styles;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::arguments::Arguments;
use crate::build::list_files;
use crate::place::{Place, make_folder};
use crate::say;

pub(crate) use list::{list_first, list_urls};

/// `cargo xtask precache [DIR] [--label TEXT]`.
pub(crate) fn run(place: &Place, mut arguments: Arguments) -> Result<ExitCode> {
    let label = arguments.take_option("--label")?.unwrap_or_default();
    let folder = match arguments.next_word() {
        Some(folder) => PathBuf::from(folder),
        None => {
            std::env::var_os("TRUNK_STAGING_DIR").map_or_else(|| place.dist.clone(), PathBuf::from)
        }
    };
    arguments.finish()?;

    let step = say::step("Listing what works offline", "about 5 seconds");
    if !folder.join("i18n").exists() {
        bring_words(place, &folder)?;
    }
    words::check_pages(&folder)?;
    words::pack_words(&folder)?;
    strip::strip_comments(&folder)?;
    minify::minify_scripts(place, &folder)?;
    styles::join_styles(&folder)?;
    names::settle_names(&folder)?;
    let version = list::write_list(&folder, &label)?;
    compress::write_compressed(place, &folder)?;
    step.end(&format!("version {version}"));
    Ok(ExitCode::SUCCESS)
}

/// A file of the app as text, or a sentence that names it.
fn read_text(folder: &Path, name: &str) -> Result<String> {
    let file = folder.join(name);
    std::fs::read_to_string(&file).with_context(|| {
        format!(
            "{} is missing or is not text: the app is not complete",
            file.display()
        )
    })
}

fn write_text(folder: &Path, name: &str, text: &str) -> Result<()> {
    let file = folder.join(name);
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
}

/// The language files. Trunk does not copy them, because code lives in the same folder.
fn bring_words(place: &Place, folder: &Path) -> Result<()> {
    let target = folder.join("i18n");
    make_folder(&target)?;
    for file in list_files(&place.root.join("src/app/i18n"))? {
        let name = file.file_name().unwrap_or_default();
        if is_language(&name.to_string_lossy()) {
            std::fs::copy(&file, target.join(name))
                .with_context(|| format!("{} cannot be copied", file.display()))?;
        }
    }
    Ok(())
}

/// Whether the file is named after a language, such as `en.json`.
fn is_language(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|code| {
        (2..=3).contains(&code.len()) && code.bytes().all(|letter| letter.is_ascii_lowercase())
    })
}
