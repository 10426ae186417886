//! A fingerprint of everything the app is made from.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::process::{capture, command};

/// The app's own files, and the parts of this tool that shape the result.
const INPUTS: [&str; 13] = [
    "src/protocol",
    "src/core",
    "src/storage",
    "src/worker",
    "src/app",
    "src/tools/build",
    "src/tools/precache",
    "public",
    "style",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
];

/// One hash over the names and bytes of all inputs and the compiler's version.
pub(super) fn hash_inputs(root: &Path) -> Result<String> {
    let mut hasher = Sha256::new();
    hasher.update(capture(command("rustc").arg("--version"))?);
    for input in INPUTS {
        for file in list_files(&root.join(input))? {
            if file.ends_with("tests.rs") {
                continue;
            }
            let bytes = std::fs::read(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            hasher.update(file.strip_prefix(root)?.to_string_lossy().as_bytes());
            hasher.update(hash_bytes(&bytes));
        }
    }
    Ok(to_hex(&hasher.finalize()))
}

/// SHA-256 in hexadecimal.
pub(crate) fn hash_bytes(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes))
}

/// Every file below a folder (or the file itself), sorted; none when it is missing.
pub(crate) fn list_files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
