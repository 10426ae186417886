//! The circle: who is in it, its invites, how it stands with the server. Read at the start, and
//! kept up by what the worker answers and by what it says by itself.

use super::State;
use crate::browser::{hearth, page};
use crate::link;
use crate::route::Route;
use crate::ui::failure_words;
use hearth_core::circle::CircleView;
use hearth_core::messages::{Failure, Request, Response};
use hearth_storage::settings;
use leptos::prelude::*;

impl State {
    /// Reads it again. Where that fails, what was known stays.
    pub(crate) async fn read_circle(self) {
        let _: Result<(), Failure> = self.change_circle(Request::Circle).await;
    }

    /// Asks for something that is answered with the circle.
    ///
    /// # Errors
    /// The worker's.
    pub(crate) async fn change_circle(self, request: Request) -> Result<(), Failure> {
        match link::ask(request).await? {
            Response::Circle(circle) => {
                self.take_circle(*circle);
                Ok(())
            }
            _ => Err(link::unexpected()),
        }
    }

    /// The same, as a press that says on the screen what went wrong.
    pub(crate) fn press_circle(self, request: Request) {
        leptos::task::spawn_local(async move {
            match self.change_circle(request).await {
                // What was pressed is gone from the screen.
                Ok(()) => page::focus_heading(),
                Err(failure) => self.say(failure_words(&failure)),
            }
        });
    }

    pub(super) fn take_circle(self, mut circle: CircleView) {
        match circle.sync.last {
            Some(last) => settings::note_answered(last),
            None => circle.sync.last = settings::answered(),
        }
        // What looks the same is not drawn anew: somebody may be reading it.
        let is_news = self
            .circle
            .with_untracked(|now| now.as_ref() != Some(&circle));
        if is_news {
            hearth::badge(circle.sync.unsent);
            self.circle.set(Some(circle));
        }
    }

    /// Somebody put a link over the address of this page.
    pub(super) fn hear_link(self) {
        if let Some(link) = page::take_link(Route::Join.address()) {
            self.link.set(Some(link));
        }
    }

    /// Follows the circle as long as the caller's screen is there: counts change with every record.
    pub(crate) fn follow_circle(self) {
        Effect::new(move |_| {
            self.changes.track();
            if self.door.get() == super::Door::Open {
                leptos::task::spawn_local(self.read_circle());
            }
        });
    }
}
