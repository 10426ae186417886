//! A database that counts what is asked of it, and fails or waits when a test wants it to. What it keeps, another keeps.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use hearth_protocol::control::{ControlHead, Cut};
use hearth_protocol::frame::Place;
use hearth_protocol::grant::Grant;
use hearth_protocol::{BlobId, CircleId, DeviceId, Hash, InviteId, LogId, Millis, StreamId};
use hearth_server::db::{
    AppendOutcome, BlobDatabase, BlobPart, BlobRow, ControlDatabase, ControlTail, Database,
    DatabaseError, EntryAppend, EntryOutcome, Erasure, FramesAppend, InviteChange, InviteDatabase,
    InviteRow, Kept, KeyDatabase, LogDatabase, LogQuestion, LogView, Stored, StoredGrant,
    StoredRow,
};
use hearth_server::identity::IdentityRecord;
use tokio::sync::Semaphore;

/// Clones are watched together.
#[derive(Clone, Debug)]
pub struct Watched<D> {
    kept: D,
    eye: Arc<Eye>,
}

#[derive(Debug)]
struct Eye {
    reads: AtomicUsize,
    writes: AtomicUsize,
    is_broken: AtomicBool,
    asked: Semaphore,
    /// Where it is there, a check waits for a permit.
    go_on: Option<Semaphore>,
}

impl<D> Watched<D> {
    /// Counts, and lets everything through.
    pub fn new(kept: D) -> Self {
        Self::with(kept, None)
    }

    /// Lets a check, and so `/healthz`, go on only when the test says so.
    pub fn slow(kept: D) -> Self {
        Self::with(kept, Some(Semaphore::new(0)))
    }

    fn with(kept: D, go_on: Option<Semaphore>) -> Self {
        let eye = Eye {
            reads: AtomicUsize::new(0),
            writes: AtomicUsize::new(0),
            is_broken: AtomicBool::new(false),
            asked: Semaphore::new(0),
            go_on,
        };
        Self {
            kept,
            eye: Arc::new(eye),
        }
    }

    /// Reads and writes since the last time this was asked.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let reads = self.eye.reads.swap(0, Ordering::Relaxed);
        (reads, self.eye.writes.swap(0, Ordering::Relaxed))
    }

    /// From now on everything fails, or works again.
    pub fn set_broken(&self, is_broken: bool) {
        self.eye.is_broken.store(is_broken, Ordering::Relaxed);
    }

    /// Ends when a check has begun.
    ///
    /// # Errors
    /// Never, while the database is there.
    pub async fn wait_until_asked(&self) -> crate::Outcome {
        self.eye.asked.acquire().await?.forget();
        Ok(())
    }

    /// Lets one check go on.
    pub fn let_go_on(&self) {
        if let Some(go_on) = &self.eye.go_on {
            go_on.add_permits(1);
        }
    }

    fn read(&self) -> Stored<&D> {
        self.eye.reads.fetch_add(1, Ordering::Relaxed);
        self.pass()
    }

    fn write(&self) -> Stored<&D> {
        self.eye.writes.fetch_add(1, Ordering::Relaxed);
        self.pass()
    }

    fn pass(&self) -> Stored<&D> {
        match self.eye.is_broken.load(Ordering::Relaxed) {
            false => Ok(&self.kept),
            true => Err(DatabaseError::Damaged("test")),
        }
    }
}

impl<D: Database> Database for Watched<D> {
    async fn check(&self) -> Stored<()> {
        self.eye.asked.add_permits(1);
        if let Some(go_on) = &self.eye.go_on
            && let Ok(permit) = go_on.acquire().await
        {
            permit.forget();
        }
        self.pass()?.check().await
    }

    async fn keep_identity(&self, fresh: &IdentityRecord) -> Stored<IdentityRecord> {
        self.kept.keep_identity(fresh).await
    }
}

impl<D: Database> ControlDatabase for Watched<D> {
    async fn read_control(&self, circle: CircleId, after: ControlHead) -> Stored<ControlTail> {
        self.read()?.read_control(circle, after).await
    }

    async fn append_entry(&self, append: EntryAppend) -> Stored<EntryOutcome> {
        self.write()?.append_entry(append).await
    }

    async fn hold_devices(
        &self,
        circle: CircleId,
        devices: Vec<DeviceId>,
        until: Millis,
    ) -> Stored<Vec<Cut>> {
        self.write()?.hold_devices(circle, devices, until).await
    }

