//! The line to the worker: one request, one answer, and what the worker says by itself.
//!
//! Only a `state.rs` may ask. Nothing is kept here but the asks that wait for their answers.

mod envelope;

use crate::browser::hearth;
use envelope::Answer;
use futures_channel::oneshot;
use hearth_core::circle::CircleView;
use hearth_core::messages::{Event, Failure, Request, Response, decode};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageEvent, Worker};

/// What the worker says without being asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Another tab or another phone changed the vault.
    Changed,
    /// The circle looks like this now.
    Circle(Box<CircleView>),
    /// Another tab removes the vault from this phone.
    Removed,
    /// The browser cleared the vault while it was open. An empty one is open in its place.
    Cleared,
    /// The worker is gone, and with it whatever was asked.
    Ended,
}

/// The number under which the worker speaks by itself.
const BY_ITSELF: u32 = 0;

/// An answer, and the file beside it.
type Answered = (Result<Response, Failure>, JsValue);

#[derive(Default)]
struct Link {
    worker: Option<Worker>,
    last: u32,
    waiting: Vec<(u32, oneshot::Sender<Answered>)>,
}

thread_local! {
    static LINK: RefCell<Link> = RefCell::default();
}

/// Takes up the line; `hear` is called as long as the page lives.
///
/// # Errors
/// [`Failure::Lost`]: there is no worker.
pub(crate) async fn connect(hear: impl Fn(Heard) + Clone + 'static) -> Result<(), Failure> {
    let worker = JsFuture::from(hearth::worker()).await;
    let worker: Worker = worker.and_then(JsCast::dyn_into).map_err(|_| gone())?;
    let hear_end = hear.clone();
    let on_message =
        Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| take(&message, &hear));
    let on_error = Closure::<dyn Fn()>::new(move || {
        end();
        hear_end(Heard::Ended);
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_message.forget();
    on_error.forget();
    LINK.with_borrow_mut(|link| link.worker = Some(worker));
    Ok(())
}

/// Asks, and waits for the answer.
///
/// # Errors
/// What the worker answers, and [`Failure::Lost`] where it is gone.
pub(crate) async fn ask(request: Request) -> Result<Response, Failure> {
    send(&request, &[]).await.0
}

/// Asks for what has a file beside its answer: not `undefined` where there is one.
pub(crate) async fn ask_for_file(request: Request) -> (Result<Response, Failure>, JsValue) {
    send(&request, &[]).await
}

/// Asks with files beside the request.
///
/// # Errors
/// What the worker answers, and [`Failure::Lost`] where it is gone.
pub(crate) async fn ask_with_files(request: Request, files: &[File]) -> Result<Response, Failure> {
    send(&request, files).await.0
}

/// An answer of another kind than the request has: page and worker are not of one build.
pub(crate) fn unexpected() -> Failure {
    Failure::Malformed("another answer".into())
}

async fn send(request: &Request, files: &[File]) -> Answered {
    let (tell, told) = oneshot::channel();
    // What is dropped unsent answers as well.
    let _: Result<(), Failure> = LINK.with_borrow_mut(|link| {
        let worker = link.worker.as_ref().ok_or_else(gone)?;
        link.last += 1;
        let message = envelope::wrap(link.last, request, files);
        worker.post_message(&message).map_err(|_| gone())?;
        link.waiting.push((link.last, tell));
        Ok(())
    });
    told.await
        .unwrap_or_else(|_| (Err(gone()), JsValue::UNDEFINED))
}

fn take(message: &MessageEvent, hear: &impl Fn(Heard)) {
    let Some(Answer { id, bytes, file }) = envelope::unwrap(&message.data()) else {
        return;
    };
    if id == BY_ITSELF {
        match decode(&bytes) {
            Ok(Event::Changed) => hear(Heard::Changed),
            Ok(Event::Circle(circle)) => hear(Heard::Circle(circle)),
            Ok(Event::Removed) => hear(Heard::Removed),
            Ok(Event::Cleared) => hear(Heard::Cleared),
            Err(_) => {}
        }
        return;
    }
    let waiting = LINK.with_borrow_mut(|link| {
        let at = link.waiting.iter().position(|(asked, _)| *asked == id)?;
        Some(link.waiting.swap_remove(at).1)
    });
    if let Some(waiting) = waiting {
        // A screen that is left no longer waits.
        let _: Result<(), _> = waiting.send((decode(&bytes).unwrap_or_else(Err), file));
    }
}

fn end() {
    // Dropped senders answer every ask that waits.
    LINK.with_borrow_mut(|link| *link = Link::default());
}

fn gone() -> Failure {
    Failure::Lost("the worker is gone".into())
}
