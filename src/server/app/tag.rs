//! The tag of a file, which changes with its bytes. The build uses this room as well, for the files that it puts inside
//! the program: nothing of the crate may enter here.

use sha2::{Digest as _, Sha256};

/// As it stands in the header `ETag`.
pub(crate) fn make_tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{hex}\"")
}
