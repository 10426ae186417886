use super::hash_bytes;
use super::inputs::list_files;

#[test]
fn a_missing_folder_has_no_files() {
    let missing = std::env::temp_dir().join("hearth-no-such-folder");
    assert_eq!(list_files(&missing).unwrap().len(), 0);
}

#[test]
fn hashes_are_the_well_known_ones() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(hash_bytes(b""), empty);
}
