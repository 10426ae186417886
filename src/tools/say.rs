//! What the person at the terminal reads: a line before each step with about how long it takes,
//! and its seconds afterwards.

use std::io::Write;
use std::time::Instant;

/// A step that has been announced; [`Step::done`] prints its seconds.
pub(crate) struct Step {
    name: String,
    began: Instant,
}

/// Announces a step and about how long it takes.
pub(crate) fn step(name: &str, about: &str) -> Step {
    line(&format!("==> {name} ({about})"));
    Step {
        name: name.to_owned(),
        began: Instant::now(),
    }
}

impl Step {
    /// Prints how long the step took.
    pub(crate) fn done(self) {
        self.end("done");
    }

    /// Prints how the step ended and how long it took.
    pub(crate) fn end(self, how: &str) {
        let seconds = self.began.elapsed().as_secs_f64();
        line(&format!("<== {}: {how}, {seconds:.1} s", self.name));
    }
}

/// One line, at once even when the output is a pipe.
pub(crate) fn line(text: &str) {
    raw(format!("{text}\n").as_bytes());
}

/// One sentence about what went wrong.
pub(crate) fn problem(sentence: &str) {
    line(&format!("!!! {sentence}"));
}

/// What another program said, as it is.
pub(crate) fn raw(bytes: &[u8]) {
    let mut terminal = std::io::stdout().lock();
    // A closed terminal is no reason to stop the work.
    drop(terminal.write_all(bytes).and_then(|()| terminal.flush()));
}
