//! The built app as it is served: files by name, from inside the program or from a folder.
//! What the files say is no matter of this room.

use std::borrow::Cow;
use std::path::Path;

use bytes::Bytes;

use crate::ServeError;

mod embedded;
mod folder;
mod kind;
mod negotiate;
pub(crate) mod routes;
mod tag;
#[cfg(test)]
mod tests;

/// The app that this server serves.
#[derive(Debug)]
pub(crate) enum App {
    /// This build carries none.
    None,
    /// The one that was inside the program when it was built.
    Embedded(embedded::Files),
    /// The one in a folder, read anew at each request.
    Folder(folder::Folder),
}

/// One file's bytes, and the tag that changes with them.
#[derive(Clone, Debug)]
pub(crate) struct File {
    bytes: Bytes,
    tag: Cow<'static, str>,
}

impl App {
    /// The app in `folder`, or else the one inside the program.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, ServeError> {
        let Some(path) = folder else {
            return Ok(Self::embed(include!(concat!(env!("OUT_DIR"), "/files.rs"))));
        };
        folder::Folder::open(path)
            .map(Self::Folder)
            .ok_or_else(|| ServeError::NoApp(path.display().to_string()))
    }

    fn embed(table: &[embedded::Row]) -> Self {
        if table.is_empty() {
            return Self::None;
        }
        Self::Embedded(embedded::Files::new(table))
    }

    /// The file of that name, such as `i18n/en.json`.
    async fn find(&self, name: &str) -> Option<File> {
        match self {
            Self::None => None,
            Self::Embedded(files) => files.find(name),
            Self::Folder(folder) => folder.find(name).await,
        }
    }
}
