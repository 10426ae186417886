//! `/healthz`.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::db::Database;
use crate::router::House;

/// 200 once the database has answered, 503 where it does not.
pub(crate) async fn check_health<D: Database>(State(house): State<House<D>>) -> impl IntoResponse {
    let (status, words) = match house.database.check().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    };
    (status, [(header::CACHE_CONTROL, "no-store")], words)
}
