//! Naming children.

use super::State;
use crate::link;
use hearth_core::EntityId;
use hearth_core::messages::{Failure, Request, Response};
use leptos::prelude::*;

impl State {
    /// Adds a name, and answers whose id it is.
    ///
    /// # Errors
    /// [`Failure::Empty`] without a name, and the worker's.
    pub(crate) async fn add_child(self, name: String) -> Result<Option<EntityId>, Failure> {
        self.change_children(Request::AddChild(name)).await?;
        let newest =
            |children: &Vec<hearth_core::child::Child>| children.last().map(|child| child.id);
        Ok(self.children.with_untracked(newest))
    }

    /// Changes a name.
    ///
    /// # Errors
    /// [`Failure::Empty`] without a name, and the worker's.
    pub(crate) async fn rename_child(self, child: EntityId, name: String) -> Result<(), Failure> {
        self.change_children(Request::RenameChild { child, name })
            .await
    }

    /// Reads the names again.
    async fn change_children(self, request: Request) -> Result<(), Failure> {
        match link::ask(request).await? {
            Response::Children(children) => {
                self.children.set(children);
                Ok(())
            }
            _ => Err(link::unexpected()),
        }
    }
}
