//! Takes out of the staged sheets and scripts what only their readers need: comments and the
//! spaces before a line. Names and line ends stay, so that a place in a script is still found.

use std::path::Path;

use anyhow::Result;

use super::{read_text, write_text};
use crate::build::list_files;

/// Scripts in folders of their own; what is vendored keeps its licence.
const PARTS: &str = "rescue-parts";

/// Strips every sheet and script at the top of the folder, and those parts. The service worker stays as it is: the
/// list of files is written into one of its comments.
pub(super) fn strip_comments(folder: &Path) -> Result<()> {
    for file in list_files(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        if !is_stripped(&name) {
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

pub(super) fn is_stripped(name: &str) -> bool {
    name != "sw.js" && matches!(name.split_once('/'), None | Some((PARTS, _)))
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
    join_lines(bare.lines().map(str::trim))
}

/// Only comments that have their lines for themselves: nothing else can be told from a string
/// without reading the language.
pub(super) fn strip_script(script: &str) -> String {
    let mut is_in_comment = false;
    let lines = script.lines().map(str::trim).filter(|line| {
        let was_in_comment = is_in_comment;
        // Code behind a comment keeps its line.
        let begins =
            line.starts_with("/*") && line.find("*/").is_none_or(|at| at + 2 == line.len());
        if was_in_comment || begins {
            is_in_comment = !line.ends_with("*/");
        }
        !was_in_comment && !begins && !line.starts_with("//")
    });
    join_lines(lines)
}

fn join_lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for line in lines.filter(|line| !line.is_empty()) {
        joined.push_str(line);
        joined.push('\n');
    }
    joined
}
