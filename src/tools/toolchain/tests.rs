use super::cargo_tools::find_locked;
use super::languages::read_version;

#[test]
fn reads_the_version_that_the_lock_file_names() {
    let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
    assert_eq!(
        find_locked(lock, "wasm-bindgen").as_deref(),
        Some("0.2.130")
    );
    assert_eq!(find_locked(lock, "wasm"), None);
}

#[test]
fn reads_the_versions_that_rust_and_node_print() {
    assert_eq!(
        read_version("rustc 1.95.0 (59807616e 2026-04-14)"),
        Some((1, 95))
    );
    assert_eq!(read_version("20.20.2"), Some((20, 20)));
    assert_eq!(read_version("no version"), None);
}
