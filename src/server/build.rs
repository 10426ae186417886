//! Puts the built app inside the server: every file below `$HEARTH_DIST` becomes one row of a table.
//! Without `HEARTH_DIST` the table is empty, so the server builds and is tested before the app is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result, ensure};

#[path = "app/tag.rs"]
mod tag;

fn main() -> Result<()> {
    println!("cargo::rerun-if-env-changed=HEARTH_DIST");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=app/tag.rs");
    let mut files = Vec::new();
    if let Some(dist) = env::var_os("HEARTH_DIST") {
        let dist = PathBuf::from(dist);
        println!("cargo::rerun-if-changed={}", dist.display());
        ensure!(
            dist.join("index.html").is_file(),
            "HEARTH_DIST is {}, which holds no index.html: build the app first, and give the whole path",
            dist.display()
        );
        list_files(&dist, &dist, &mut files)?;
    }
    files.sort();
    let table = PathBuf::from(env::var("OUT_DIR")?).join("files.rs");
    fs::write(table, write_table(&files)?).context("the table of files could not be written")
}

fn list_files(top: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            list_files(top, &path, files)?;
        } else {
            let name: Vec<_> = path
                .strip_prefix(top)?
                .iter()
                .map(|part| part.to_string_lossy())
                .collect();
            files.push((name.join("/"), path.canonicalize()?));
        }
    }
    Ok(())
}

fn write_table(files: &[(String, PathBuf)]) -> Result<String> {
    let mut table = String::from("&[\n");
    for (name, path) in files {
        let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        let tag = tag::make_tag(&bytes);
        writeln!(table, "    ({name:?}, include_bytes!({path:?}), {tag:?}),")?;
    }
    table.push(']');
    Ok(table)
}
