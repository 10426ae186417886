//! Driving the engine: what it wants asked is carried, and what came is told to the page.

use crate::envelope;
use crate::line::{
    Carried, Live, Patience, Timer, WHILE_SOMEBODY_WAITS, is_wifi, on_network, on_other_network,
    post, wait_for_lock,
};
use crate::service::{Job, OpenVault, send};
use futures_channel::mpsc::UnboundedSender;
use hearth_core::EntityId;
use hearth_core::circle::CircleView;
use hearth_core::messages::{Event, Failure};
use hearth_core::vault::Progress;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::DedicatedWorkerGlobalScope;

/// What the worker knows of its line to the server.
pub(crate) struct Line {
    is_ours: bool,
    patience: Patience,
    live: Live,
    /// Hints that end as soon as they begin are asked for less and less often, however well the
    /// calls go: something in between does not let them stand.
    live_patience: Patience,
    /// Until then none are asked for.
    live_rest: Option<Timer>,
    /// The server asked to be left alone. What a person does on other screens does not break that;
    /// pressing "Check now" does.
    is_left_alone: bool,
    /// The next try by itself.
    timer: Option<Timer>,
    /// The circle as the page was told last.
    told: Option<CircleView>,
}

impl Line {
    pub(crate) fn new(vault: EntityId, jobs: &UnboundedSender<Job>) -> Self {
        let granted = jobs.clone();
        wait_for_lock(&format!("hearth-line-{vault}"), move |had_to_wait| {
            send(&granted, Job::TakeLine { had_to_wait });
        });
        let back = jobs.clone();
        on_network(move || send(&back, Job::LookForNews));
        let other = jobs.clone();
        on_other_network(move || send(&other, Job::Drive));
        Self {
            is_ours: false,
            patience: Patience::default(),
            live: Live::default(),
            live_patience: Patience::default(),
            live_rest: None,
            is_left_alone: false,
            timer: None,
            told: None,
        }
    }
}

impl OpenVault {
    /// One step. A failing store is no reason to stop: what was saved is saved, and the next
    /// step begins from what is durable.
    pub(crate) async fn drive(
        &mut self,
        job: Job,
        scope: &DedicatedWorkerGlobalScope,
        jobs: &UnboundedSender<Job>,
    ) {
        let mut has_failed = false;
        let mut asked_wait = 0;
        match job {
            Job::TakeLine { had_to_wait } => {
                self.line.is_ours = true;
                // The tab that had it may have framed and been answered since this one read.
                if had_to_wait {
                    has_failed = self.vault.refresh().await.is_err();
                    self.tell_changed(scope);
                }
            }
            Job::LookForNews => {
                self.vault.look_for_news();
                self.line.patience.renew();
                self.line.is_left_alone = false;
                self.line.live_rest = None;
            }
            Job::Replied { number, carried } => {
                let Carried {
                    reply,
                    asked_wait: asked,
                } = carried;
                asked_wait = asked.unwrap_or(0);
                let before = self.vault.changes_shown();
                match self.vault.take_reply(number, reply).await {
                    Ok(Progress::GoOn) => self.line.patience.renew(),
                    Ok(Progress::Wait) | Err(_) => has_failed = true,
                }
                if self.vault.changes_shown() != before {
                    self.tell_changed(scope);
                    self.tell_other_tabs();
                }
            }
            Job::LiveEnded { has_stood } => {
                if has_stood {
                    self.line.live_patience.renew();
                }
                let (wait, jobs) = (self.line.live_patience.wait(), jobs.clone());
                self.line.live_rest = Timer::start(wait, move || send(&jobs, Job::LiveRested));
            }
            Job::LiveRested => self.line.live_rest = None,
            _ => {}
        }
        if !self.line.is_ours {
            return self.tell_circle(scope);
        }
        if has_failed && asked_wait > 0 {
            let wait = self.line.patience.wait().max(asked_wait);
            self.line.is_left_alone = true;
            self.try_again_after(wait, Job::LookForNews, jobs);
        }
        if self.line.is_left_alone {
            return self.tell_circle(scope);
        }
        if has_failed {
            let wait = self.line.patience.wait();
            self.try_again_after(wait, Job::Drive, jobs);
            return self.tell_circle(scope);
        }
        self.vault.note_network(is_wifi());
        match self.vault.next_call().await {
            Ok(Some(call)) => {
                let jobs = jobs.clone();
                spawn_local(async move {
                    let number = call.number;
                    let carried = post(call).await;
                    send(&jobs, Job::Replied { number, carried });
                });
                // Where it fails, the next call tries again, and waits where that fails.
                let _: Result<(), Failure> = self.vault.frame_ahead().await;
            }
            Ok(None) => {
                self.rest(jobs);
                self.tell_circle(scope);
            }
            Err(_) => {
                let wait = self.line.patience.wait();
                self.try_again_after(wait, Job::Drive, jobs);
            }
        }
    }

    /// Nothing is to be asked now: hints say when there is.
    fn rest(&mut self, jobs: &UnboundedSender<Job>) {
        if self.vault.is_waiting_for_somebody() {
            self.try_again_after(WHILE_SOMEBODY_WAITS, Job::LookForNews, jobs);
        } else if let Some(left) = self.vault.wait_for_room() {
            let left = u32::try_from(left).unwrap_or(u32::MAX);
            self.try_again_after(left.max(WHILE_SOMEBODY_WAITS), Job::Drive, jobs);
        }
        if self.line.live.is_open() || self.line.live_rest.is_some() {
            return;
        }
        if let Some(call) = self.vault.live_call() {
            let (hint, end) = (jobs.clone(), jobs.clone());
            self.line.live.open(
                call,
                move || send(&hint, Job::LookForNews),
                move |has_stood| send(&end, Job::LiveEnded { has_stood }),
            );
        }
    }

    fn try_again_after(&mut self, millis: u32, job: Job, jobs: &UnboundedSender<Job>) {
        let jobs = jobs.clone();
        self.line.timer = Timer::start(millis, move || send(&jobs, job));
    }

    /// The page reads again what it shows.
    pub(crate) fn tell_changed(&self, scope: &DedicatedWorkerGlobalScope) {
        envelope::tell(scope, &Event::Changed);
    }

    pub(crate) fn tell_other_tabs(&self) {
        self.tell(&JsValue::NULL);
    }

    /// Something true tells them that the vault is removed.
    pub(crate) fn tell(&self, what: &JsValue) {
        if let Some(other_tabs) = &self.other_tabs {
            let _: Result<(), JsValue> = other_tabs.post_message(what);
        }
    }

    fn tell_circle(&mut self, scope: &DedicatedWorkerGlobalScope) {
        let now = self.vault.circle();
        if self.line.told.as_ref() != Some(&now) {
            envelope::tell(scope, &Event::Circle(Box::new(now.clone())));
            self.line.told = Some(now);
        }
    }
}
