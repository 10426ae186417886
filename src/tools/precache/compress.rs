//! The compressed copies beside each file. Node brings brotli, so this crate needs no codec.

use std::path::Path;

use anyhow::Result;

use crate::place::Place;
use crate::process::{command, run};

/// Writes `.br` and `.gz` siblings wherever they are smaller.
pub(super) fn write_compressed(place: &Place, folder: &Path) -> Result<()> {
    run(
        command("node")
            .arg(place.root.join("src/tools/precache/compress.mjs"))
            .arg(folder),
        "the app's files could not be compressed: the lines above say why",
    )
}
