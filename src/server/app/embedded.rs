//! The files that were put inside the program when it was built.

use std::collections::HashMap;

use bytes::Bytes;

use super::File;

/// By name; the bytes stay where the program has them.
#[derive(Debug)]
pub(crate) struct Files {
    by_name: HashMap<&'static str, File>,
}

impl Files {
    pub(super) fn new(table: &[(&'static str, &'static [u8])]) -> Self {
        let by_name = table
            .iter()
            .map(|(name, bytes)| (*name, File::new(Bytes::from_static(bytes))))
            .collect();
        Self { by_name }
    }

    pub(super) fn find(&self, name: &str) -> Option<File> {
        self.by_name.get(name).cloned()
    }
}
