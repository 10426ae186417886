//! One request and its answer.

use super::timer::Timer;
use hearth_core::vault::REQUEST_HEADER;
use hearth_core::vault::{Outgoing, Reply};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, DedicatedWorkerGlobalScope, Headers, RequestInit, Response,
};

/// Milliseconds after which a call counts as lost. The server answers within half of it.
const LONGEST_CALL: u32 = 60_000;

/// Carries a call to the server. Whatever goes wrong, there is a reply.
pub(crate) async fn post(call: Outgoing) -> Reply {
    let Ok(abort) = AbortController::new() else {
        return Reply::Unreachable;
    };
    let giving_up = abort.clone();
    let timer = Timer::start(LONGEST_CALL, move || giving_up.abort());
    let reply = fetch(&call, &abort.signal()).await;
    drop(timer);
    match reply {
        Ok(response) => read(&response).await.unwrap_or(Reply::Unreachable),
        Err(_) => Reply::Unreachable,
    }
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

async fn read(response: &Response) -> Result<Reply, JsValue> {
    let body = JsFuture::from(response.array_buffer()?).await?;
    let body: ArrayBuffer = body.dyn_into()?;
    Ok(Reply::Answered {
        status: response.status(),
        body: Uint8Array::new(&body).to_vec(),
    })
}
