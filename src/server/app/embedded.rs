//! The files that were put inside the program when it was built.

use std::borrow::Cow;
use std::collections::HashMap;

use bytes::Bytes;

use super::File;

/// A file's name, its bytes and its tag. The build made the tag: to make it here would read the whole app into memory at
/// every start, for nobody.
pub(super) type Row = (&'static str, &'static [u8], &'static str);

/// By name; the bytes stay where the program has them.
#[derive(Debug)]
pub(crate) struct Files {
    by_name: HashMap<&'static str, File>,
}

impl Files {
    pub(super) fn new(table: &[Row]) -> Self {
        let files = table.iter().map(|(name, bytes, tag)| {
            let bytes = Bytes::from_static(bytes);
            let tag = Cow::Borrowed(*tag);
            (*name, File { bytes, tag })
        });
        Self {
            by_name: files.collect(),
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<File> {
        self.by_name.get(name).cloned()
    }
}
