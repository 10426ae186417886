//! One request, one answer.

use super::Vault;
use crate::messages::{Failure, Request, Response};
use crate::photo::PreparedPhoto;
use crate::ports::{Clock, Random, Store};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Answers a request. `photo` is the file of `AddPhoto`, made ready to keep; `Open` is
    /// answered by whoever holds the key.
    ///
    /// # Errors
    /// [`Failure`], and then nothing that was kept is lost.
    pub async fn answer(
        &mut self,
        request: Request,
        photo: Option<PreparedPhoto>,
    ) -> Result<Response, Failure> {
        // Where a read was cut short, what is shown is half of what is kept.
        self.freshen().await?;
        let circled = |circle| Response::Circle(Box::new(circle));
        let recorded = |record| Response::Record(Box::new(record));
        let done = |()| Response::Done;
        let drafted = |draft| Response::Draft(Box::new(draft));
        match request {
            // All are answered by whoever drives the vault.
            Request::Open { .. } | Request::DrawCode(_) | Request::RemoveVault => {
                Err(Failure::NotOpen)
            }
            Request::Timeline {
                filter,
                offset,
                limit,
            } => Ok(Response::Page(self.timeline(filter, offset, limit))),
            Request::Read(id) => self
                .record(id)
                .map(|record| Response::Record(Box::new(record))),
            Request::OnlyHere => {
                // What is typed in another tab is told to nobody.
                self.refresh().await?;
                Ok(Response::OnlyHere(self.only_here()))
            }
            Request::Drafts => Ok(Response::Drafts(self.drafts())),
            Request::Begin(kind) => self.begin(kind).map(drafted),
            Request::Edit(id) => self.edit(id).map(drafted),
            Request::Journal { draft, kind, patch } => self
                .journal(draft, kind, patch)
                .await
                .map(|()| Response::Kept),
            Request::AddPhoto { draft, kind } => {
                let photo = photo.ok_or_else(|| Failure::UnreadablePhoto("no file came".into()))?;
                self.add_photo(draft, kind, photo).await.map(drafted)
            }
            Request::RemovePhoto { draft, photo } => {
                self.remove_photo(draft, photo).await.map(drafted)
            }
            Request::CaptionPhoto {
                draft,
                photo,
                caption,
            } => self.caption_photo(draft, photo, caption).await.map(drafted),
            Request::Discard(id) => self.discard(id).await.map(drafted),
            Request::PutBack(draft) => self.keep(draft).await.map(|()| Response::Kept),
            Request::Save { draft, kind, patch } => self
                .save(draft, kind, patch)
                .await
                .map(|record| Response::Saved(Box::new(record))),
            Request::Delete(id) => {
                let now = self.surroundings.now();
                self.set_deleted(id, Some(now)).await.map(done)
            }
            Request::Restore(id) => self.set_deleted(id, None).await.map(done),
            Request::Erase(id) => self.erase(id).await.map(done),
            Request::Blob(id) => self.blob(id).await.map(Response::Bytes),
            Request::AddChild(name) => {
                self.name_child(None, &name).await?;
                Ok(Response::Children(self.children()))
            }
            Request::RenameChild { child, name } => {
                self.name_child(Some(child), &name).await?;
                Ok(Response::Children(self.children()))
            }
            Request::Health => Ok(Response::Health(self.health())),
            Request::Circle => Ok(circled(self.circle())),
            Request::Invite {
                whom,
                name,
                is_quick,
            } => self.invite(whom, &name, is_quick).await.map(circled),
            Request::MoveToServer => self.move_to_server().map(circled),
            Request::CancelInvite(id) => self.cancel_invite(id).await.map(circled),
            Request::ApproveInvite(id) => self.approve_invite(id).await.map(circled),
            Request::ReadInvite(link) => self.read_invite(&link).await.map(circled),
            Request::AcceptInvite { name } => self.accept_invite(&name).await.map(circled),
            Request::ConfirmJoin(seen) => self.confirm_join(seen).await.map(circled),
            Request::RefuseJoin => self.refuse_join().await.map(circled),
            Request::LeaveInvite => self.leave_invite().await.map(circled),
            Request::Remove { person, device } => self.take_out(person, device).await.map(circled),
            Request::MakeWords => self.make_words().map(Response::Words),
            Request::ConfirmWords(typed) => {
                self.confirm_words(&typed).await?;
                Ok(circled(self.circle()))
            }
            Request::ForgetWords => {
                self.forget_words();
                Ok(Response::Done)
            }
            Request::DeclineWords => {
                self.decline_words().await?;
                Ok(circled(self.circle()))
            }
            Request::SeenWords => {
                self.note_words_seen().await?;
                Ok(circled(self.circle()))
            }
            Request::RestoreByWords(typed) => {
                self.recover(&typed.0).await?;
                Ok(circled(self.circle()))
            }
            Request::StopRestoring => {
                self.stop_recovering().await?;
                Ok(circled(self.circle()))
            }
            Request::AddNote { record, words } => self.add_note(record, &words).await.map(recorded),
            Request::Settle { of, field, words } => {
                self.settle(of, field, words).await.map(recorded)
            }
            Request::LetPhotosTravel(travel) => {
                self.let_photos_travel(travel, false).await.map(circled)
            }
            Request::LetPhotosGo => {
                let travel = self.photos_travel();
                self.let_photos_travel(travel, true).await.map(circled)
            }
            Request::LookForNews => {
                self.look_for_room();
                self.look_for_news();
                Ok(Response::Done)
            }
            // Its bytes travel beside the messages: whoever drives the vault hands them over.
            Request::Backup { .. }
            | Request::ContinueBackup
            | Request::EndBackup { .. }
            | Request::RestoreBackup { .. } => Err(Failure::Malformed("no file came".into())),
        }
    }
}
