//! Takes out of the staged sheets what only their readers need: comments and the spaces before a
//! line.

use std::path::Path;

use anyhow::Result;

use super::{read_text, write_text};
use crate::build::list_files;

/// Strips every sheet at the top of the folder.
pub(super) fn strip_comments(folder: &Path) -> Result<()> {
    for file in list_files(folder)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if file.parent() == Some(folder) && name.ends_with(".css") {
            write_text(folder, &name, &strip_sheet(&read_text(folder, &name)?))?;
        }
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
    let mut joined = String::new();
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        joined.push_str(line);
        joined.push('\n');
    }
    joined
}
