//! Inside one transaction. Nothing but its own requests may be awaited here: IndexedDB commits a
//! transaction as soon as it has nothing to do.

use super::bytes;
use super::problem::Problem;
use futures_channel::oneshot;
use hearth_core::ports::{Expected, Table, Write};
use idb::{KeyRange, Query, Request, Transaction};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Lets `queue` make its requests and answers after the commit. An error of `queue`, which would
/// leave the requests before it to be committed, undoes them.
pub(super) async fn write(
    mut transaction: Transaction,
    queue: impl FnOnce(&Transaction) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let is_committed = watch(&mut transaction);
    if let Err(problem) = queue(&transaction) {
        // A connection that ended meanwhile has undone it already, and then abort throws.
        if let Ok(_undone) = transaction.abort() {
            let _: Result<bool, oneshot::Canceled> = is_committed.await;
        }
        return Err(problem);
    }
    match is_committed.await {
        Ok(true) => Ok(()),
        _ => Err(Problem::of_event(Ok(transaction.error()))),
    }
}

/// `true` at the commit, `false` when it was undone.
fn watch(transaction: &mut Transaction) -> oneshot::Receiver<bool> {
    let (sender, receiver) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let on = |is_committed| {
        let sender = sender.clone();
        move |_| {
            if let Some(sender) = sender.borrow_mut().take() {
                // Nobody waits any more: then nobody needs to know.
                let _: Result<(), bool> = sender.send(is_committed);
            }
        }
    };
    transaction.on_complete(on(true));
    transaction.on_abort(on(false));
    receiver
}

/// Asks for one step. Its failure undoes the transaction.
pub(super) fn queue(transaction: &Transaction, step: &Write) -> Result<(), Problem> {
    match step {
        Write::Put { table, key, value } => {
            let store = transaction.object_store(table.name())?;
            store.put(&bytes::to_js(value), Some(&bytes::to_js(key)))?;
        }
        Write::Delete { table, key } => {
            let store = transaction.object_store(table.name())?;
            store.delete(bytes::to_js(key))?;
        }
        Write::Expect { table, key, what } => {
            let store = transaction.object_store(table.name())?;
            let mut found = store.get(bytes::to_js(key))?;
            let what = what.clone();
            found.on_success(move |event| {
                if let Ok(request) = idb::Event::target(&event) {
                    undo_unless_met(&request, &what);
                }
            });
            // It is heard after this has returned.
            found.forget_callbacks();
        }
    }
    Ok(())
}

fn undo_unless_met(request: &impl Request, what: &Expected) {
    let found = request.result().ok();
    let found = found.filter(|value| !value.is_undefined());
    let found = found.as_ref().map(bytes::value_from_js);
    if what.is_met(found.as_deref()) {
        return;
    }
    if let Some(transaction) = request.transaction() {
        // Where it has ended already it was undone: it is not complete before its requests are.
        let _: Result<Transaction, idb::Error> = transaction.abort();
    }
}

/// Keys and values of up to `limit` rows after a key, in two requests for all of them.
pub(super) async fn read_rows(
    transaction: &Transaction,
    table: Table,
    after: Option<&[u8]>,
    limit: usize,
) -> Result<(Vec<JsValue>, Vec<JsValue>), Problem> {
    let store = transaction.object_store(table.name())?;
    let range = after
        .map(|key| KeyRange::lower_bound(&bytes::to_js(key), Some(true)))
        .transpose()?
        .map(Query::from);
    let limit = u32::try_from(limit).ok().filter(|limit| *limit != u32::MAX);
    let keys = store.get_all_keys(range.clone(), limit)?.into_future();
    let values = store.get_all(range, limit)?.into_future();
    // Both are awaited whatever becomes of the first: an event finds nobody after a drop.
    let (keys, values) = (keys.await, values.await);
    Ok((keys?, values?))
}
