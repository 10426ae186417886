//! `/api/server`.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::db::Database;
use crate::router::House;

/// The version of the protocol spoken here.
const PROTOCOL_VERSION: u16 = 1;

/// What a phone learns of a server before it trusts it. Bytes are in lower-case hexadecimal.
#[derive(Serialize)]
pub(crate) struct ServerCard {
    protocol: u16,
    id: String,
    key: String,
}

/// Answers who this server is.
pub(crate) async fn show_server<D: Database>(State(house): State<House<D>>) -> Json<ServerCard> {
    Json(ServerCard {
        protocol: PROTOCOL_VERSION,
        id: write_hex(&house.identity.id()),
        key: write_hex(&house.identity.public_key()),
    })
}

fn write_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
