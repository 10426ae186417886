//! Files between the engine and the browser, piece by piece: those that a person chose, and the
//! parts of a backup, which the browser holds. And a passphrase as the format wants it.

use crate::service::OpenVault;
use hearth_core::messages::{Failure, Response};
use hearth_core::ports::{Source, SourceError};
use hearth_core::vault::{BackupInProgress, BackupStep, PART_LIMIT, Piece};
use js_sys::{Array, ArrayBuffer, JsString, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// A file that a person chose.
struct Chosen(File);

impl Source for Chosen {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of bytes"
    )]
    fn length(&self) -> u64 {
        self.0.size() as u64
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "no file has 2 to the 53 bytes, which is what JavaScript counts to"
    )]
    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, SourceError> {
        let (begin, end) = (from as f64, from as f64 + length as f64);
        let slice = self
            .0
            .slice_with_f64_and_f64(begin, end)
            .map_err(|why| gone(&why))?;
        let buffer = JsFuture::from(slice.array_buffer()).await;
        let buffer: ArrayBuffer = buffer
            .and_then(JsCast::dyn_into)
            .map_err(|why| gone(&why))?;
        let bytes = Uint8Array::new(&buffer).to_vec();
        let is_whole = bytes.len() == length;
        is_whole.then_some(bytes).ok_or_else(SourceError::cut_off)
    }
}

fn gone(why: &JsValue) -> SourceError {
    SourceError(format!("{why:?}"))
}

/// A backup that is being made. The pieces of its open part are the browser's: nothing of them
/// stays in the memory of the worker.
pub(crate) struct Making {
    backup: BackupInProgress,
    pieces: Array,
    /// The part that is done, on its way to the page.
    done: Option<Blob>,
}

impl OpenVault {
    pub(crate) async fn begin_backup(&mut self, passphrase: &str) -> Result<Response, Failure> {
        self.making = None;
        let passphrase = normalize(passphrase);
        let backup = self.vault.begin_backup(&passphrase, PART_LIMIT).await?;
        self.making = Some(Making {
            backup,
            pieces: Array::new(),
            done: None,
        });
        Ok(Response::Backup(BackupStep::default()))
    }

    /// One that failed is gone: its parts would never be all.
    pub(crate) async fn continue_backup(&mut self) -> Result<Response, Failure> {
        let mut making = self.making.take().ok_or_else(none)?;
        let piece = self.vault.continue_backup(&mut making.backup).await?;
        let step = making.take(&piece.ok_or_else(none)?)?;
        self.making = Some(making);
        Ok(Response::Backup(step))
    }

    pub(crate) async fn end_backup(&mut self, is_kept: bool) -> Result<Response, Failure> {
        let making = self.making.take();
        if is_kept {
            let making = making.ok_or_else(none)?;
            self.vault.keep_backup(&making.backup).await?;
        }
        Ok(Response::Done)
    }

    /// The part of a backup that is done, to go beside the answer.
    pub(crate) fn take_part(&mut self) -> Option<Blob> {
        self.making.as_mut()?.done.take()
    }

    pub(crate) async fn restore(
        &mut self,
        passphrase: &str,
        files: Vec<File>,
    ) -> Result<Response, Failure> {
        let files: Vec<Chosen> = files.into_iter().map(Chosen).collect();
        let restored = self.vault.restore(&files, &normalize(passphrase)).await?;
        Ok(Response::Restored(restored))
    }
}

impl Making {
    fn take(&mut self, piece: &Piece) -> Result<BackupStep, Failure> {
        let bytes = Array::of1(&Uint8Array::from(piece.bytes.as_slice()));
        let blob = Blob::new_with_u8_array_sequence(&bytes).map_err(|why| not_held(&why))?;
        self.pieces.push(&blob);
        if piece.step.is_part_done {
            let pieces = std::mem::take(&mut self.pieces);
            self.done = Some(Blob::new_with_blob_sequence(&pieces).map_err(|why| not_held(&why))?);
        }
        Ok(piece.step)
    }
}

fn none() -> Failure {
    Failure::Malformed("no backup is being made".into())
}

fn not_held(why: &JsValue) -> Failure {
    Failure::Refused(format!("the browser holds no file: {why:?}"))
}

/// The same letters typed on another keyboard are other bytes: NFKC makes them one. The browser
/// has the tables for it.
fn normalize(passphrase: &str) -> String {
    let text = JsString::from(passphrase);
    String::from(text.normalize("NFKC"))
}
