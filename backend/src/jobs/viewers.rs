//! Revoking viewers, twenty in a call. IVS may take some of a call and not others, and nobody can ask it afterwards whom it took; to
//! revoke somebody twice does no harm.

use super::perform::Perform;
use super::plan::Planned;
use super::stored::{Item, ItemState, Stored};
use super::work::{Core, Step};
use crate::journal::{Ending, JournalError};
use contract::viewer_session::{
    BatchStartViewerSessionRevocation, BatchStartViewerSessionRevocationError as NotTaken, BatchStartViewerSessionRevocationResponse,
    BatchStartViewerSessionRevocationViewerSession as ViewerSession,
};
use contract::{ApiError, Code, Operation};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// So often a call is made whose answer is lost.
const ATTEMPTS: i64 = 3;

/// What an item that revokes keeps: whom it is about, and whom of these IVS did not take at the last attempt.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Viewers {
    #[serde(default)]
    pub(super) viewer_sessions: Vec<ViewerSession>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) not_taken: Vec<NotTaken>,
}

impl Viewers {
    /// Of an item that revokes; of another nobody.
    pub(super) fn of(operation: Operation, request: Option<&Value>) -> Self {
        if operation == Operation::BatchStartViewerSessionRevocation { Self::read(request).unwrap_or_default() } else { Self::default() }
    }

    /// `None`: it says nothing that can be read.
    pub(super) fn read(request: Option<&Value>) -> Option<Self> {
        serde_json::from_value(request?.clone()).ok()
    }

    /// What is still to be asked of IVS: whom it did not take; everybody before it has answered.
    pub(super) fn due(self) -> BatchStartViewerSessionRevocation {
        let Self { viewer_sessions: all, not_taken } = self;
        let of =
            |error: &NotTaken| all.iter().find(|viewer| viewer.channel_arn == error.channel_arn && viewer.viewer_id == error.viewer_id);
        let left: Vec<_> = not_taken.iter().filter_map(of).cloned().collect();
        BatchStartViewerSessionRevocation { viewer_sessions: if left.is_empty() { all } else { left } }
    }
}

/// A call for each twenty of them.
pub(super) fn items(viewers: &[ViewerSession]) -> impl Iterator<Item = Planned> {
    viewers.chunks(BatchStartViewerSessionRevocation::MOST).map(|viewers| Planned {
        operation: Operation::BatchStartViewerSessionRevocation,
        // They may be of several channels: the first stands for all.
        target: viewers.first().map(|viewer| viewer.channel_arn.clone()).unwrap_or_default(),
        request: serde_json::to_value(Viewers { viewer_sessions: viewers.to_vec(), not_taken: Vec::new() }).ok(),
    })
}

impl<P: Perform> Core<P> {
    /// Ends a call that IVS has answered, by its answer.
    pub(super) async fn revoked(&self, stored: &Stored, mut item: Item, ending: Option<&Ending>) -> Result<Step, JournalError> {
        let answer = ending.and_then(|ending| ending.after.clone()).and_then(|after| serde_json::from_value(after).ok());
        let BatchStartViewerSessionRevocationResponse { errors } = answer.unwrap_or_default();
        let refusal = not_taken(&errors);
        let viewers = Viewers { not_taken: errors, ..Viewers::of(item.operation, item.request.as_ref()) };
        item.request = serde_json::to_value(viewers).ok();
        let state = if refusal.is_some() { ItemState::Refused } else { ItemState::Done };
        self.end(stored, item, state, refusal).await
    }

    /// The answer is lost: it is asked again, and given up after some times.
    pub(super) async fn not_answered(&self, stored: &Stored, item: Item) -> Result<Step, JournalError> {
        if item.attempt < ATTEMPTS && !stored.cancelled {
            let error = ApiError::new(Code::OutcomeUnknown, "No answer came. IVS is asked again: to revoke somebody twice does no harm.");
            return self.again(stored, Item { state: ItemState::Begun, ..item }, error).await;
        }
        let message = "No answer came: IVS may have taken them or not, and does not tell. To send them again does no harm.";
        self.end(stored, item, ItemState::Refused, Some(ApiError::new(Code::LookedUp, message))).await
    }
}

/// Whom IVS did not take, in words.
fn not_taken(errors: &[NotTaken]) -> Option<ApiError> {
    let first = errors.first()?;
    let who: Vec<&str> = errors.iter().map(|error| error.viewer_id.as_str()).collect();
    let said = first.message.as_deref().unwrap_or("It does not say why.");
    let code = first.code.as_deref().map_or(Code::ValidationException, Code::from);
    Some(ApiError::new(code, format!("IVS did not take {} of them: {}. {said}", who.len(), who.join(", "))))
}
