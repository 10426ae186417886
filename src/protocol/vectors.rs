//! The committed vectors: what this code makes today must be what it made then.
//!
//! `HEARTH_WRITE_VECTORS=1 cargo test -p hearth-protocol vectors` writes them again; a commit
//! that changes one says why. `tests/reader` opens them with code that shares nothing with this.

use crate::id::*;
use crate::sample::*;
use crate::{Key, Object, Sign};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

mod objects;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Holds a vector against its file.
fn check(name: &str, vector: &Json) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let path = folder.join(format!("{name}.json"));
    let text = serde_json::to_string_pretty(vector).unwrap() + "\n";
    if std::env::var_os("HEARTH_WRITE_VECTORS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{name}");
}

fn secret(number: u8) -> Json {
    let device = device(number);
    json!({
        "signing_seed": hex(&[number; 32]),
        "sealing_seed": hex(&[number ^ 0x80; 32]),
        "signing": hex(&device.keys().signing.0),
        "sealing": hex(&device.keys().sealing),
        "id": device.id().to_string(),
    })
}
