//! Deleting a whole database: told at once where somebody keeps it open.

use super::problem::Problem;
use futures_channel::oneshot;
use idb::{Factory, Request};
use std::cell::RefCell;
use std::rc::Rc;

type Answer = Rc<RefCell<Option<oneshot::Sender<Result<(), Problem>>>>>;

/// The first of several events answers: a blocked request can still succeed long after.
pub(super) async fn delete(name: &str) -> Result<(), Problem> {
    let mut request = Factory::new()?.delete(name)?;
    let (sender, answered) = oneshot::channel();
    let answer: Answer = Rc::new(RefCell::new(Some(sender)));
    let (blocked, failed) = (answer.clone(), answer.clone());
    request.on_blocked(move |_| give(&blocked, Err(Problem::Blocked)));
    request.on_error(move |_| give(&failed, Err(Problem::Refused("not deleted".into()))));
    request.on_success(move |_| give(&answer, Ok(())));
    request.forget_callbacks();
    answered
        .await
        .map_err(|_| Problem::Lost("deleting never ended".into()))?
}

fn give(answer: &Answer, outcome: Result<(), Problem>) {
    if let Some(sender) = answer.borrow_mut().take() {
        // Who asked may be gone.
        let _: Result<(), Result<(), Problem>> = sender.send(outcome);
    }
}
