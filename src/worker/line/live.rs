//! Hints of news: server-sent events, read through a signed `fetch`, because an `EventSource`
//! cannot carry a signature.

use super::http::{LONGEST_SILENCE, fetch, give_up_after};
use hearth_core::vault::Outgoing;
use js_sys::{Reflect, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, ReadableStreamDefaultReader, Response};

/// One stream at a time.
#[derive(Clone, Default)]
pub(crate) struct Live {
    is_open: Rc<Cell<bool>>,
}

impl Live {
    /// Whether hints are coming.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    /// Opens the stream. `on_hint` is called for each hint, `on_end` when it ends: with whether it
    /// had stood for a while.
    pub(crate) fn open(
        &self,
        call: Outgoing,
        on_hint: impl Fn() + 'static,
        on_end: impl FnOnce(bool) + 'static,
    ) {
        let is_open = self.is_open.clone();
        is_open.set(true);
        spawn_local(async move {
            let mut has_stood = false;
            // However it ends, it is opened again.
            let _: Result<(), JsValue> = listen(&call, on_hint, &mut has_stood).await;
            is_open.set(false);
            on_end(has_stood);
        });
    }
}

/// `has_stood` tells whether more came than the first bytes, which come at once.
async fn listen(call: &Outgoing, on_hint: impl Fn(), has_stood: &mut bool) -> Result<(), JsValue> {
    let abort = AbortController::new()?;
    let timer = give_up_after(LONGEST_SILENCE, &abort);
    let response = fetch(call, &abort.signal()).await?;
    drop(timer);
    let stream = response.body().filter(|_| is_news(&response));
    let Some(stream) = stream else {
        abort.abort();
        return Ok(());
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    let mut is_first = true;
    loop {
        // The server says something more often than this: a longer silence is a dead line, of
        // which nobody else tells.
        let timer = give_up_after(LONGEST_SILENCE, &abort);
        let part = JsFuture::from(reader.read()).await?;
        drop(timer);
        if Reflect::get(&part, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let bytes: Uint8Array = Reflect::get(&part, &"value".into())?.dyn_into()?;
        // From its first bytes on it is heard here: what came before them nobody hinted at. Later
        // a comment keeps the stream open; everything else is a hint, whatever it says.
        *has_stood = !is_first;
        if std::mem::take(&mut is_first) || bytes.to_vec().windows(5).any(|part| part == b"data:") {
            on_hint();
        }
    }
}

/// Whether it is the server's stream, and not a page of somebody in between.
fn is_news(response: &Response) -> bool {
    let kind = response.headers().get("content-type");
    response.status() == 200 && kind.is_ok_and(|kind| kind.as_deref() == Some("text/event-stream"))
}
