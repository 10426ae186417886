//! One request and its answer.

use super::timer::Timer;
use hearth_core::vault::{LONGEST_ANSWER, Outgoing, REQUEST_HEADER, Reply};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, DedicatedWorkerGlobalScope, Headers, ReadableStreamDefaultReader,
    RequestInit, Response,
};

/// Milliseconds without a byte after which a call counts as lost. The server answers within half
/// of it.
pub(super) const LONGEST_SILENCE: u32 = 60_000;
/// The longest wait that a server may ask for, in milliseconds: a mistake of its own must not keep
/// a phone from sending for a day.
const LONGEST_ASKED_WAIT: u32 = 600_000;

/// What came of a call.
pub(crate) struct Carried {
    pub(crate) reply: Reply,
    /// Milliseconds that the server asks to be left alone for.
    pub(crate) asked_wait: Option<u32>,
}

/// Carries a call to the server. Whatever goes wrong, there is a reply.
pub(crate) async fn post(call: Outgoing) -> Carried {
    let lost = Carried {
        reply: Reply::Unreachable,
        asked_wait: None,
    };
    let Ok(abort) = AbortController::new() else {
        return lost;
    };
    // Nothing tells how far a body has gone up: a slow line gets a millisecond for each byte.
    let body = u32::try_from(call.body.len()).unwrap_or(u32::MAX);
    let timer = give_up_after(LONGEST_SILENCE.saturating_add(body), &abort);
    let response = fetch(&call, &abort.signal()).await;
    drop(timer);
    let Ok(response) = response else {
        return lost;
    };
    let body = read(&response, &abort).await;
    // Whatever is still on its way is not wanted.
    abort.abort();
    match body {
        Ok(body) => Carried {
            reply: Reply::Answered {
                status: response.status(),
                body,
            },
            asked_wait: asked_wait(&response),
        },
        Err(_) => lost,
    }
}

pub(super) fn give_up_after(millis: u32, abort: &AbortController) -> Option<Timer> {
    let abort = abort.clone();
    Timer::start(millis, move || abort.abort())
}

/// `Retry-After` in seconds; a date in it is passed over.
fn asked_wait(response: &Response) -> Option<u32> {
    let asked = response.headers().get("retry-after").ok()??;
    let seconds: u32 = asked.trim().parse().ok()?;
    Some(seconds.saturating_mul(1_000).min(LONGEST_ASKED_WAIT))
}

/// Begins a request and answers when its head has come.
pub(super) async fn fetch(call: &Outgoing, signal: &AbortSignal) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("content-type", "application/octet-stream")?;
    if let Some(proof) = &call.proof {
        headers.set(REQUEST_HEADER, proof)?;
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&Uint8Array::from(call.body.as_slice()));
    init.set_signal(Some(signal));
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let response = JsFuture::from(scope.fetch_with_str_and_init(call.endpoint.path(), &init));
    response.await?.dyn_into()
}

/// The answer's bytes, however slowly they come, as long as they come. What goes on beyond the
/// longest answer is not one.
async fn read(response: &Response, abort: &AbortController) -> Result<Vec<u8>, JsValue> {
    let Some(stream) = response.body() else {
        return Ok(Vec::new());
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    let mut body = Vec::new();
    loop {
        let timer = give_up_after(LONGEST_SILENCE, abort);
        let part = JsFuture::from(reader.read()).await?;
        drop(timer);
        if Reflect::get(&part, &"done".into())?.is_truthy() {
            return Ok(body);
        }
        let bytes: Uint8Array = Reflect::get(&part, &"value".into())?.dyn_into()?;
        let before = body.len();
        if before + bytes.length() as usize > LONGEST_ANSWER {
            return Err(JsValue::NULL);
        }
        body.resize(before + bytes.length() as usize, 0);
        bytes.copy_to(body.get_mut(before..).unwrap_or_default());
    }
}
