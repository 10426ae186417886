//! Packages of the operating system: Chromium, its driver, the fonts of the screenshots.
//!
//! They change the whole machine, so they are installed only when asked for.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{capture, command, find_program, run};
use crate::say;

const BROWSER: [&str; 2] = ["chromium", "chromium-driver"];
const FONTS: [&str; 2] = ["fonts-noto-core", "fonts-noto-color-emoji"];
const URDU_FONT: &str = "/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf";

/// Where the browser and its driver are.
pub(crate) struct Browser {
    /// Chromium itself.
    pub(crate) chromium: PathBuf,
    /// The program that steers it for the storage tests.
    pub(crate) driver: PathBuf,
}

/// Whether system packages may be installed without asking.
pub(crate) fn may_install(flag: bool) -> bool {
    flag || std::env::var("CI").is_ok_and(|value| value == "true")
}

/// Chromium and its driver.
pub(crate) fn prepare_browser(install: bool) -> Result<Browser> {
    if let Some(browser) = find_browser() {
        return Ok(browser);
    }
    install_packages("Chromium and its driver are missing", &BROWSER, install)?;
    find_browser().context("Chromium was installed but is not on the PATH: open a new terminal")
}

/// The fonts in which the pictures are drawn; without the Urdu one a machine draws boxes.
pub(crate) fn prepare_fonts(install: bool) -> Result<()> {
    let has_urdu = Path::new(URDU_FONT).exists()
        || find_program("fc-list").is_some_and(|list| {
            capture(command(list).arg(":lang=ur")).is_ok_and(|fonts| !fonts.trim().is_empty())
        });
    if has_urdu {
        return Ok(());
    }
    install_packages("a font for Urdu is missing", &FONTS, install)
}

fn find_browser() -> Option<Browser> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    Some(Browser {
        chromium: names.into_iter().find_map(find_program)?,
        driver: find_program("chromedriver")?,
    })
}

fn install_packages(missing: &str, packages: &[&str], install: bool) -> Result<()> {
    let names = packages.join(" ");
    let Some(apt) = find_program("apt-get") else {
        bail!("{missing}: install them with your system's package manager ({names} on Debian)");
    };
    if !install {
        bail!(
            "{missing}: run `sudo apt-get install --no-install-recommends {names}`, or give this command --install"
        );
    }
    let step = say::step(&format!("Installing {names}"), "about 1 minute");
    let failure = format!("apt-get could not install {names}: look at the lines above");
    run(as_root(&apt)?.arg("update").arg("-q"), &failure)?;
    run(
        as_root(&apt)?
            .args(["install", "-q", "-y", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive"),
        &failure,
    )?;
    step.done();
    Ok(())
}

fn as_root(apt: &Path) -> Result<std::process::Command> {
    if capture(command("id").arg("-u"))?.trim() == "0" {
        return Ok(command(apt));
    }
    let mut sudo = command("sudo");
    sudo.arg("-n").arg(apt);
    Ok(sudo)
}
