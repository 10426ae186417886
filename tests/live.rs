//! News: a hint after a change, nothing after a removal, an end when the server stops.

use hearth_protocol::BlobId;
use hearth_protocol::blob::BlobHasher;
use hearth_protocol::exchange::{BlobPut, BlobPutAnswer, Endpoint, LiveRequest};
use hearth_protocol::form::Object as _;
use hearth_tests::asking::{append, found, prove, push, tell};
use hearth_tests::family::{Family, pushed, removed, stream};
use hearth_tests::{Outcome, RunningServer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const NEWS: &str = "data: new\n\n";
const BEGUN: &str = ":\n\n";

/// An answer that is read as it comes.
struct Line {
    stream: TcpStream,
    read: String,
}

impl Line {
    async fn open(server: &RunningServer, number: u8, family: &Family) -> Outcome<Self> {
        let circle = family.id();
        let body = LiveRequest { circle }.encode();
        let proof = prove(server, number, Endpoint::Live, &body);
        let mut stream = TcpStream::connect(server.address).await?;
        let head = format!(
            "POST /api/live HTTP/1.1\r\nhost: localhost:{}\r\nhearth-auth: {proof}\r\ncontent-length: {}\r\n\r\n",
            server.address.port(),
            body.len()
        );
        stream.write_all(&[head.as_bytes(), &body].concat()).await?;
        let read = String::new();
        Ok(Self { stream, read })
    }

    /// Reads on until these words have come; what came before them is forgotten.
    async fn wait_for(&mut self, words: &str) -> Outcome<String> {
        loop {
            if let Some(at) = self.read.find(words) {
                let rest = self.read.split_off(at + words.len());
                return Ok(std::mem::replace(&mut self.read, rest));
            }
            let mut bytes = [0; 1024];
            match self.stream.read(&mut bytes).await? {
                0 => return Err(format!("it ended after {:?}", self.read).into()),
                length => self
                    .read
                    .push_str(&String::from_utf8_lossy(&bytes[..length])),
            }
        }
    }

    async fn read_to_end(mut self) -> Outcome<String> {
        let mut rest = Vec::new();
        self.stream.read_to_end(&mut rest).await?;
        Ok(self.read + &String::from_utf8_lossy(&rest))
    }
}

async fn start(flags: &[&str]) -> Outcome<(RunningServer, Family)> {
    let server = RunningServer::start(flags).await?;
    let family = Family::peopled()?;
    found(&server, 1, &family).await?;
    Ok((server, family))
}

#[tokio::test]
async fn a_push_is_news_to_who_listens() -> Outcome {
    let (server, mut family) = start(&[]).await?;
    let mut line = Line::open(&server, 3, &family).await?;
    let head = line.wait_for(BEGUN).await?;
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    assert!(head.contains("content-type: text/event-stream"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    for _ in 0..3 {
        let frame = family.frame(1, 1, "new")?;
        push(&server, 1, &family, vec![pushed(&frame)]).await?;
        line.wait_for(NEWS).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_photo_that_has_become_whole_is_news_and_a_part_of_it_is_not() -> Outcome {
    let (server, mut family) = start(&[]).await?;
    let (blob, whole) = (BlobId([5; 16]), [7; 100]);
    let frame = family.frame_with(1, 1, "photo", vec![(blob, 100)], None)?;
    push(&server, 1, &family, vec![pushed(&frame)]).await?;
    let mut hasher = BlobHasher::default();
    hasher.update(&whole);
    let hash = hasher.finish();
    let mut line = Line::open(&server, 3, &family).await?;
    line.wait_for(BEGUN).await?;
    let part = |from: usize, to: usize| BlobPut {
        circle: family.id(),
        stream: stream(1),
        blob,
        length: 100,
        hash,
        offset: from as u64,
        bytes: whole[from..to].to_vec(),
    };
    for (from, to) in [(0, 40), (40, 100), (40, 100)] {
        let _: BlobPutAnswer = tell(&server, 1, Endpoint::BlobPut, &part(from, to)).await?;
    }
    line.wait_for(NEWS).await?;
    server.stop().await?;
    assert!(!line.read_to_end().await?.contains(NEWS), "one hint for it");
    Ok(())
}

#[tokio::test]
async fn another_circles_news_and_a_pull_are_no_news() -> Outcome {
    let (server, mut family) = start(&[]).await?;
    let mut others = Family::found_by(9)?;
    found(&server, 9, &others).await?;
    let mut line = Line::open(&server, 3, &family).await?;
    line.wait_for(BEGUN).await?;
    let theirs = others.frame(9, 1, "theirs")?;
    push(&server, 9, &others, vec![pushed(&theirs)]).await?;
    push(&server, 1, &family, Vec::new()).await?;
    let ours = family.frame(1, 1, "ours")?;
    push(&server, 1, &family, vec![pushed(&ours)]).await?;
    line.wait_for(NEWS).await?;
    server.stop().await?;
    assert!(
        !line.read_to_end().await?.contains(NEWS),
        "one piece of news was all"
    );
    Ok(())
}

#[tokio::test]
async fn who_was_removed_is_told_nothing_more() -> Outcome {
    let (server, mut family) = start(&[]).await?;
    let mut line = Line::open(&server, 3, &family).await?;
    line.wait_for(BEGUN).await?;
    let acts = vec![removed(3, Vec::new()), family.advanced(1)];
    let entry = family.add(1, acts)?;
    append(&server, 1, &family, vec![entry]).await?;
    // What comes next is the end, and not a hint.
    line.wait_for("\r\n").await?;
    assert_eq!(line.wait_for("\r\n").await?, "0\r\n");
    let mut again = Line::open(&server, 3, &family).await?;
    assert!(
        again
            .wait_for("not here")
            .await?
            .starts_with("HTTP/1.1 404")
    );
    Ok(())
}

#[tokio::test]
async fn it_ends_when_the_server_stops() -> Outcome {
    let (server, family) = start(&["--drain-seconds", "3600"]).await?;
    let mut line = Line::open(&server, 3, &family).await?;
    line.wait_for(BEGUN).await?;
    server.stop().await?;
    assert!(
        line.read_to_end().await?.ends_with("0\r\n\r\n"),
        "a whole answer"
    );
    Ok(())
}

#[tokio::test]
async fn silence_never_lasts_until_the_idle_limit() -> Outcome {
    // Longer than the request limit, and each silence shorter than the idle limit.
    let (server, family) = start(&["--idle-seconds", "0.6", "--request-seconds", "0.5"]).await?;
    let mut line = Line::open(&server, 3, &family).await?;
    for _ in 0..5 {
        line.wait_for(BEGUN).await?;
    }
    Ok(())
}
