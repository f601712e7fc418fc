//! Reading the journal.

use super::{Answer, Serve, nobody};
use crate::auth::Origin;
use crate::caller::Caller;
use crate::error::Failure;
use crate::state::State;
use axum::http::HeaderMap;
use contract::FieldErrors;
use contract::call::CallFailure;
use contract::journal::{JournalPage, ListJournal};

impl Serve for ListJournal {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<JournalPage>, CallFailure> {
        let caller = caller.ok_or_else(nobody)?;
        if self.limit.is_some_and(|limit| !(1..=100).contains(&limit)) {
            return Err(Failure::from(FieldErrors::one("limit", "Must be between 1 and 100.")).told());
        }
        let page = state.journal.list(&self, &caller.sees()).await;
        page.map(Into::into).map_err(|error| Failure::from(error).told())
    }
}
