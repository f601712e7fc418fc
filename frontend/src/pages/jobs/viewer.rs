//! One viewer that a job revokes: how it stands with them, and the same in a file.

use crate::components::badge::Tone;
use contract::ApiError;
use contract::call::Outcome;
use contract::job::JobItem;
use contract::viewer_session::{
    BatchStartViewerSessionRevocationError as NotTaken, BatchStartViewerSessionRevocationViewerSession as ViewerSession,
};
use serde::Serialize;

/// How it stands with a viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// IVS or the console refused it, with the code and in words.
    Failed(String, String),
    /// No answer came yet, and it is looked at.
    NotKnown,
    /// Being sent.
    Going,
    /// Its turn is still to come, or never came where the job was cancelled.
    Waiting,
    /// IVS took it.
    Asked,
}

impl State {
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Failed(..) => "Failed",
            Self::NotKnown => "Not known",
            Self::Going => "Sending",
            Self::Waiting => "Not sent",
            Self::Asked => "Asked",
        }
    }

    pub(super) const fn tone(&self) -> Tone {
        match self {
            Self::Failed(..) => Tone::Bad,
            Self::NotKnown => Tone::Warn,
            Self::Going | Self::Waiting => Tone::Plain,
            Self::Asked => Tone::Good,
        }
    }

    /// Why it failed.
    pub(super) fn why(&self) -> String {
        if let Self::Failed(code, message) = self { format!("{code} {message}").trim().to_owned() } else { String::new() }
    }

    pub(super) const fn failed(&self) -> bool {
        matches!(self, Self::Failed(..))
    }

    pub(super) const fn urgency(&self) -> u8 {
        match self {
            Self::Failed(..) => 0,
            Self::NotKnown => 1,
            Self::Going => 2,
            Self::Waiting => 3,
            Self::Asked => 4,
        }
    }
}

/// A viewer of a job.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) session: ViewerSession,
    /// What the channel is called.
    pub(super) channel: String,
    pub(super) state: State,
    /// The row of the journal about its call.
    pub(super) journal: String,
    /// AWS's id of that call.
    pub(super) request_id: String,
}

/// The same in a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line<'a> {
    channel_arn: &'a str,
    channel: &'a str,
    viewer_id: &'a str,
    version: i32,
    state: &'static str,
    code: &'a str,
    message: &'a str,
    journal: &'a str,
}

impl Entry {
    /// Those of an item; `called` says what a channel is called.
    pub(super) fn of(item: &JobItem, called: impl Fn(&str) -> String) -> Vec<Self> {
        let entry = |viewer: &ViewerSession| Self {
            channel: called(&viewer.channel_arn),
            state: state(item, viewer),
            session: viewer.clone(),
            journal: item.journal.clone().unwrap_or_default(),
            request_id: item.request_id.clone().unwrap_or_default(),
        };
        item.viewers.iter().map(entry).collect()
    }

    pub(super) fn version(&self) -> i32 {
        self.session.viewer_session_versions_less_than_or_equal_to.unwrap_or_default()
    }

    pub(super) fn line(&self) -> Line<'_> {
        let (code, message) = if let State::Failed(code, message) = &self.state { (code.as_str(), message.as_str()) } else { ("", "") };
        Line {
            channel_arn: &self.session.channel_arn,
            channel: &self.channel,
            viewer_id: &self.session.viewer_id,
            version: self.version(),
            state: self.state.word(),
            code,
            message,
            journal: &self.journal,
        }
    }
}

/// 200 with errors: those failed, the others did not (`docs/ivs-behaviour.md` 2.10). What was taken once stays so.
fn state(item: &JobItem, viewer: &ViewerSession) -> State {
    let mine = |error: &&NotTaken| error.channel_arn == viewer.channel_arn && error.viewer_id == viewer.viewer_id;
    let named = item.not_taken.iter().find(mine);
    if named.is_none() && !item.not_taken.is_empty() {
        return State::Asked;
    }
    match item.outcome {
        Some(Outcome::Done) => State::Asked,
        Some(Outcome::Refused) => failed(item, named),
        Some(Outcome::Unknown) => State::NotKnown,
        None if item.begun => State::Going,
        None => State::Waiting,
    }
}

/// By IVS's word on this viewer; by that on the whole call where it was refused as a whole, at another attempt perhaps.
fn failed(item: &JobItem, named: Option<&NotTaken>) -> State {
    let whole = item.error.as_ref().filter(|error| item.not_taken.first().is_none_or(|first| !is_of(error, first)));
    match (whole, named) {
        (None, Some(NotTaken { code, message, .. })) => {
            State::Failed(code.clone().unwrap_or_default(), message.clone().unwrap_or_else(|| "IVS does not say why.".to_owned()))
        }
        (whole, _) => {
            let (code, message) = whole.map(|error| (error.code.to_string(), error.message.clone())).unwrap_or_default();
            State::Failed(code, message)
        }
    }
}

/// Is it what the backend makes of an answer in which IVS names some? It has the code of the first.
fn is_of(error: &ApiError, first: &NotTaken) -> bool {
    first.code.as_ref().is_none_or(|code| *code == error.code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Code, Operation};

    fn item(outcome: Option<Outcome>, not_taken: &[&str], error: Option<Code>) -> JobItem {
        let not = |id: &&str| NotTaken { channel_arn: "arn".into(), viewer_id: (*id).into(), code: Some("403".into()), message: None };
        let viewer = |id: &str| ViewerSession { channel_arn: "arn".into(), viewer_id: id.into(), ..ViewerSession::default() };
        JobItem {
            target: "arn".into(),
            made: Vec::new(),
            name: None,
            operation: Operation::BatchStartViewerSessionRevocation,
            viewers: ["a", "b"].map(viewer).into(),
            not_taken: not_taken.iter().map(not).collect(),
            tags: contract::tag::Tags::new(),
            begun: false,
            outcome,
            error: error.map(|code| ApiError::new(code, "No.")),
            journal: None,
            request_id: None,
        }
    }

    fn words(item: &JobItem) -> Vec<&'static str> {
        item.viewers.iter().map(|viewer| state(item, viewer).word()).collect()
    }

    #[test]
    fn only_those_that_ivs_names_have_failed() {
        let part = item(Some(Outcome::Refused), &["b"], Some(Code::from("403")));
        assert_eq!(words(&part), ["Asked", "Failed"]);
        assert_eq!(state(&part, &part.viewers[1]).why(), "403 IVS does not say why.");
        assert_eq!(words(&JobItem { begun: true, outcome: None, ..part.clone() }), ["Asked", "Sending"], "and those alone are sent again");
        assert_eq!(words(&item(Some(Outcome::Done), &[], None)), ["Asked", "Asked"]);
        let again = item(Some(Outcome::Refused), &["b"], Some(Code::RoleForbidden));
        assert_eq!(
            (words(&again), state(&again, &again.viewers[1]).why().as_str()),
            (vec!["Asked", "Failed"], "RoleForbidden No."),
            "the last word counts"
        );
    }

    #[test]
    fn a_call_that_was_refused_was_refused_for_each_and_one_that_is_not_known_for_none() {
        let refused = item(Some(Outcome::Refused), &[], Some(Code::RoleForbidden));
        assert_eq!(words(&refused), ["Failed", "Failed"]);
        assert_eq!(state(&refused, &refused.viewers[0]).why(), "RoleForbidden No.");
        assert_eq!(words(&item(Some(Outcome::Unknown), &[], None)), ["Not known", "Not known"]);
        assert_eq!(words(&item(None, &[], None)), ["Not sent", "Not sent"]);
    }
}
