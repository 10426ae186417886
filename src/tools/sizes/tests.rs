use super::is_first_load;

#[test]
fn a_file_counts_as_first_load_unless_it_is_known_to_come_later() {
    let first = [
        "/index.html",
        "/i18n/en.json",
        "/icons.svg",
        "/hearth-first-0a.wasm",
        "/new.js",
    ];
    for url in first {
        assert!(is_first_load(url), "{url}");
    }
    let later = [
        "/hearth-app-0a.wasm",
        "/hearth-worker-0a.wasm",
        "/i18n/ur.json",
        "/icons/icon-512.png",
        "/pictures-64.svg",
        "/rescue.html",
        "/rescue.js",
        "/sw.js",
    ];
    for url in later {
        assert!(!is_first_load(url), "{url}");
    }
}
