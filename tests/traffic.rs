//! What a sync costs on the wire, in bytes and requests, over a real socket: the rows of the budget that are exact, held
//! here for a tenth of its records. Times are the bench's.

#[path = "wire/phone.rs"]
mod phone;
#[path = "wire/records.rs"]
mod records;

use hearth_core::circle::Whom;
use hearth_tests::{Outcome, RunningServer};
use phone::{Phone, Traffic};

/// Of 500 bytes each, as the bench makes them.
const RECORDS: usize = 1_000;

/// The budget is 2.0 MB for ten thousand, each way.
const MOST_BYTES: u64 = 200_000;

/// Answers to what was pushed, or the question for what is new.
const MOST_BYTES_BESIDE: u64 = 2_000;

/// All of it in one.
const MOST_REQUESTS: u64 = 1;

#[tokio::test]
async fn a_thousand_records_cost_no_more_bytes_and_requests_than_the_budget_has() -> Outcome {
    let server = RunningServer::start(&[]).await?;
    let mut first = Phone::new(server.address, 1)?;
    let mut second = Phone::new(server.address, 2)?;
    first.tell(&records::make(1, 1)[0]).await?;
    phone::bring_in(&mut first, &mut second, Whom::MyPhone).await?;
    for record in records::make(RECORDS, 7) {
        first.tell(&record).await?;
    }
    let pushed = sync(&mut first).await?;
    let pulled = sync(&mut second).await?;
    assert_eq!(second.count().await?, RECORDS + 1);
    assert!(pushed.up <= MOST_BYTES, "{pushed:?}");
    assert!(pushed.down <= MOST_BYTES_BESIDE, "{pushed:?}");
    assert!(pulled.down <= MOST_BYTES, "{pulled:?}");
    assert!(pulled.up <= MOST_BYTES_BESIDE, "{pulled:?}");
    for traffic in [pushed, pulled] {
        assert!(traffic.requests <= MOST_REQUESTS, "{traffic:?}");
    }
    // One that comes later costs what it is itself, not what is there already.
    first.tell(&records::make(1, 9)[0]).await?;
    let one = sync(&mut first).await?;
    assert!(one.up <= MOST_BYTES_BESIDE, "{one:?}");
    server.stop().await?;
    Ok(())
}

async fn sync(phone: &mut Phone) -> Outcome<Traffic> {
    let before = phone.traffic;
    phone.sync().await?;
    Ok(phone.traffic.since(before))
}
