//! One suite for every database, and what only the SQLite one promises.

use hearth_server::db::{Database, SqliteDatabase};
use hearth_server::identity::IdentityRecord;
use hearth_tests::Outcome;

async fn keeps_the_first_identity(database: impl Database) -> Outcome {
    let first = IdentityRecord::generate()?;
    assert_eq!(database.keep_identity(&first).await?, first);
    assert_eq!(
        database.keep_identity(&IdentityRecord::generate()?).await?,
        first
    );
    Ok(())
}

async fn gives_callers_at_one_time_the_same_identity(database: impl Database) -> Outcome {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (database, fresh) = (database.clone(), IdentityRecord::generate()?);
        tasks.spawn(async move { database.keep_identity(&fresh).await });
    }
    let kept = tasks
        .join_all()
        .await
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    assert!(kept.windows(2).all(|pair| pair[0] == pair[1]));
    Ok(())
}

async fn answers_when_asked(database: impl Database) -> Outcome {
    Ok(database.check().await?)
}

hearth_tests::on_each_database! {
    keeps_the_first_identity
    gives_callers_at_one_time_the_same_identity
    answers_when_asked
}

#[tokio::test]
async fn a_file_opened_again_holds_the_same_identity() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("new/folder/hearth.sqlite");
    let first = IdentityRecord::generate()?;
    let database = SqliteDatabase::open(&path).await?;
    database.keep_identity(&first).await?;
    database.close().await;
    let database = SqliteDatabase::open(&path).await?;
    assert_eq!(
        database.keep_identity(&IdentityRecord::generate()?).await?,
        first
    );
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_file_and_what_lies_beside_it() -> Outcome {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("data/hearth.sqlite");
    let database = SqliteDatabase::open(&path).await?;
    database.keep_identity(&IdentityRecord::generate()?).await?;
    let inside = path.parent().ok_or("no folder")?;
    assert_eq!(inside.metadata()?.permissions().mode() & 0o777, 0o700);
    let mut seen = 0;
    for file in inside.read_dir()? {
        assert_eq!(file?.metadata()?.permissions().mode() & 0o777, 0o600);
        seen += 1;
    }
    assert!(seen >= 2, "the write-ahead file lies beside it");
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_not_a_database_is_refused_and_left_alone() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("letters.txt");
    let words =
        "not a database, and long enough that nobody could take it for an empty one".repeat(40);
    std::fs::write(&path, &words)?;
    assert!(SqliteDatabase::open(&path).await.is_err());
    assert_eq!(std::fs::read_to_string(&path)?, words);
    Ok(())
}
