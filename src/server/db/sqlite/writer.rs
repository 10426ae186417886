//! The one writer. Jobs wait in a line; those that wait together share a transaction, each within a savepoint of its own,
//! and every one is answered after the commit has reached the disk.

use std::future::Future;
use std::pin::Pin;

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use tokio::sync::{mpsc, oneshot};

use crate::db::{DatabaseError, Stored};

/// Jobs that wait before whoever brings one more has to wait as well.
const LINE: usize = 1024;
/// Jobs of one transaction, so that the first is not kept waiting for ever.
const MOST_TOGETHER: usize = 64;

/// What a job does with the connection.
pub(super) type Doing<'c, T> = Pin<Box<dyn Future<Output = Stored<T>> + Send + 'c>>;

type Running<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

/// The end of the line where jobs are left.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    line: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    /// Begins to work jobs off over this pool of one connection.
    pub(super) fn start(pool: SqlitePool) -> Self {
        let (line, jobs) = mpsc::channel(LINE);
        tokio::spawn(work(pool, jobs));
        Self { line }
    }

    /// Does the job, and answers once it is on the disk. A caller that stops waiting does not stop the job.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        job: impl for<'c> FnOnce(&'c mut SqliteConnection) -> Doing<'c, T> + Send + 'static,
    ) -> Stored<T> {
        let (reply, answer) = oneshot::channel();
        let job = OneJob {
            doing: Some(job),
            outcome: Err(DatabaseError::NotCommitted),
            reply,
        };
        let left = self.line.send(Box::new(job)).await;
        left.map_err(|_| DatabaseError::NotCommitted)?;
        answer.await.map_err(|_| DatabaseError::NotCommitted)?
    }
}

/// A job whose outcome has a type that the line does not know.
trait Job: Send {
    /// Does it; false where nothing of it may stay.
    fn run<'a>(&'a mut self, connection: &'a mut SqliteConnection) -> Running<'a>;

    fn answer(self: Box<Self>, is_committed: bool);
}

struct OneJob<F, T> {
    doing: Option<F>,
    outcome: Stored<T>,
    reply: oneshot::Sender<Stored<T>>,
}

impl<F, T> Job for OneJob<F, T>
where
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> Doing<'c, T> + Send,
    T: Send,
{
    fn run<'a>(&'a mut self, connection: &'a mut SqliteConnection) -> Running<'a> {
        Box::pin(async move {
            if let Some(doing) = self.doing.take() {
                self.outcome = doing(connection).await;
            }
            self.outcome.is_ok()
        })
    }

    fn answer(self: Box<Self>, is_committed: bool) {
        let outcome = match self.outcome {
            Ok(_) if !is_committed => Err(DatabaseError::NotCommitted),
            outcome => outcome,
        };
        // Nobody waits any more where the caller has gone.
        let _ = self.reply.send(outcome);
    }
}

async fn work(pool: SqlitePool, mut line: mpsc::Receiver<Box<dyn Job>>) {
    while let Some(first) = line.recv().await {
        let mut jobs = vec![first];
        while jobs.len() < MOST_TOGETHER
            && let Ok(next) = line.try_recv()
        {
            jobs.push(next);
        }
        let committed = commit_together(&pool, &mut jobs).await;
        if let Err(error) = &committed {
            tracing::error!(%error, "a transaction did not reach the disk");
        }
        for job in jobs {
            job.answer(committed.is_ok());
        }
    }
}

async fn commit_together(pool: &SqlitePool, jobs: &mut [Box<dyn Job>]) -> sqlx::Result<()> {
    let mut connection = pool.acquire().await?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    for job in jobs {
        let mut savepoint = transaction.begin().await?;
        if job.run(&mut savepoint).await {
            savepoint.commit().await?;
        } else {
            savepoint.rollback().await?;
        }
    }
    transaction.commit().await
}
