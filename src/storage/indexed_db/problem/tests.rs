use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn thrown(name: &str, message: &str) -> Problem {
    let exception = DomException::new_with_message_and_name(message, name).unwrap();
    let as_value = Problem::from(JsValue::from(exception.clone()));
    assert_eq!(Problem::of_event(Ok(Some(exception))), as_value);
    as_value
}

#[wasm_bindgen_test]
fn a_full_phone_is_told_apart() {
    let full = thrown(
        "QuotaExceededError",
        "The current transaction exceeded its quota limitations.",
    );
    assert_eq!(full, Problem::Full);
    let disk = "Encountered full disk while opening backing store for indexedDB.open.";
    assert_eq!(thrown("QuotaExceededError", disk), Problem::Full);
    assert_eq!(StoreError::from(full), StoreError::Full);
}

#[wasm_bindgen_test]
fn a_lost_connection_is_told_apart_in_every_browser() {
    let lost = [
        (
            "UnknownError",
            "Connection to Indexed Database server lost. Refresh the page to try again",
        ),
        (
            "UnknownError",
            "Attempt to get records from database without an in-progress transaction",
        ),
        (
            "InvalidStateError",
            "Failed to execute 'transaction' on 'IDBDatabase': The database connection is closing.",
        ),
        (
            "UnknownError",
            "Internal error opening backing store for indexedDB.open.",
        ),
        ("AbortError", "The connection was closed."),
    ];
    for (name, message) in lost {
        let problem = thrown(name, message);
        assert!(matches!(problem, Problem::Lost(_)), "{problem:?}");
        assert!(matches!(StoreError::from(problem), StoreError::Lost(_)));
    }
}

#[wasm_bindgen_test]
fn a_store_of_a_newer_version_is_told_apart_in_every_browser() {
    let later = [
        "The requested version (1) is less than the existing version (2).",
        "The operation failed because the stored database is a higher version than the version requested.",
        "An attempt was made to open a database using a lower version than the existing version.",
    ];
    for message in later {
        let problem = thrown("VersionError", message);
        assert_eq!(StoreError::from(problem), StoreError::Later);
    }
}

#[wasm_bindgen_test]
fn what_trying_again_cannot_help_is_refused() {
    let refused = [
        ("DataError", "The parameter is not a valid key."),
        ("TransactionInactiveError", "The transaction is not active."),
        ("ReadOnlyError", "The transaction is read-only."),
    ];
    for (name, message) in refused {
        let problem = thrown(name, message);
        assert!(matches!(problem, Problem::Refused(_)), "{problem:?}");
    }
}

#[wasm_bindgen_test]
fn errors_that_idb_wraps_are_sorted_alike() {
    let exception = DomException::new_with_message_and_name("", "QuotaExceededError").unwrap();
    assert_eq!(
        Problem::from(idb::Error::UpdateFailed(exception.clone().into())),
        Problem::Full
    );
    assert_eq!(
        Problem::from(idb::Error::DomException(exception)),
        Problem::Full
    );
}
