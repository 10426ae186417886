use super::*;
use proptest::prelude::*;

/// A JPEG whose EXIF says when and where it was taken.
fn photo(big_endian: bool, text: &str) -> Vec<u8> {
    let short = |n: u16| {
        if big_endian {
            n.to_be_bytes()
        } else {
            n.to_le_bytes()
        }
    };
    let long = |n: u32| {
        if big_endian {
            n.to_be_bytes()
        } else {
            n.to_le_bytes()
        }
    };
    let mut tiff = if big_endian {
        b"MM\0*".to_vec()
    } else {
        b"II*\0".to_vec()
    };
    tiff.extend(long(8));
    // First directory at 8: one entry, pointing to the EXIF directory at 26.
    tiff.extend(short(1));
    tiff.extend(
        [
            &short(EXIF_DIRECTORY)[..],
            &short(4),
            &long(1),
            &long(26),
            &long(0),
        ]
        .concat(),
    );
    // EXIF directory at 26: one entry, pointing to the text at 44.
    tiff.extend(short(1));
    tiff.extend(
        [
            &short(DATE_TIME_ORIGINAL)[..],
            &short(2),
            &long(20),
            &long(44),
            &long(0),
        ]
        .concat(),
    );
    tiff.extend(text.as_bytes());
    tiff.push(0);
    let body = [b"Exif\0\0", &tiff[..]].concat();
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [
        &[0xff, 0xd8, 0xff, 0xe1],
        &length[..],
        &body,
        &[0xff, 0xda, 0, 2, 0xff, 0xd9],
    ]
    .concat()
}

#[test]
fn reads_the_day_in_both_byte_orders() {
    for big_endian in [true, false] {
        let file = photo(big_endian, "2026:05:31 14:00:00");
        assert_eq!(taken_on(&file), "2026-05-31".parse().ok());
    }
}

#[test]
fn an_empty_or_impossible_date_is_none() {
    for text in [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2026:02:30 10:00:00",
        "ünäü:ß",
    ] {
        assert_eq!(taken_on(&photo(true, text)), None, "{text}");
    }
}

proptest! {
    #[test]
    fn never_panics_on_damaged_photos(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut file = photo(false, "2026:05:31 14:00:00");
        let at = at.index(file.len());
        file[at] = byte;
        let _ = taken_on(&file);
        file.truncate(cut.index(file.len()));
        let _ = taken_on(&file);
    }
}

/// Real cameras' files, where they lie beside the checkout.
#[test]
fn reads_real_cameras() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/photos");
    for (name, day) in [
        ("DSCN0010.jpg", "2008-10-22"),
        ("canon-ixus.jpg", "2001-06-09"),
    ] {
        if let Ok(file) = std::fs::read(folder.join(name)) {
            assert_eq!(taken_on(&file), day.parse().ok(), "{name}");
        }
    }
}
