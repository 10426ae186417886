//! One style sheet out of all that Trunk copied: one request before the first paint, and one
//! dictionary for brotli.

use std::path::Path;

use anyhow::{Context, Result};

use super::{read_text, write_text};
use crate::build::hash_bytes;

const LINK: &str = "<link rel=\"stylesheet\" href=\"/";
const LINK_END: &str = "\"/>";

/// Joins the sheets of index.html in their order. A page with one is left as it is.
pub(super) fn join_styles(folder: &Path) -> Result<()> {
    let page = read_text(folder, "index.html")?;
    let sheets = find_sheets(&page);
    if sheets.len() < 2 {
        return Ok(());
    }
    let mut joined = String::new();
    for name in &sheets {
        joined.push_str(&read_text(folder, name)?);
        let old = folder.join(name);
        std::fs::remove_file(&old)
            .with_context(|| format!("{} cannot be removed", old.display()))?;
    }
    let hash: String = hash_bytes(joined.as_bytes()).chars().take(16).collect();
    let name = format!("styles-{hash}.css");
    write_text(folder, &name, &joined)?;
    write_text(folder, "index.html", &link_one(&page, &sheets, &name))
}

/// The names of the sheets that a page links, in order.
pub(super) fn find_sheets(page: &str) -> Vec<String> {
    let names = page.split(LINK).skip(1);
    names
        .filter_map(|rest| rest.split_once(LINK_END))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The page with `name` in the place of the first sheet, and without the others.
pub(super) fn link_one(page: &str, sheets: &[String], name: &str) -> String {
    let mut page = page.to_owned();
    for (at, sheet) in sheets.iter().enumerate() {
        let old = format!("{LINK}{sheet}{LINK_END}");
        let new = if at == 0 {
            format!("{LINK}{name}{LINK_END}")
        } else {
            String::new()
        };
        page = page.replace(&old, &new);
    }
    page
}
