//! A backup is never whole in memory, neither while it is made nor while it is read: every byte
//! that this process holds is counted. Alone in its process, so that no other test is counted.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use hearth_core::messages::{Request, Response};
use hearth_core::ports::{Source, SourceError};
use hearth_core::record::RecordKind;
use hearth_core::world::photo;
use hearth_tests::phones::{Home, Phone};
use peak_alloc::PeakAlloc;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use tempfile::NamedTempFile;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const PASSPHRASE: &str = "four quite ordinary words";
const PHOTO: usize = 250_000;
const PHOTOS: usize = 32;
/// A third of all photos: several parts.
const LIMIT: u64 = (PHOTO * PHOTOS * 2 / 3) as u64;
/// A photo as it lies, opened and sealed anew, a piece, a transaction and a slice of a mebibyte
/// each, and as much again for what grows by doubling. Of the photos there are 12 MB.
const BOUND: usize = 5 * 1024 * 1024;

/// A part on the disk, as a browser holds it. Stretching the passphrase takes 64 MiB and gives
/// them back: what comes after the headers is counted.
struct Part(NamedTempFile);

impl Source for Part {
    fn length(&self) -> u64 {
        self.0.as_file().metadata().unwrap().len()
    }

    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, SourceError> {
        let mut file = File::open(self.0.path()).unwrap();
        file.seek(SeekFrom::Start(from)).unwrap();
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes).unwrap();
        if length > 64 && from == 64 {
            MEMORY.reset_peak_usage();
        }
        Ok(bytes)
    }
}

fn add_photos(phone: &mut Phone) {
    for number in 0..PHOTOS {
        let Response::Draft(draft) = phone.ask(Request::Begin(RecordKind::Story)) else {
            panic!("no draft")
        };
        let add = Request::AddPhoto {
            draft: draft.id,
            kind: draft.kind,
        };
        let picture = photo(&vec![u8::try_from(number).unwrap(); PHOTO]);
        pollster::block_on(phone.vault.answer(add, Some(picture))).unwrap();
    }
}

fn make(phone: &mut Phone) -> Vec<Part> {
    let begun = phone.vault.begin_backup(PASSPHRASE, LIMIT);
    let mut backup = pollster::block_on(begun).unwrap();
    let (mut parts, mut open) = (Vec::new(), NamedTempFile::new().unwrap());
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    while let Some(piece) = pollster::block_on(phone.vault.continue_backup(&mut backup)).unwrap() {
        open.write_all(&piece.bytes).unwrap();
        if piece.step.is_part_done {
            parts.push(Part(std::mem::replace(
                &mut open,
                NamedTempFile::new().unwrap(),
            )));
        }
    }
    let more = MEMORY.peak_usage() - before;
    assert!(more < BOUND, "making it took {more} bytes");
    parts
}

#[test]
fn a_backup_of_many_photos_is_made_and_brought_back_in_a_few_mebibytes() {
    let home = Home::new();
    let mut old = home.phone(7);
    old.tell("so that there is a circle");
    add_photos(&mut old);
    let parts = make(&mut old);
    let bytes: u64 = parts.iter().map(Source::length).sum();
    assert!(parts.len() > 2 && bytes > 2 * BOUND as u64, "{bytes} bytes");
    assert!(parts.iter().all(|part| part.length() <= LIMIT));
    drop(old);

    // The new store is in memory too: what was held beside it is gone at the end.
    let mut new = home.phone(7);
    let restored = pollster::block_on(new.vault.restore(&parts, PASSPHRASE)).unwrap();
    let more = MEMORY.peak_usage() - MEMORY.current_usage();
    assert!(more < BOUND, "reading it took {more} bytes");
    assert_eq!((restored.damage.total(), restored.missing.len()), (0, 0));
    assert_eq!(new.vault.drafts().len(), PHOTOS);
}
