//! Measures the wire: ten thousand records of about 500 bytes from one phone to a real server and on to a second
//! phone. `cargo xtask bench` runs it; it prints one line of JSON for each row of the budget, and how long the push kept
//! a processor busy on either side, which a crowded machine changes less.
//!
//! The phones are the real engine over the in-memory store, natively; the server is the release binary over SQLite,
//! on a loopback socket. `hearth-wire host PORT` is the first phone alone, beside a server that runs already; see `host`.
//! Time runs from the first byte of work (framing, sealing, signing) to the last answer taken in.

mod host;
mod phone;
mod records;
mod server;

use hearth_core::circle::Whom;
use hearth_tests::Outcome;
use phone::Phone;
use server::Server;
use std::time::Instant;

const RECORDS: usize = 10_000;
const ROUNDS: usize = 5;

fn main() -> Outcome {
    // The network is another process in the app, and another thread here.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => runtime.block_on(measure()),
        [host, port] if host == "host" => runtime.block_on(host::run(port.parse()?)),
        _ => Err("either nothing, or: host PORT".into()),
    }
}

async fn measure() -> Outcome {
    let mut rows = Rows::default();
    for round in 0..ROUNDS {
        let server = Server::start().await?;
        let mut first = Phone::new(server.address, 1)?;
        let mut second = Phone::new(server.address, 2)?;
        first
            .tell(&records::make(1, u32::try_from(round)?)[0])
            .await?;
        phone::bring_in(&mut first, &mut second, Whom::MyPhone).await?;
        for record in records::make(RECORDS, 7) {
            first.tell(&record).await?;
        }
        let before = first.traffic;
        let (here, there) = (server::busy("self")?, server.busy()?);
        let start = Instant::now();
        first.sync().await?;
        rows.add("wire-push", millis(start));
        rows.add("wire-push-busy", server::busy("self")? - here);
        rows.add("wire-push-busy-server", server.busy()? - there);
        let traffic = first.traffic.since(before);
        rows.add("wire-push-up", bytes(traffic.up));
        rows.add("wire-push-down", bytes(traffic.down));
        let before = second.traffic;
        let start = Instant::now();
        second.sync().await?;
        rows.add("wire-pull", millis(start));
        rows.add("wire-pull-down", bytes(second.traffic.since(before).down));
        rows.add("server-memory", server.peak_memory()?);
        let (here, there) = (first.count().await?, second.count().await?);
        if here != RECORDS + 1 || there != here {
            return Err(format!("{there} of {here} records arrived").into());
        }
        server.stop().await?;
    }
    rows.print();
    Ok(())
}

/// The values of each row, in the order they were first measured.
#[derive(Default)]
struct Rows(Vec<(&'static str, Vec<f64>)>);

impl Rows {
    fn add(&mut self, row: &'static str, value: f64) {
        match self.0.iter_mut().find(|(name, _)| *name == row) {
            Some((_, values)) => values.push(value),
            None => self.0.push((row, vec![value])),
        }
    }

    #[expect(clippy::print_stdout, reason = "what a bench is for")]
    fn print(&self) {
        for (row, values) in &self.0 {
            println!("{{\"row\":\"{row}\",\"values\":{values:?}}}");
        }
    }
}

fn millis(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "some megabytes")]
fn bytes(count: u64) -> f64 {
    count as f64
}
