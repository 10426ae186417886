//! A link as a QR code: one path of its dark modules. Drawn here and not on the page, whose bytes
//! stand before the first screen.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment};
use std::fmt::Write as _;

/// The modules on a side, and the path; nothing for a text no code can hold.
pub(crate) fn qr_path(text: &str) -> Option<(i32, String)> {
    // A link has small letters: bytes are the only mode that holds it.
    let bytes = [QrSegment::make_bytes(text.as_bytes())];
    let code = QrCode::encode_segments(&bytes, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let dark = (x..size).take_while(|at| code.get_module(*at, y)).count();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_possible_wrap,
                reason = "a code has at most 177 modules on a side"
            )]
            let dark = dark as i32;
            if dark > 0 {
                // Writing into a string does not fail.
                let _: std::fmt::Result = write!(path, "M{x} {y}h{dark}v1h-{dark}z");
            }
            x += dark + 1;
        }
    }
    Some((size, path))
}
