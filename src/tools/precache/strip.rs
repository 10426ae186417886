//! Takes out of the staged sheets and scripts what only their readers need: comments and the
//! spaces before a line. Names and line ends stay, so that a place in a script is still found.

use std::path::Path;

use anyhow::Result;

use super::{read_text, write_text};
use crate::build::list_files;

/// Strips every sheet and script of the folder. The service worker stays as it is: the list of
/// files is written into one of its comments.
pub(super) fn strip_comments(folder: &Path) -> Result<()> {
    for file in list_files(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy();
        if name == "sw.js" {
            continue;
        }
        let strip: fn(&str) -> String = match file.extension().and_then(|ending| ending.to_str()) {
            Some("css") => strip_sheet,
            Some("js") => strip_script,
            _ => continue,
        };
        write_text(folder, &name, &strip(&read_text(folder, &name)?))?;
    }
    Ok(())
}

pub(super) fn strip_sheet(sheet: &str) -> String {
    let mut bare = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        // An open comment reaches to the end, as a browser reads it.
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    join_lines(bare.lines().map(str::trim).filter(|line| !line.is_empty()))
}

/// Only comments that have their lines for themselves: nothing else can be told from a string
/// without reading the language. One that names a licence stays, and so does every line of a text
/// that runs over several.
pub(super) fn strip_script(script: &str) -> String {
    let (mut is_in_comment, mut is_in_text) = (false, false);
    let lines = script.lines().filter_map(|whole| {
        let line = whole.trim();
        if std::mem::take(&mut is_in_text) {
            is_in_text = !ends_text(line);
            return Some(whole);
        }
        let was_in_comment = is_in_comment;
        // Code behind a comment keeps its line.
        let begins =
            line.starts_with("/*") && line.find("*/").is_none_or(|at| at + 2 == line.len());
        if was_in_comment || begins {
            is_in_comment = !line.ends_with("*/");
            return None;
        }
        if line.is_empty() || line.starts_with("//") {
            return line.contains("LICENSE").then_some(line);
        }
        is_in_text = ends_text(line);
        Some(line)
    });
    join_lines(lines)
}

/// Whether a text between backquotes ends in this line, or begins without ending.
fn ends_text(line: &str) -> bool {
    line.matches('`').count() % 2 == 1
}

fn join_lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for line in lines {
        joined.push_str(line);
        joined.push('\n');
    }
    joined
}
