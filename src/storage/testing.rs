//! What the tests in a browser share: fresh vaults, and two futures at one time.

use crate::browser::{global, property, random};
use crate::indexed_db::{IndexedDb, KEYS};
use hearth_core::EntityId;
use hearth_core::ports::{Clock, NoRandomness, Random};
use idb::Factory;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

pub(crate) fn new_id() -> EntityId {
    EntityId(random().unwrap())
}

pub(crate) fn name_of(vault: EntityId) -> String {
    format!("{}{vault}", crate::vaults::NAME_PREFIX)
}

pub(crate) async fn fresh_store() -> IndexedDb {
    IndexedDb::open(new_id()).await.unwrap()
}

/// A phone without any vault: those of earlier tests are deleted.
pub(crate) async fn forget_all_vaults() {
    for vault in crate::find_vaults().await.unwrap() {
        let request = Factory::new().unwrap().delete(&name_of(vault)).unwrap();
        request.await.unwrap();
    }
}

/// A row of `keys` as it lies there.
pub(crate) async fn key_row(store: &IndexedDb, key: &str) -> Option<JsValue> {
    let read = store.read_in(&[KEYS], async |transaction| {
        let keys = transaction.object_store(KEYS)?;
        Ok(keys.get(JsValue::from(key))?.await?)
    });
    read.await.unwrap()
}

/// Runs both at one time, as two tabs do.
pub(crate) async fn at_once<T: 'static>(
    one: impl Future<Output = T> + 'static,
    other: impl Future<Output = T> + 'static,
) -> (T, T) {
    let (one, other) = (begin(one), begin(other));
    (one.await, other.await)
}

fn begin<T: 'static>(task: impl Future<Output = T> + 'static) -> impl Future<Output = T> {
    let outcome = Rc::new(RefCell::new(None));
    let promise = future_to_promise({
        let outcome = outcome.clone();
        async move {
            *outcome.borrow_mut() = Some(task.await);
            Ok(JsValue::UNDEFINED)
        }
    });
    async move {
        JsFuture::from(promise).await.unwrap();
        outcome.take().unwrap()
    }
}

/// A clock that stands still, and the browser's random numbers.
pub(crate) struct Phone;

impl Clock for Phone {
    fn now(&self) -> hearth_core::Millis {
        1_790_000_000_000
    }

    fn offset(&self, _at: hearth_core::Millis) -> i32 {
        60
    }
}

impl Random for Phone {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for byte in bytes {
            let [drawn] = random().ok_or(NoRandomness)?;
            *byte = drawn;
        }
        Ok(())
    }
}

/// A reserve that answers so, until dropped. It is given up once.
pub(crate) struct Reserve;

impl Reserve {
    pub(crate) fn answering(answer: &str) -> Self {
        let made = format!(
            "globalThis.reserve = {{ givenUp: 0, keep: async () => {answer}, giveUp: async () => {{ reserve.givenUp += 1; }} }}"
        );
        js_sys::eval(&made).unwrap();
        Self
    }

    pub(crate) fn times_given_up() -> Option<f64> {
        property(&global("reserve"), "givenUp").as_f64()
    }
}

impl Drop for Reserve {
    fn drop(&mut self) {
        js_sys::eval("delete globalThis.reserve").unwrap();
    }
}
