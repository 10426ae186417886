//! What SQLite must be told, or an acknowledged row is lost with the power. The suite for every database is in the tests crate.

use sqlx::Row as _;
use sqlx::sqlite::SqlitePool;

use super::SqliteDatabase;
use crate::db::DatabaseError;

async fn read_setting(pool: &SqlitePool, question: &'static str) -> String {
    let row = sqlx::query(question).fetch_one(pool).await.unwrap();
    row.try_get::<String, _>(0)
        .or_else(|_| row.try_get::<i64, _>(0).map(|n| n.to_string()))
        .unwrap()
}

#[tokio::test]
async fn every_commit_is_synced_to_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let database = SqliteDatabase::open(&folder.path().join("hearth.sqlite"))
        .await
        .unwrap();
    let full = "2";
    assert_eq!(
        read_setting(&database.writer_pool, "PRAGMA journal_mode").await,
        "wal"
    );
    assert_eq!(
        read_setting(&database.writer_pool, "PRAGMA synchronous").await,
        full
    );
    assert_eq!(
        read_setting(&database.writer_pool, "PRAGMA foreign_keys").await,
        "1"
    );
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let database = SqliteDatabase::open(&folder.path().join("hearth.sqlite"))
        .await
        .unwrap();
    let refused = sqlx::query("DELETE FROM server_identity")
        .execute(&database.readers)
        .await;
    assert!(refused.is_err());
    sqlx::query("DELETE FROM server_identity")
        .execute(&database.writer_pool)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_step_that_was_changed_after_it_ran_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hearth.sqlite");
    let database = SqliteDatabase::open(&path).await.unwrap();
    sqlx::query("UPDATE _sqlx_migrations SET checksum = x'00'")
        .execute(&database.writer_pool)
        .await
        .unwrap();
    database.close().await;
    assert!(SqliteDatabase::open(&path).await.is_err());
}

#[tokio::test]
async fn a_job_that_fails_takes_nothing_with_it_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = SqliteDatabase::open(&folder.path().join("hearth.sqlite"))
        .await
        .unwrap();
    // A step at a time, so that all of them wait while the first holds the writer, and then share a transaction.
    let held = database.writer_pool.acquire().await.unwrap();
    let mut jobs = tokio::task::JoinSet::new();
    for number in 0_u8..20 {
        let writer = database.writer.clone();
        jobs.spawn(async move {
            let kept = writer
                .write(move |connection| {
                    Box::pin(async move {
                        sqlx::query("INSERT INTO circle (name, used) VALUES (?, 0)")
                            .bind([number; 32].as_slice())
                            .execute(connection)
                            .await?;
                        match number % 2 {
                            0 => Ok(()),
                            _ => Err(DatabaseError::Damaged("test")),
                        }
                    })
                })
                .await;
            (number, kept.is_ok())
        });
    }
    drop(held);
    for (number, is_kept) in jobs.join_all().await {
        assert_eq!(is_kept, number % 2 == 0);
    }
    assert_eq!(
        read_setting(&database.readers, "SELECT count(*) FROM circle").await,
        "10"
    );
}
