//! Where things are: the checkout, the caches outside it, the results inside `target/`.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders every command works with.
pub(crate) struct Place {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Installed tools, one folder a version.
    pub(crate) tools: PathBuf,
    /// Cargo's target folder: the person's own choice, or one in the user's cache.
    pub(crate) cargo_target: PathBuf,
    /// The built app.
    pub(crate) dist: PathBuf,
}

impl Place {
    /// Finds the checkout around the current folder, and the caches.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("Trunk.toml").exists() && folder.join("src/app").exists())
            .context("this is not inside a Hearth checkout: go to the folder with Trunk.toml")?
            .to_owned();
        let cache = find_cache()?.join("hearth");
        let cargo_target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => cache.join("target"),
        };
        Ok(Self {
            tools: cache.join("tools"),
            dist: root.join("target/dist"),
            cargo_target,
            root,
        })
    }

    /// The end-to-end tests and everything else that runs on Playwright.
    pub(crate) fn end_to_end(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// A folder below `target/` for results, made when missing.
    pub(crate) fn results(&self, name: &str) -> Result<PathBuf> {
        let folder = self.root.join("target").join(name);
        make_folder(&folder)?;
        Ok(folder)
    }

    /// The release server.
    pub(crate) fn server(&self) -> PathBuf {
        self.cargo_target.join("release/hearth-server")
    }
}

/// Makes a folder and its parents.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))
}

/// Waits until no other run of this tool holds the lock, and holds it until dropped.
pub(crate) fn lock(file: &Path) -> Result<File> {
    let lock = File::create(file).with_context(|| format!("{} cannot be made", file.display()))?;
    lock.lock()
        .with_context(|| format!("{} cannot be locked", file.display()))?;
    Ok(lock)
}

fn find_cache() -> Result<PathBuf> {
    let chosen = std::env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty());
    if let Some(folder) = chosen {
        return Ok(PathBuf::from(folder));
    }
    let home = std::env::home_dir().context("HOME is not set, so there is no cache folder")?;
    Ok(home.join(".cache"))
}
