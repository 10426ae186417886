//! The same story on every database, and on every way to reach a server.

/// Runs each of these tests, which take a database, over memory and over SQLite. With
/// `database => what;` before their names they take what is made of it instead.
#[macro_export]
macro_rules! on_each_database {
    ($database:ident => $given:expr; $($name:ident)*) => {
        mod memory {
            $(#[tokio::test]
            async fn $name() -> $crate::Outcome {
                let $database = hearth_server::db::MemoryDatabase::default();
                super::$name($given).await
            })*
        }
        mod sqlite {
            $(#[tokio::test]
            async fn $name() -> $crate::Outcome {
                let folder = tempfile::tempdir()?;
                let path = folder.path().join("hearth.sqlite");
                let $database = hearth_server::db::SqliteDatabase::open(&path).await?;
                super::$name($given).await
            })*
        }
    };
    ($($name:ident)*) => {
        $crate::on_each_database! { database => database; $($name)* }
    };
}

/// Runs each of these tests, which take an [`crate::asking::InProcess`], over memory and over SQLite.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident)*) => {
        $crate::on_each_database! {
            database => $crate::asking::InProcess::start(database, 0);
            $($name)*
        }
    };
}

/// The same, and over real sockets.
#[macro_export]
macro_rules! on_every_server {
    ($($name:ident)*) => {
        $crate::on_both_databases! { $($name)* }
        mod sockets {
            $(#[tokio::test]
            async fn $name() -> $crate::Outcome {
                super::$name($crate::RunningServer::start(&[]).await?).await
            })*
        }
    };
}
