//! One connection: how it is made, how it ends, and how a durable transaction on it begins.

use super::problem::Problem;
use super::{OnClose, migrations};
use futures_channel::oneshot;
use idb::event::VersionChangeEvent;
use idb::{Database, DatabaseEvent, Factory, Transaction};
use js_sys::{Array, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{IdbDatabase, IdbTransaction};

/// Closed when dropped; what is under way on it comes to its end.
pub(super) struct Connection {
    database: Database,
    raw: StrictDatabase,
    is_open: Rc<Cell<bool>>,
}

#[wasm_bindgen]
extern "C" {
    // web-sys has the options of a transaction behind an unstable flag only.
    #[wasm_bindgen(extends = IdbDatabase)]
    type StrictDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &StrictDatabase,
        tables: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

impl Connection {
    /// Where it was open before and is not there any more, no empty one is made: it would be
    /// written into with a key that lies nowhere.
    pub(super) async fn open(
        name: &str,
        version: u32,
        may_make: bool,
        on_close: &OnClose,
    ) -> Result<Self, Problem> {
        let mut request = Factory::new()?.open(name, Some(version))?;
        let (answer, answered) = Answer::new();
        request.on_upgrade_needed({
            let answer = answer.clone();
            move |event| upgrade(&event, may_make, &answer)
        });
        request.on_blocked({
            let answer = answer.clone();
            move |_| answer.give(Err(Problem::Blocked))
        });
        idb::Request::on_error(&mut request, {
            let answer = answer.clone();
            move |event| {
                let error =
                    idb::Event::target(&event).and_then(|request| idb::Request::error(&request));
                answer.give(Err(Problem::of_event(error)));
            }
        });
        idb::Request::on_success(&mut request, move |event| {
            answer.give(event.database().map_err(Problem::from));
        });
        // A blocked request can still succeed long after its answer.
        request.forget_callbacks();
        let database = answered
            .await
            .map_err(|_| Problem::Lost("opening never ended".into()))??;
        Ok(Self::watch(database, on_close))
    }

    /// Lets go as soon as another tab needs the database for a newer version.
    fn watch(database: Database, on_close: &OnClose) -> Self {
        let raw = IdbDatabase::from(database);
        let mut database = Database::from(raw.clone());
        let is_open = Rc::new(Cell::new(true));
        database.on_version_change({
            let (raw, is_open) = (raw.clone(), is_open.clone());
            move |_| {
                is_open.set(false);
                raw.close();
            }
        });
        database.on_close({
            let (is_open, on_close) = (is_open.clone(), on_close.clone());
            move |_| {
                is_open.set(false);
                if let Some(heard) = &*on_close.borrow() {
                    heard();
                }
            }
        });
        Self {
            database,
            raw: wasm_bindgen::JsCast::unchecked_into(raw),
            is_open,
        }
    }

    #[cfg(test)]
    pub(super) fn end_by_force(&self) {
        self.database.close();
        let closed = web_sys::Event::new("close").unwrap();
        self.raw.dispatch_event(&closed).unwrap();
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    pub(super) fn database(&self) -> &Database {
        &self.database
    }

    /// A writing transaction that is on the disk, not on its way there, when it completes.
    pub(super) fn begin_strict(&self, tables: &[&str]) -> Result<Transaction, Problem> {
        let tables: Array = tables.iter().map(|table| JsValue::from(*table)).collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        Ok(self.raw.transaction(&tables, "readwrite", &options)?.into())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.close();
    }
}

/// The first of several events answers; a database that comes too late is closed.
#[derive(Clone)]
struct Answer(Rc<RefCell<Option<oneshot::Sender<Opened>>>>);

type Opened = Result<Database, Problem>;

impl Answer {
    fn new() -> (Self, oneshot::Receiver<Opened>) {
        let (sender, receiver) = oneshot::channel();
        (Self(Rc::new(RefCell::new(Some(sender)))), receiver)
    }

    fn give(&self, opened: Opened) {
        let unheard = match self.0.borrow_mut().take() {
            Some(sender) => sender.send(opened).err(),
            None => Some(opened),
        };
        if let Some(Ok(database)) = unheard {
            database.close();
        }
    }
}

fn upgrade(event: &VersionChangeEvent, may_make: bool, answer: &Answer) {
    let upgraded = match event.old_version() {
        Ok(0) if !may_make => Err(Problem::Gone),
        old => old
            .and_then(|old| migrations::run(&event.database()?, old))
            .map_err(Problem::from),
    };
    if let Err(problem) = upgraded {
        answer.give(Err(problem));
        let transaction = idb::Event::target(event)
            .ok()
            .and_then(|request| idb::Request::transaction(&request));
        if let Some(transaction) = transaction {
            // Where even this fails the browser has undone the upgrade already.
            let _: Result<Transaction, idb::Error> = transaction.abort();
        }
    }
}
