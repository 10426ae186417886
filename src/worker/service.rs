//! One queue: requests wait in it, photos are made ready beside it, other tabs are heard.

use crate::drive::Line;
use crate::envelope::{self, Envelope};
use crate::file::Making;
use crate::line::{Carried, Timer};
use crate::photo;
use crate::qr::qr_path;
use crate::surroundings::Phone;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use hearth_core::EntityId;
use hearth_core::messages::{Event, Failure, Opened, Request, Response};
use hearth_core::photo::PreparedPhoto;
use hearth_core::ports::Clock;
use hearth_core::vault::Vault;
use hearth_storage::{IndexedDb, KeyError, OpenError};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, DedicatedWorkerGlobalScope, File, MessageEvent};

pub(crate) enum Job {
    Answer {
        id: u32,
        request: Request,
        photo: Option<Result<PreparedPhoto, Failure>>,
        files: Vec<File>,
    },
    /// Another tab changed the vault.
    Refresh,
    /// It may be read again.
    Rested,
    /// After the first answer, so that no start waits for it.
    Tidy,
    /// This tab has the line now.
    TakeLine { had_to_wait: bool },
    /// There may be something to ask the server.
    Drive,
    /// There may be news: a hint came, the network is back, somebody waits.
    LookForNews,
    /// No more hints come; whether they had come for a while.
    LiveEnded { has_stood: bool },
    /// Hints may be asked for again.
    LiveRested,
    /// The server answered a call, or did not.
    Replied { number: u64, carried: Carried },
}

struct Photo {
    id: u32,
    request: Request,
    file: Option<File>,
}