    async fn find_recovery(&self, key: DeviceId) -> Stored<Vec<CircleId>> {
        self.read()?.find_recovery(key).await
    }

    async fn list_circles(&self) -> Stored<Vec<CircleId>> {
        self.read()?.list_circles().await
    }
}

impl<D: Database> KeyDatabase for Watched<D> {
    async fn keep_grants(&self, circle: CircleId, grants: Vec<Grant>) -> Stored<()> {
        self.write()?.keep_grants(circle, grants).await
    }

    async fn read_grants(
        &self,
        circle: CircleId,
        to: DeviceId,
        after: u64,
        wanted: Vec<(StreamId, u64)>,
    ) -> Stored<Vec<StoredGrant>> {
        self.read()?.read_grants(circle, to, after, wanted).await
    }

    async fn want_keys(
        &self,
        circle: CircleId,
        device: DeviceId,
        keys: Vec<(StreamId, u64)>,
    ) -> Stored<bool> {
        self.write()?.want_keys(circle, device, keys).await
    }

    async fn read_wanted(&self, circle: CircleId) -> Stored<Vec<(DeviceId, StreamId, u64)>> {
        self.read()?.read_wanted(circle).await
    }
}

impl<D: Database> LogDatabase for Watched<D> {
    async fn read_log(&self, place: Place, question: LogQuestion) -> Stored<Option<LogView>> {
        self.read()?.read_log(place, question).await
    }

    async fn open_log(&self, place: Place, fresh: LogId) -> Stored<()> {
        self.write()?.open_log(place, fresh).await
    }

    async fn rename_log(&self, place: Place, old: LogId, lost: LogId, fresh: LogId) -> Stored<()> {
        self.write()?.rename_log(place, old, lost, fresh).await
    }

    async fn append_frames(&self, append: FramesAppend) -> Stored<AppendOutcome> {
        self.write()?.append_frames(append).await
    }

    async fn read_rows(
        &self,
        place: Place,
        log: LogId,
        after: u64,
        most_bytes: usize,
    ) -> Stored<Vec<StoredRow>> {
        self.read()?.read_rows(place, log, after, most_bytes).await
    }

    async fn find_rows(
        &self,
        place: Place,
        names: BTreeSet<(DeviceId, u64)>,
        after: u64,
    ) -> Stored<Vec<StoredRow>> {
        self.read()?.find_rows(place, names, after).await
    }

    async fn erase_again(
        &self,
        place: Place,
        erasures: Vec<Erasure>,
        blobs: Vec<BlobId>,
    ) -> Stored<()> {
        self.write()?.erase_again(place, erasures, blobs).await
    }
}

impl<D: Database> BlobDatabase for Watched<D> {
    async fn find_blob(
        &self,
        place: Place,
        blob: BlobId,
        from_epoch: u64,
    ) -> Stored<Option<BlobRow>> {
        self.read()?.find_blob(place, blob, from_epoch).await
    }

    async fn put_blob_part(&self, part: BlobPart) -> Stored<Option<BlobRow>> {
        self.write()?.put_blob_part(part).await
    }

    async fn finish_blob(
        &self,
        place: Place,
        blob: BlobId,
        hash: Hash,
        at: Millis,
    ) -> Stored<Option<BlobRow>> {
        self.write()?.finish_blob(place, blob, hash, at).await
    }

    async fn drop_blob_parts(&self, place: Place, blob: BlobId) -> Stored<()> {
        self.write()?.drop_blob_parts(place, blob).await
    }

    async fn read_blob(&self, place: Place, blob: BlobId, offset: u64) -> Stored<Vec<u8>> {
        self.read()?.read_blob(place, blob, offset).await
    }
}

impl<D: Database> InviteDatabase for Watched<D> {
    async fn keep_invite(&self, invite: InviteRow, now: Millis, most: usize) -> Stored<Kept> {
        self.write()?.keep_invite(invite, now, most).await
    }

    async fn read_invite(&self, invite: InviteId) -> Stored<Option<InviteRow>> {
        self.read()?.read_invite(invite).await
    }

    async fn change_invite(
        &self,
        invite: InviteId,
        change: InviteChange,
        now: Millis,
    ) -> Stored<Option<InviteRow>> {
        self.write()?.change_invite(invite, change, now).await
    }
}
