//! The words after `cargo xtask`, taken one kind at a time; what is left at the end is a mistake.

use std::collections::VecDeque;

use anyhow::{Context, Result, bail};

/// Words that have not been understood yet.
pub(crate) struct Arguments(VecDeque<String>);

impl Arguments {
    /// What the person typed.
    pub(crate) fn from_environment() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// The next word that is not a flag.
    pub(crate) fn next_word(&mut self) -> Option<String> {
        let index = self.0.iter().position(|word| !word.starts_with("--"))?;
        self.0.remove(index)
    }

    /// Whether the flag was given.
    pub(crate) fn take_flag(&mut self, flag: &str) -> bool {
        match self.0.iter().position(|word| word == flag) {
            Some(index) => self.0.remove(index).is_some(),
            None => false,
        }
    }

    /// The value after an option, if the option was given. Call before [`Self::next_word`].
    pub(crate) fn take_option(&mut self, option: &str) -> Result<Option<String>> {
        let Some(index) = self.0.iter().position(|word| word == option) else {
            return Ok(None);
        };
        self.0.remove(index);
        let value = self.0.remove(index);
        value
            .map(Some)
            .with_context(|| format!("{option} needs a value after it"))
    }

    /// Fails when a word was not understood.
    pub(crate) fn finish(mut self) -> Result<()> {
        match self.0.pop_front() {
            None => Ok(()),
            Some(word) => {
                bail!("'{word}' is not something this command knows: see `cargo xtask help`")
            }
        }
    }
}
