use serde_json::json;

use super::is_language;
use super::list::{fill_marker, is_kept, make_version, set_shown_version};
use super::strip::strip_sheet;
use super::styles::{find_sheets, link_one};
use super::words::{find_mistakes, flatten, pack};

const WORKER: &str =
    "// head\nconst PRECACHE = /*__PRECACHE__*/ {version:\"dev\",files:[]};\nrest();\n";

#[test]
fn the_list_goes_into_its_line_and_comes_out_again() {
    let list = json!({ "version": "abc", "files": [{ "url": "/index.html", "sha256": "00" }] });
    let filled = fill_marker(WORKER, Some(&list)).unwrap();
    assert!(filled.contains("/*__PRECACHE__*/ {"), "{filled}");
    assert!(filled.contains("\"version\":\"abc\""), "{filled}");
    assert!(filled.ends_with("};\nrest();\n"), "{filled}");
    assert_eq!(fill_marker(&filled, None).unwrap(), WORKER);
}

#[test]
fn a_worker_without_its_marker_stops_the_build() {
    assert!(fill_marker("rest();\n", None).is_err());
    assert!(fill_marker(&format!("{WORKER}{WORKER}"), None).is_err());
}

#[test]
fn every_byte_and_the_label_make_another_version() {
    let first = make_version("[]", WORKER, "");
    assert_eq!(first.len(), 12);
    assert_eq!(first, make_version("[]", WORKER, ""));
    assert_ne!(first, make_version("[1]", WORKER, ""));
    assert_ne!(first, make_version("[]", "other", ""));
    assert_ne!(first, make_version("[]", WORKER, "next"));
}

#[test]
fn keeps_the_app_and_leaves_what_others_need() {
    for kept in [
        "index.html",
        "i18n/en.json",
        "icons/favicon.svg",
        "hearth-app-00.wasm",
        "boot.js",
    ] {
        assert!(is_kept(kept), "{kept}");
    }
    for left in [
        "hearth-first-00.wasm",
        "icons/app-192.png",
        "sw.js",
        "version.json",
        "index.html.br",
        "a.gz",
        "a.js.map",
        "fonts/OFL.txt",
    ] {
        assert!(!is_kept(left), "{left}");
    }
}

#[test]
fn the_version_is_shown_only_where_the_page_asks() {
    let page = "<meta name=\"hearth-version\" content=\"dev\"><p>dev</p>";
    let shown = set_shown_version(page, "abc");
    assert_eq!(
        shown,
        "<meta name=\"hearth-version\" content=\"abc\"><p>dev</p>"
    );
    assert_eq!(set_shown_version(&shown, "dev"), page);
    assert_eq!(set_shown_version("<p>dev</p>", "abc"), "<p>dev</p>");
}

#[test]
fn words_equal_to_the_language_file_pass() {
    let english = json!({ "shell.lead": "Tell it & keep it" });
    let page = "<p class=\"a\" data-t=\"shell.lead\" id=\"b\">Tell it\n  &amp; keep it</p>\
                <!-- <p data-t=\"old\">gone</p> -->";
    assert_eq!(find_mistakes(page, &english), Vec::<String>::new());
}

#[test]
fn other_words_a_missing_key_and_nested_elements_are_named() {
    let english = json!({ "a": "One", "c": "Three" });
    let page = "<p data-t=\"a\">Two</p><p data-t=\"b\">Two</p><p data-t=\"c\">Th<b>ree</b></p>";
    let mistakes = find_mistakes(page, &english);
    assert_eq!(mistakes.len(), 3, "{mistakes:?}");
    assert!(mistakes[0].contains("'Two' on the page and 'One'"));
    assert!(mistakes[1].contains("en.json has no b"));
    assert!(mistakes[2].contains("may hold only words"));
}

#[test]
fn only_languages_are_carried_to_the_phone() {
    assert!(is_language("en.json") && is_language("ur.json"));
    assert!(!is_language("reviewed.json") && !is_language("mod.rs") && !is_language("en.rs"));
}

#[test]
fn style_sheets_become_one_in_the_place_of_the_first() {
    let page = "<a><link rel=\"stylesheet\" href=\"/a-1.css\"/><b><link rel=\"stylesheet\" href=\"/b-2.css\"/><c>";
    let sheets = find_sheets(page);
    assert_eq!(sheets, ["a-1.css", "b-2.css"]);
    let joined = link_one(page, &sheets, "styles-3.css");
    assert_eq!(
        joined,
        "<a><link rel=\"stylesheet\" href=\"/styles-3.css\"/><b><c>"
    );
    assert_eq!(find_sheets(&joined), ["styles-3.css"]);
}

#[test]
fn sheets_lose_their_comments_and_nothing_else() {
    let sheet =
        "/* Why. */\n.a {\n  color: red; /* two\n  lines */\n}\n\n.b::after { content: \"//\"; }\n";
    let bare = ".a {\ncolor: red;\n}\n.b::after { content: \"//\"; }\n";
    assert_eq!(strip_sheet(sheet), bare);
    assert_eq!(strip_sheet(bare), bare);
}

#[test]
fn words_travel_packed_and_come_out_as_they_were() {
    let words: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(r#"{"a.b": "1", "a.b.c": "2", "d.e": "3"}"#).unwrap();
    let packed = pack(words.clone());
    let text = serde_json::Value::Object(packed.clone()).to_string();
    assert_eq!(text, r#"{"a":{"b":"1","b.c":"2"},"d":{"e":"3"}}"#);
    assert_eq!(flatten(packed), words);
    assert_eq!(flatten(words.clone()), words);
}
