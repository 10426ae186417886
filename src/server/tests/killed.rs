//! The program killed while phones push: what it acknowledged is there when it starts again, in the order it signed.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use hearth_protocol::Millis;
use hearth_protocol::exchange::{Endpoint, FrameCode};
use hearth_protocol::frame::Frame;
use hearth_protocol::log::LogPoint;
use hearth_tests::asking::{Server, found, pull, push, whole};
use hearth_tests::family::{Family, member, pushed, right, rights};
use hearth_tests::{Outcome, post};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Ended with SIGKILL when dropped.
struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    fn start(folder: &Path) -> Outcome<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hearth-server"))
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(folder.join("hearth.sqlite"))
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        let out = child.stdout.take().ok_or("no output")?;
        BufReader::new(out).read_line(&mut line)?;
        let port = line.trim_end().rsplit(':').next().ok_or("no port")?;
        let address = SocketAddr::from(([127, 0, 0, 1], port.parse()?));
        Ok(Self { child, address })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the program answers.
#[derive(Clone, Copy)]
struct Door(SocketAddr);

impl Server for Door {
    fn origin(&self) -> String {
        format!("http://localhost:{}", self.0.port())
    }

    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(0))
    }

    async fn post(
        &self,
        endpoint: Endpoint,
        proof: Option<&str>,
        body: &[u8],
    ) -> Outcome<(u16, Vec<u8>)> {
        let host = format!("localhost:{}", self.0.port());
        let mut headers = vec![("host", host.as_str())];
        headers.extend(proof.map(|proof| ("hearth-auth", proof)));
        let answer = post(self.0, endpoint.path(), &headers, body).await?;
        Ok((answer.status, answer.body.to_vec()))
    }
}

const WRITERS: [u8; 4] = [1, 2, 4, 5];

/// A phone that pushes one frame after another, and says which rows were acknowledged.
async fn write_on(
    door: Door,
    mut family: Family,
    number: u8,
    acknowledged: Arc<Semaphore>,
) -> (Family, u8, Vec<(u64, Frame)>) {
    let mut rows = Vec::new();
    loop {
        let before = family.clone();
        let Ok(frame) = family.frame(number, 1, "words that count") else {
            return (before, number, rows);
        };
        match push(&door, number, &family, vec![pushed(&frame)]).await {
            Ok(answer) if answer.pushed[0].code == FrameCode::New => {
                rows.push((answer.pushed[0].detail, frame));
                acknowledged.add_permits(1);
            }
            // Killed: whether this one arrived, nobody knows. It is sent again.
            _ => return (before, number, rows),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_before_a_kill_is_there_after_it() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut family = Family::peopled()?;
    for number in [4, 5] {
        family.add(
            1,
            vec![member(number, rights(false, vec![right(1, 1, true)]))],
        )?;
    }
    let mut phones: BTreeMap<u8, Family> = BTreeMap::new();
    let mut all: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut log = None;
    for round in 0..4 {
        let program = Program::start(folder.path())?;
        let door = Door(program.address);
        if round == 0 {
            found(&door, 1, &family).await?;
            phones.extend(WRITERS.map(|number| (number, family.clone())));
        }
        let acknowledged = Arc::new(Semaphore::new(0));
        let mut writing = JoinSet::new();
        for (number, family) in std::mem::take(&mut phones) {
            writing.spawn(write_on(door, family, number, Arc::clone(&acknowledged)));
        }
        acknowledged.acquire_many(25).await?.forget();
        // In the middle of whatever it is doing for the four of them.
        drop(program);
        for (family, number, rows) in writing.join_all().await {
            all.extend(rows.into_iter().map(|(row, frame)| (row, frame.encode())));
            phones.insert(number, family);
        }
        let program = Program::start(folder.path())?;
        log = Some(check(&Door(program.address), &family, &mut phones, &all, log).await?);
    }
    assert!(all.len() >= 100);
    Ok(())
}

/// Every acknowledged row is there, rows have no gaps, and the running hash is the signed one. What was under way is either
/// there or not; the phones go on from what is there.
async fn check(
    door: &Door,
    family: &Family,
    phones: &mut BTreeMap<u8, Family>,
    all: &BTreeMap<u64, Vec<u8>>,
    log: Option<hearth_protocol::LogId>,
) -> Outcome<hearth_protocol::LogId> {
    let answer = pull(door, 3, family, vec![whole(1)]).await?;
    assert!(log.is_none_or(|log| log == answer.log));
    assert!(!answer.more);
    let mut point = LogPoint::start(&family.place(1), answer.log);
    for row in &answer.rows {
        let frame = Frame::decode(&row.frame)?;
        point = point.after(&row.row(&frame))?;
        if let Some(acknowledged) = all.get(&row.seq) {
            assert_eq!(&row.frame, acknowledged);
        }
    }
    let newest = all.keys().next_back().copied().unwrap_or(0);
    assert!(point.seq >= newest, "row {newest} was acknowledged");
    let head = answer.head.ok_or("no head")?;
    assert!(head.covers(&family.place(1), &point));
    for (number, phone) in phones {
        let frame = phone.clone().frame(*number, 1, "words that count")?;
        if answer.rows.iter().any(|row| row.frame == frame.encode()) {
            phone.frame(*number, 1, "words that count")?;
        }
    }
    Ok(answer.log)
}
