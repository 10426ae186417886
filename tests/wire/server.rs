//! The release server as a process of its own, so that its memory is its own.

use hearth_tests::Outcome;
use std::net::SocketAddr;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    _folder: TempDir,
}

impl Server {
    /// Starts the binary that `HEARTH_SERVER` names, over an empty database.
    pub(crate) async fn start() -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let binary = std::env::var_os("HEARTH_SERVER").ok_or("HEARTH_SERVER names no binary")?;
        let mut process = Command::new(binary)
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path().join("hearth.sqlite"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let output = process.stdout.take().ok_or("no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, address)) = line.split_once("Hearth is at http://localhost:") {
                let port: u16 = address.trim().parse()?;
                return Ok(Self {
                    address: SocketAddr::from(([127, 0, 0, 1], port)),
                    process,
                    _folder: folder,
                });
            }
        }
        Err("the server did not say where it is".into())
    }

    /// The most memory it ever held, in bytes.
    pub(crate) fn peak_memory(&self) -> Outcome<f64> {
        let id = self.process.id().ok_or("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next());
        Ok(kilobytes.ok_or("no VmHWM")?.parse::<f64>()? * 1_024.0)
    }

    /// How long it has been on a processor until now, in milliseconds.
    pub(crate) fn busy(&self) -> Outcome<f64> {
        let id = self.process.id().ok_or("the server has ended")?;
        busy(&id.to_string())
    }

    pub(crate) async fn stop(mut self) -> Outcome {
        self.process.kill().await?;
        Ok(())
    }
}

/// How long all threads of a process have been on a processor, in milliseconds: what a busy machine does not change much.
pub(crate) fn busy(process: &str) -> Outcome<f64> {
    let mut nanoseconds = 0.0;
    for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
        let line = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        let first = line.split_whitespace().next().ok_or("no schedstat")?;
        nanoseconds += first.parse::<f64>()?;
    }
    Ok(nanoseconds / 1e6)
}
