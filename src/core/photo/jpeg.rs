//! Looks inside a JPEG before it is kept: it must be one, and say nothing about its origin.
//!
//! ITU-T T.81, annex B. A canvas writes no metadata; this is the check that it did not, in
//! every browser, for every photo.

/// Why bytes are not a photo that may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotClean {
    /// Another type, or cut short: some browsers answer a wish for JPEG with PNG.
    #[error("not a whole JPEG")]
    NotJpeg,
    /// It carries a segment that can hold a place, a name or a machine (APP1 to APP15 but an
    /// APP14 of Adobe's and an APP2 colour profile, or a comment).
    #[error("it still says where it comes from")]
    Metadata,
}

const START: [u8; 2] = [0xff, 0xd8];
const END: [u8; 2] = [0xff, 0xd9];
const START_OF_SCAN: u8 = 0xda;
const COMMENT: u8 = 0xfe;

/// Passes a JPEG that carries nothing but its picture.
///
/// # Errors
/// [`NotClean`]; no input panics.
pub fn check_clean(bytes: &[u8]) -> Result<(), NotClean> {
    if !bytes.ends_with(&END) {
        return Err(NotClean::NotJpeg);
    }
    for segment in segments(bytes)? {
        let (marker, body) = segment?;
        let harmless = match marker {
            0xe0 => body.starts_with(b"JFIF\0") || body.starts_with(b"JFXX\0"),
            0xe2 => body.starts_with(b"ICC_PROFILE\0"),
            0xee => body.starts_with(b"Adobe"),
            0xe1..=0xef | COMMENT => false,
            _ => true,
        };
        if !harmless {
            return Err(NotClean::Metadata);
        }
    }
    Ok(())
}

/// The segments before the picture's data: marker and body.
pub(crate) fn segments(
    bytes: &[u8],
) -> Result<impl Iterator<Item = Result<(u8, &[u8]), NotClean>>, NotClean> {
    let mut rest = bytes.strip_prefix(&START).ok_or(NotClean::NotJpeg)?;
    let mut ended = false;
    Ok(core::iter::from_fn(move || {
        if ended {
            return None;
        }
        let step = read_segment(rest);
        ended = !matches!(step, Ok(Some(_)));
        match step {
            Ok(Some((marker, body, after))) => {
                rest = after;
                Some(Ok((marker, body)))
            }
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        }
    }))
}

type Step<'a> = Option<(u8, &'a [u8], &'a [u8])>;

fn read_segment(bytes: &[u8]) -> Result<Step<'_>, NotClean> {
    let [0xff, marker, high, low, rest @ ..] = bytes else {
        return Err(NotClean::NotJpeg);
    };
    if *marker == START_OF_SCAN {
        return Ok(None);
    }
    // The length counts its own two bytes.
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let body = length.checked_sub(2).ok_or(NotClean::NotJpeg)?;
    let (body, after) = rest.split_at_checked(body).ok_or(NotClean::NotJpeg)?;
    Ok(Some((*marker, body, after)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jpeg(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [
            &START[..],
            &[0xff, marker],
            &length,
            body,
            &[0xff, START_OF_SCAN, 0, 2],
            &[1, 2, 3],
            &END,
        ]
        .concat()
    }

    #[test]
    fn passes_a_picture_and_its_colours() {
        for (marker, body) in [
            (0xe0, &b"JFIF\0\x01"[..]),
            (0xe2, b"ICC_PROFILE\0abc"),
            (0xdb, b"table"),
        ] {
            assert_eq!(check_clean(&jpeg(marker, body)), Ok(()), "{marker:x}");
        }
    }

    #[test]
    fn refuses_every_segment_that_can_say_where_it_comes_from() {
        let telling: [(u8, &[u8]); 5] = [
            (0xe1, b"Exif\0\0"),
            (0xe1, b"http://ns.adobe.com/xap"),
            (0xed, b"Photoshop 3.0"),
            (0xfe, b"words"),
            (0xe2, b"MPF\0"),
        ];
        for (marker, body) in telling {
            assert_eq!(
                check_clean(&jpeg(marker, body)),
                Err(NotClean::Metadata),
                "{marker:x}"
            );
        }
    }

    #[test]
    fn refuses_another_type_and_half_a_picture() {
        assert_eq!(check_clean(b"\x89PNG\r\n"), Err(NotClean::NotJpeg));
        let mut half = jpeg(0xe0, b"JFIF\0");
        half.truncate(half.len() - 1);
        assert_eq!(check_clean(&half), Err(NotClean::NotJpeg));
    }

    proptest! {
        #[test]
        fn never_panics_on_noise(mut bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = check_clean(&bytes);
            bytes.splice(0..0, START);
            bytes.extend(END);
            let _ = check_clean(&bytes);
        }
    }
}
