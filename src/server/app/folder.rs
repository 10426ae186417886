//! The files of a folder, read anew at each request, so that a new build shows without a restart.

use std::borrow::Cow;
use std::fs;
use std::path::{Component, Path, PathBuf};

use bytes::Bytes;

use super::File;
use super::tag::make_tag;

/// A folder with an `index.html`.
#[derive(Debug)]
pub(crate) struct Folder {
    top: PathBuf,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Option<Self> {
        let top = path.canonicalize().ok()?;
        top.join("index.html").is_file().then_some(Self { top })
    }

    pub(super) async fn find(&self, name: &str) -> Option<File> {
        let path = self.locate(name)?;
        let top = self.top.clone();
        tokio::task::spawn_blocking(move || read_within(&top, &path))
            .await
            .ok()?
    }

    /// Plain names only: nothing that climbs out, and no file whose name begins with a dot.
    fn locate(&self, name: &str) -> Option<PathBuf> {
        let plain = Path::new(name).components().all(|part| match part {
            Component::Normal(part) => !part.to_string_lossy().starts_with('.'),
            _ => false,
        });
        plain.then(|| self.top.join(name))
    }
}

/// A link may lead anywhere, so where it ends is looked at before it is read.
fn read_within(top: &Path, path: &Path) -> Option<File> {
    let path = path.canonicalize().ok()?;
    if !path.starts_with(top) || !path.is_file() {
        return None;
    }
    let bytes = Bytes::from(fs::read(path).ok()?);
    let tag = Cow::Owned(make_tag(&bytes));
    Some(File { bytes, tag })
}