/// Listens to the page from now on.
pub(crate) fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let (jobs, waiting_jobs) = unbounded();
    let (photos, waiting_photos) = unbounded();
    spawn_local(make_photos_ready(waiting_photos, jobs.clone()));
    spawn_local(Service::new(scope.clone(), jobs.clone()).run(waiting_jobs));
    let answer_to = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Envelope { id, request, files } = Envelope::read(&event.data());
        match request {
            Ok(request @ Request::AddPhoto { .. }) => {
                let file = files.into_iter().next();
                send(&photos, Photo { id, request, file });
            }
            Ok(request) => send(
                &jobs,
                Job::Answer {
                    id,
                    request,
                    photo: None,
                    files,
                },
            ),
            Err(failure) => envelope::answer(&answer_to, id, &Err(failure), None),
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

/// One picture at a time: each is 48 MB while it is decoded.
async fn make_photos_ready(mut waiting: UnboundedReceiver<Photo>, jobs: UnboundedSender<Job>) {
    while let Some(Photo { id, request, file }) = waiting.next().await {
        let ready = match file {
            Some(file) => photo::prepare(&file).await,
            None => Err(Failure::UnreadablePhoto("no file came".into())),
        };
        send(
            &jobs,
            Job::Answer {
                id,
                request,
                photo: Some(ready),
                files: Vec::new(),
            },
        );
    }
}

/// The receiving ends live as long as the worker.
pub(crate) fn send<T>(queue: &UnboundedSender<T>, item: T) {
    let _ = queue.unbounded_send(item);
}

/// How many times as long as reading everything anew took, it is not read again.
const REST: u32 = 4;

struct Service {
    scope: DedicatedWorkerGlobalScope,
    jobs: UnboundedSender<Job>,
    open: Option<OpenVault>,
    /// Until then another tab's changes are not read.
    rest: Option<Timer>,
    /// Another tab changed something meanwhile.
    is_behind: bool,
}

pub(crate) struct OpenVault {
    pub(crate) vault: Vault<IndexedDb, Phone>,
    pub(crate) line: Line,
    id: EntityId,
    store: IndexedDb,
    key_is_plain: bool,
    pub(crate) other_tabs: Option<BroadcastChannel>,
    pub(crate) making: Option<Making>,
}

impl Service {
    fn new(scope: DedicatedWorkerGlobalScope, jobs: UnboundedSender<Job>) -> Self {
        Self {
            scope,
            jobs,
            open: None,
            rest: None,
            is_behind: false,
        }
    }

    async fn run(mut self, mut waiting: UnboundedReceiver<Job>) {
        while let Some(job) = waiting.next().await {
            match job {
                Job::Answer {
                    id,
                    request,
                    photo,
                    files,
                } => {
                    let may_send = gives_the_engine_work(&request);
                    let answer = self.answer(request, photo, files).await;
                    let part = self.open.as_mut().and_then(OpenVault::take_part);
                    envelope::answer(&self.scope, id, &answer, part);
                    if may_send && answer.is_ok() {
                        send(&self.jobs, Job::Drive);
                    }
                }
                job @ (Job::TakeLine { .. }
                | Job::Drive
                | Job::LookForNews
                | Job::LiveEnded { .. }
                | Job::LiveRested
                | Job::Replied { .. }) => {
                    if let Some(open) = &mut self.open {
                        open.drive(job, &self.scope, &self.jobs).await;
                    }
                }
                Job::Refresh => self.refresh().await,
                Job::Rested => {
                    self.rest = None;
                    if std::mem::take(&mut self.is_behind) {
                        self.refresh().await;
                    }
                }
                // What is due today is due tomorrow as well: a failure waits for the next start.
                Job::Tidy => {
                    if let Some(open) = &mut self.open {
                        let _: Result<(), Failure> = open.vault.tidy().await;
                    }
                }
            }
            self.begin_anew().await;
        }
    }

    async fn answer(
        &mut self,
        request: Request,
        photo: Option<Result<PreparedPhoto, Failure>>,
        files: Vec<File>,
    ) -> Result<Response, Failure> {
        if let Request::Open { vault } = request {
            return self.open(vault).await;
        }
        if let Request::DrawCode(link) = request {
            let (side, path) = qr_path(&link).ok_or(Failure::TooLong)?;
            return Ok(Response::Code { side, path });
        }
        let open = self.open.as_mut().ok_or(Failure::NotOpen)?;
        let is_for_other_tabs = changes_records(&request);
        let answer = match request {
            Request::Backup { passphrase } => open.begin_backup(&passphrase).await,
            Request::ContinueBackup => open.continue_backup().await,
            Request::EndBackup { is_kept } => open.end_backup(is_kept).await,
            Request::RestoreBackup { passphrase } => {
                let answer = open.restore(&passphrase, files).await;
                // Also where it failed in the midst: a part may be here.
                open.tell_changed(&self.scope);
                answer
            }
            request => open.vault.answer(request, photo.transpose()?).await,
        };
        if answer.is_ok() && is_for_other_tabs {
            open.tell_other_tabs();
        }
        answer.map(|answer| open.add_what_only_the_phone_knows(answer))
    }

    async fn open(&mut self, wanted: Option<EntityId>) -> Result<Response, Failure> {
        if self.open.is_none() {
            self.begin(wanted).await?;
            send(&self.jobs, Job::Tidy);
        }
        let open = self.open.as_ref().ok_or(Failure::NotOpen)?;
        Ok(Response::Opened(open.opened()))
    }

    /// Opens a vault, in the place of one that was open.
    async fn begin(&mut self, wanted: Option<EntityId>) -> Result<(), Failure> {
        let opened = hearth_storage::open_vault(wanted).await;
        let (id, store, key) = opened.map_err(why_closed)?;
        let jobs = self.jobs.clone();
        store.hear_close(move || send(&jobs, Job::Refresh));
        let mut vault = Vault::open(store.clone(), &key.key, Phone).await?;
        vault.connect(&self.scope.location().origin());
        // Another vault's tab and line are not this one's.
        let older = self.open.take().filter(|open| open.id == id);
        let (line, other_tabs) = match older {
            Some(open) => (open.line, open.other_tabs),
            None => (
                Line::new(id, &self.jobs),
                hear_other_tabs(id, self.jobs.clone()),
            ),
        };
        self.open = Some(OpenVault {
            vault,
            line,
            id,
            store,
            key_is_plain: key.is_plain,
            other_tabs,
            making: None,
        });
        Ok(())
    }

    /// Where the browser cleared the store under the open vault: opens an empty one in its place,
    /// and tells the page. What does not open now is tried again after the next job.
    async fn begin_anew(&mut self) {
        let gone = self.open.as_ref().filter(|open| open.store.is_gone());
        let wanted = gone.map(|open| open.id);
        if wanted.is_some() && self.begin(wanted).await.is_ok() {
            envelope::tell(&self.scope, &Event::Cleared);
        }
    }

    /// Reads everything anew, and rests afterwards: a tab that saves much leaves this one time for
    /// its own.
    async fn refresh(&mut self) {
        if self.rest.is_some() {
            self.is_behind = true;
            return;
        }
        let began = Phone.now();
        if let Some(open) = &mut self.open
            && open.vault.refresh().await.is_ok()
        {
            open.tell_changed(&self.scope);
            send(&self.jobs, Job::Drive);
        }
        let took = u32::try_from(Phone.now().saturating_sub(began)).unwrap_or(0);
        let jobs = self.jobs.clone();
        self.rest = Timer::start(took.saturating_mul(REST), move || send(&jobs, Job::Rested));
    }
}

impl OpenVault {
    fn opened(&self) -> Opened {
        let mut health = self.vault.health();
        health.key_is_plain = self.key_is_plain;
        let (children, drafts) = (self.vault.children(), self.vault.drafts());
        Opened {
            vault: self.id,
            children,
            drafts,
            health,
            is_new: self.vault.is_new(),
        }
    }

    fn add_what_only_the_phone_knows(&self, mut answer: Response) -> Response {
        if let Response::Health(health) = &mut answer {
            health.key_is_plain = self.key_is_plain;
        }
        answer
    }
}

/// Trying again can help a store that does not answer; it cannot help a key, and what a newer version
/// wrote opens there.
fn why_closed(error: OpenError) -> Failure {
    match error {
        OpenError::Key(KeyError::Later) => Failure::LaterStore,
        OpenError::Store(error) | OpenError::Key(KeyError::Store(error)) => error.into(),
        OpenError::Key(error) => Failure::Locked(error.to_string()),
    }
}

/// Without a `BroadcastChannel` another tab shows what is new at its next start.
fn hear_other_tabs(vault: EntityId, jobs: UnboundedSender<Job>) -> Option<BroadcastChannel> {
    let channel = BroadcastChannel::new(&format!("hearth-{vault}")).ok()?;
    let on_message = Closure::<dyn FnMut()>::new(move || send(&jobs, Job::Refresh));
    channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    Some(channel)
}

/// After these there may be something to send, or to ask.
fn gives_the_engine_work(request: &Request) -> bool {
    changes_records(request) || matches!(request, Request::Open { .. } | Request::LookForNews)
}

/// Typing stays in its tab; what is saved concerns them all.
fn changes_records(request: &Request) -> bool {
    matches!(
        request,
        Request::Save { .. }
            | Request::Delete(_)
            | Request::Restore(_)
            | Request::Erase(_)
            | Request::Discard(_)
            | Request::PutBack(_)
            | Request::AddChild(_)
            | Request::RenameChild { .. }
            | Request::AddNote { .. }
            | Request::Settle { .. }
            | Request::EndBackup { is_kept: true }
            | Request::RestoreBackup { .. }
            | Request::Invite { .. }
            | Request::MoveToServer
            | Request::CancelInvite(_)
            | Request::ApproveInvite(_)
            | Request::ReadInvite(_)
            | Request::AcceptInvite { .. }
            | Request::ConfirmJoin(_)
            | Request::RefuseJoin
            | Request::LeaveInvite
            | Request::Remove { .. }
            | Request::ConfirmWords(_)
            | Request::DeclineWords
            | Request::SeenWords
            | Request::RestoreByWords(_)
            | Request::StopRestoring
            | Request::LetPhotosTravel(_)
            | Request::LetPhotosGo
    )
}
