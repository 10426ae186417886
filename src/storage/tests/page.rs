//! What runs on the page and not in the worker: settings, and the promise to keep the store.

#![cfg(test)]

use hearth_core::EntityId;
use hearth_storage::persist;
use hearth_storage::settings::{Settings, Theme, set_vault, vault};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Storage;

wasm_bindgen_test_configure!(run_in_browser);

const VAULT: EntityId = EntityId([0xab; 16]);
const PLACE: &str = "hearth.settings.abababababababababababababababab";

fn local_storage() -> Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

fn read(text: &str) -> Settings {
    local_storage().set_item(PLACE, text).unwrap();
    Settings::read(VAULT)
}

#[wasm_bindgen_test]
fn settings_are_kept_by_vault() {
    local_storage().clear().unwrap();
    assert_eq!(Settings::read(VAULT), Settings::default());
    let settings = Settings {
        language: Some("ur".into()),
        theme: Theme::Dark,
        text: 150,
    };
    settings.keep(VAULT).unwrap();
    assert_eq!(Settings::read(VAULT), settings);
    assert_eq!(Settings::read(EntityId([1; 16])), Settings::default());
    let kept = local_storage().get_item(PLACE).unwrap().unwrap();
    assert_eq!(kept, r#"{"language":"ur","theme":"dark","text":150}"#);
}

#[wasm_bindgen_test]
fn what_is_not_known_falls_back() {
    let later = read(r#"{"theme":"sepia","text":900,"voice":"slow","language":"ar"}"#);
    assert_eq!(later.theme, Theme::System);
    assert_eq!(later.text, 200);
    assert_eq!(later.language.as_deref(), Some("ar"));
    assert_eq!(read(r#"{"text":3}"#).text, 100);
    for damaged in ["", "null", "[]", "{\"text\":", "{\"text\":-1}"] {
        assert_eq!(read(damaged), Settings::default(), "{damaged}");
    }
}

#[wasm_bindgen_test]
fn the_vault_in_use_is_remembered_as_a_bare_id() {
    local_storage().clear().unwrap();
    assert_eq!(vault(), None);
    set_vault(VAULT).unwrap();
    assert_eq!(vault(), Some(VAULT));
    let kept = local_storage().get_item("hearth.vault").unwrap().unwrap();
    assert_eq!(kept, "ab".repeat(16));
    local_storage()
        .set_item("hearth.vault", "\"no id\"")
        .unwrap();
    assert_eq!(vault(), None);
}

#[wasm_bindgen_test]
fn a_full_local_storage_is_reported() {
    local_storage().clear().unwrap();
    let mut filler = "x".repeat(1 << 22);
    while !filler.is_empty() {
        let place = format!("filler{}", local_storage().length().unwrap());
        if local_storage().set_item(&place, &filler).is_err() {
            filler.truncate(filler.len() / 2);
        }
    }
    let (settings, pointer) = (Settings::default().keep(VAULT), set_vault(VAULT));
    local_storage().clear().unwrap();
    assert!(settings.is_err() && pointer.is_err());
}

#[wasm_bindgen_test]
async fn the_browser_says_how_much_room_there_is() {
    let room = persist::estimate_room().await.unwrap();
    assert!(room.quota > room.used);
    let asked = persist::ask_to_persist().await;
    assert_eq!(persist::is_persisted().await, asked);
}
