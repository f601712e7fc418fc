//! Reading the journal.

use super::{Answer, Serve, nobody};
use crate::auth::Origin;
use crate::caller::Caller;
use crate::error::Failure;
use crate::hex::hex;
use crate::journal::{Decision, Intent, Kind};
use crate::state::State;
use axum::http::HeaderMap;
use contract::FieldErrors;
use contract::call::CallFailure;
use contract::journal::{GetJournalEntry, JournalDetail, JournalFault, JournalPage, JournalVerified, ListJournal, VerifyJournal};
use contract::own::Own;
use contract::{ApiError, Code};

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

impl Serve for GetJournalEntry {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<JournalDetail>, CallFailure> {
        let caller = caller.ok_or_else(nobody)?;
        let found = state.journal.detail(&self.id, &caller.sees()).await.map_err(|error| Failure::from(error).told())?;
        let none = || CallFailure { error: ApiError::new(Code::NotFound, "The journal has no such entry for you."), receipt: None };
        found.map(Into::into).ok_or_else(none)
    }
}

impl Serve for VerifyJournal {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<JournalVerified>, CallFailure> {
        let caller = caller.ok_or_else(nobody)?;
        let report = state.journal.verify().await.map_err(|error| Failure::from(error).told())?;
        let found = JournalVerified {
            rows: report.rows,
            head: report.head.as_ref().map(|head| format!("{}:{}", head.seq, hex(&head.hash))),
            faults: report.faults.into_iter().map(|fault| JournalFault { seq: fault.seq, what: fault.what }).collect(),
        };
        // That somebody looked, and what there was to see, is worth a row itself.
        let params = serde_json::json!({ "rows": found.rows, "faults": found.faults.len() });
        let event = Intent { params, ..caller.intent(Kind::Admin, Self::ROUTE.name(), None) };
        state.journal.event(&event, &Decision::Allowed).await.map_err(|error| Failure::from(error).told())?;
        Ok(found.into())
    }
}
