//! `window.hearth`: what `public/boot.js` and `public/start.js` offer to the app.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = ["window", "hearth"])]
extern "C" {
    /// Shows the app in place of the static shell.
    pub(crate) fn ready();
    /// Shows the page that says that the app did not load.
    pub(crate) fn failed(details: &str);
    /// Shows the page that says that the app broke, with `place` for someone who can help.
    pub(crate) fn panicked(place: &str);
    /// Remembers what the journal last confirmed, for that page.
    pub(crate) fn kept(text: &str);
    #[wasm_bindgen(js_name = nextTask)]
    fn next_task() -> Promise;
    /// Puts the texts of a language into the page's own elements.
    pub(crate) fn fill(words: &JsValue);
    /// A language file's words under their whole names.
    pub(crate) fn flatten(parts: &JsValue) -> JsValue;
    /// The texts of these names, one a line, with a zero byte between two.
    #[wasm_bindgen(js_name = textsOf)]
    pub(crate) fn texts_of(words: &JsValue, names: &str) -> String;
    /// Takes language, colours and text size over into the page.
    pub(crate) fn apply(settings: &JsValue);
    /// Shows on the app's icon how much waits; none for nothing.
    pub(crate) fn badge(count: usize);
    /// Whether this page was opened by something that another app shared, and nobody took yet.
    #[wasm_bindgen(js_name = isShared)]
    pub(crate) fn is_shared() -> bool;
    #[wasm_bindgen(js_name = takeShared)]
    fn take_shared() -> Promise;
    /// A zip of everything that anyone can read, as a file, or null where there is nothing. Says
    /// in the element `copy-told` how far it is.
    #[wasm_bindgen(js_name = exportAll)]
    pub(crate) fn export_all() -> Promise;
    /// Whether the browser offers to install the app.
    #[wasm_bindgen(js_name = canInstall)]
    pub(crate) fn can_install() -> bool;
    #[wasm_bindgen(js_name = install)]
    fn ask_to_install() -> Promise;
    /// Adopts the waiting version and reloads once.
    #[wasm_bindgen(js_name = useUpdate)]
    pub(crate) fn use_update();

    #[wasm_bindgen(thread_local_v2, js_name = words)]
    static WORDS: Promise;
    #[wasm_bindgen(thread_local_v2, js_name = worker)]
    static WORKER: Promise;
    #[wasm_bindgen(thread_local_v2, js_name = updateReady)]
    static UPDATE_READY: JsValue;
}

#[wasm_bindgen(js_namespace = ["window", "performance"])]
extern "C" {
    /// Notes in the browser's own timeline that this moment has come.
    pub(crate) fn mark(name: &str);
}

/// What another app shared, as `text` and `files`; nothing where it is gone.
pub(crate) async fn shared() -> Option<JsValue> {
    let shared = wasm_bindgen_futures::JsFuture::from(take_shared()).await;
    shared.ok().filter(JsValue::is_object)
}

/// Opens the browser's own question whether to install the app. Whether somebody said yes.
pub(crate) async fn install() -> bool {
    let answer = wasm_bindgen_futures::JsFuture::from(ask_to_install()).await;
    answer.is_ok_and(|answer| answer.is_truthy())
}

/// Lets the browser hear presses and paint before what comes next.
pub(crate) async fn rest() {
    // It only ever resolves.
    let _: Result<JsValue, JsValue> = wasm_bindgen_futures::JsFuture::from(next_task()).await;
}

/// The texts of the page's language, parsed.
pub(crate) fn words() -> Promise {
    WORDS.with(Clone::clone)
}

/// The worker, as soon as it takes messages.
pub(crate) fn worker() -> Promise {
    WORKER.with(Clone::clone)
}

/// Whether a new version was ready before the app could hear of it.
pub(crate) fn is_update_ready() -> bool {
    UPDATE_READY.with(JsValue::is_truthy)
}
