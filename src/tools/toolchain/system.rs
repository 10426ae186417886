//! Packages of the operating system: the browsers, what steers them, the fonts of the screenshots.
//!
//! They change the whole machine, so they are installed only when asked for.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{capture, command, find_program, run};
use crate::say;

const BROWSER: [&str; 2] = ["chromium", "chromium-driver"];
const ENGINES: [Engine; 2] = [
    Engine {
        name: "Firefox ESR",
        packages: &["firefox-esr"],
        programs: &[("HEARTH_FIREFOX", "firefox-esr")],
        is_whole: || true,
    },
    Engine {
        name: "WebKitGTK",
        packages: &["webkit2gtk-driver", "gjs", "gir1.2-webkit2-4.1", "xvfb"],
        programs: &[
            ("HEARTH_WEBKIT_DRIVER", "WebKitWebDriver"),
            ("HEARTH_GJS", "gjs"),
            ("HEARTH_XVFB", "Xvfb"),
        ],
        is_whole: has_webkit_for_scripts,
    },
];
const FONTS: [&str; 2] = ["fonts-noto-core", "fonts-noto-color-emoji"];
const URDU_FONT: &str = "/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf";

/// Where the browser and its driver are.
pub(crate) struct Browser {
    /// Chromium itself.
    pub(crate) chromium: PathBuf,
    /// The program that steers it for the storage tests.
    pub(crate) driver: PathBuf,
}

/// The variable in which a journey looks for a program, and where it is.
pub(crate) type Program = (&'static str, PathBuf);

struct Engine {
    name: &'static str,
    packages: &'static [&'static str],
    programs: &'static [(&'static str, &'static str)],
    /// What its programs need beside them.
    is_whole: fn() -> bool,
}

impl Engine {
    fn prepare(&self, install: bool) -> Result<Vec<Program>> {
        if let Some(programs) = self.find() {
            return Ok(programs);
        }
        let missing = format!("{} is missing", self.name);
        if let Err(error) = install_packages(&missing, self.packages, install) {
            if install {
                return Err(error);
            }
            say::problem(&format!("{error:#}. Its journeys are skipped"));
            return Ok(self
                .programs
                .iter()
                .map(|(name, _)| (*name, PathBuf::new()))
                .collect());
        }
        let lost = || {
            format!(
                "{} was installed but is not on the PATH: open a new terminal",
                self.name
            )
        };
        self.find().with_context(lost)
    }

    fn find(&self) -> Option<Vec<Program>> {
        let programs = self.programs.iter();
        let found = programs.map(|(name, program)| Some((*name, find_program(program)?)));
        found.collect::<Option<_>>().filter(|_| (self.is_whole)())
    }
}

/// The description by which a script uses the library comes in a package of its own.
fn has_webkit_for_scripts() -> bool {
    let script = "imports.gi.versions.WebKit2 = '4.1'; imports.gi.WebKit2;";
    capture(command("gjs").args(["-c", script])).is_ok()
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

/// The browsers that run the core journeys beside Chromium: each program under the name by which the
/// journeys ask for it. Of an engine that is missing, and may not be installed, the paths are empty.
pub(crate) fn prepare_engines(install: bool) -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    for engine in &ENGINES {
        programs.extend(engine.prepare(install)?);
    }
    Ok(programs)
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
