//! The program itself: started, spoken to, killed, and started again.

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Ended when dropped, so that a failing test leaves nothing running.
struct Program {
    child: Child,
    port: u16,
}

impl Program {
    fn start(folder: &Path, flags: &[&str]) -> Outcome<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hearth-server"))
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(folder.join("hearth.sqlite"))
            .args(flags)
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let out = child.stdout.take().ok_or("no output")?;
        BufReader::new(out).read_line(&mut line)?;
        let port = line
            .trim_end()
            .strip_prefix("Hearth is at http://localhost:")
            .ok_or_else(|| format!("the first line was {line:?}"))?
            .parse()?;
        Ok(Self { child, port })
    }

    /// The whole answer, head and body.
    fn ask(&self, path: &str) -> Outcome<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nx-canary: canary-in-header\r\nconnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    fn identity(&self) -> Outcome<String> {
        let answer = self.ask("/api/server")?;
        let (_, body) = answer.split_once("\r\n\r\n").ok_or("no body")?;
        assert!(body.contains("\"key\":\""), "{answer}");
        Ok(body.to_owned())
    }

    /// Asks it to stop as a service manager does; gives whether it ended well, and its log.
    #[cfg(unix)]
    fn stop(mut self) -> Outcome<(bool, String)> {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()?;
        assert!(told.success());
        let mut log = String::new();
        self.child
            .stderr
            .take()
            .ok_or("no log")?
            .read_to_string(&mut log)?;
        Ok((self.child.wait()?.success(), log))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // On Unix this is SIGKILL.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_identity_survives_a_kill() -> Outcome {
    let folder = tempfile::tempdir()?;
    let first = Program::start(folder.path(), &[])?;
    let identity = first.identity()?;
    drop(first);
    for _ in 0..2 {
        let again = Program::start(folder.path(), &[])?;
        assert_eq!(again.identity()?, identity);
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_stop_signal_ends_it_well_with_nothing_left_in_the_side_file() -> Outcome {
    let folder = tempfile::tempdir()?;
    let program = Program::start(folder.path(), &[])?;
    program.identity()?;
    assert!(program.stop()?.0);
    let mut files: Vec<_> = folder
        .path()
        .read_dir()?
        .filter_map(|file| Some(file.ok()?.file_name()))
        .collect();
    files.sort();
    assert_eq!(files, ["hearth.sqlite", "hearth.sqlite.journal"]);
    Ok(())
}

#[cfg(unix)]
#[test]
fn no_log_line_holds_what_a_caller_wrote() -> Outcome {
    let app = tempfile::tempdir()?;
    std::fs::write(app.path().join("index.html"), "home")?;
    let app = app.path().to_str().ok_or("not text")?;
    for format in ["plain", "json"] {
        let folder = tempfile::tempdir()?;
        let flags = ["--log-format", format, "--log-level", "trace", "--app", app];
        let program = Program::start(folder.path(), &flags)?;
        for path in [
            "/join?canary=1",
            "/join/canary",
            "/api/canary",
            "/canary.png?canary",
            "/api/server?canary",
            "/healthz",
        ] {
            program.ask(path)?;
        }
        let (_, log) = program.stop()?;
        assert!(!log.contains("canary"), "{log}");
        assert!(!log.contains("127.0.0.1"), "{log}");
        assert!(log.contains("/api/server") && log.contains("404"), "{log}");
        assert_eq!(
            format == "json",
            log.lines().all(|line| line.starts_with('{')),
            "{log}"
        );
    }
    Ok(())
}

#[test]
fn a_port_in_use_is_said_in_words() -> Outcome {
    let folder = tempfile::tempdir()?;
    let first = Program::start(folder.path(), &[])?;
    let second = Command::new(env!("CARGO_BIN_EXE_hearth-server"))
        .args(["--listen", &format!("127.0.0.1:{}", first.port), "--data"])
        .arg(folder.path().join("other.sqlite"))
        .output()?;
    assert!(!second.status.success());
    let words = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(words.contains("could not be opened"), "{words}");
    Ok(())
}

#[test]
fn the_help_explains_the_phone() -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_hearth-server"))
        .arg("--help")
        .output()?;
    let help = String::from_utf8(output.stdout)?;
    for words in [
        "--phone",
        "certificate authority of your own",
        "HEARTH_PHONE",
        "--origin",
        "--found",
        "--circle-bytes",
        "never restore it",
        "[env: HEARTH_DATA=",
    ] {
        assert!(help.contains(words), "{words}");
    }
    Ok(())
}
