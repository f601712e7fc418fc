//! An IVS that knows stream keys and what was really done, and that a process can die in the middle of.

use crate::bench::channel;
use backend::auth::held::Held;
use backend::jobs::{Ask, Change, OnAir, Perform};
use backend::journal::{Ending, Intent, IntentId, Journal};
use contract::access::Rights;
use contract::call::{CallFailure, Outcome, Receipt};
use contract::stream_key::StreamKeySummary;
use contract::tag::{OPERATION_TAG, Tags};
use contract::viewer_session::BatchStartViewerSessionRevocationViewerSession as ViewerSession;
use contract::{ApiError, Code, Operation};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// Before what of a call the process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    Intent,
    Commit,
    Outcome,
    Answer,
}

pub(crate) const POINTS: [Point; 4] = [Point::Intent, Point::Commit, Point::Outcome, Point::Answer];

/// What IVS knows: the stream keys by channel, and everything that was really done.
#[derive(Default)]
pub(crate) struct Ivs {
    pub(crate) keys: BTreeMap<String, Vec<StreamKeySummary>>,
    /// The recording configurations of channels, by channel.
    pub(crate) attached: BTreeMap<String, String>,
    /// The channels that are live.
    pub(crate) live: BTreeSet<String>,
    /// The channels that take no change for another reason, and those that somebody has deleted.
    pub(crate) in_use: BTreeSet<String>,
    pub(crate) gone: BTreeSet<String>,
    /// How often it was asked who is live, and how often a channel was to be changed.
    pub(crate) lists: usize,
    /// How many answers are lost on their way, after the change was made; and how often a right was missing.
    pub(crate) loses: usize,
    /// The call that never reaches IVS, and that nobody says so of.
    pub(crate) swallows: Option<Operation>,
    pub(crate) denied: usize,
    pub(crate) updates: BTreeMap<String, usize>,
    /// How often the encoder of a channel comes back while it has a key, and how many looks show a stream that was stopped.
    pub(crate) comes_back: usize,
    pub(crate) lags: usize,
    /// When what is live began, in milliseconds since 1970.
    pub(crate) since: Option<u64>,
    /// The viewers that IVS does not take.
    pub(crate) unknown_viewers: BTreeSet<String>,
    /// The names of the channels that were made, each with the intent that made it.
    pub(crate) made: Vec<(String, IntentId)>,
    pub(crate) done: Vec<(Operation, String)>,
    pub(crate) rights: Option<Rights>,
    pub(crate) dies: Option<(Operation, Point)>,
    pub(crate) refuses: Vec<(Operation, Code)>,
}

/// One life of a process that can call it.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) ivs: Arc<Mutex<Ivs>>,
    pub(crate) journal: Journal,
    pub(crate) died: Arc<Notify>,
}

impl Ivs {
    /// Each time that an encoder comes back it is another stream.
    fn stream(&self) -> String {
        format!("st-{}", self.comes_back)
    }
}

impl World {
    pub(crate) async fn dies_at(&self, operation: Operation, point: Point) {
        let now = self.ivs.lock().unwrap().dies.take_if(|dies| *dies == (operation, point)).is_some();
        if now {
            self.died.notify_one();
            std::future::pending::<()>().await;
        }
    }

    pub(crate) fn commit(&self, change: &Change, id: IntentId) -> Result<(), Code> {
        let mut ivs = self.ivs.lock().unwrap();
        let operation = change.operation();
        if let Some(at) = ivs.refuses.iter().position(|(refused, _)| *refused == operation) {
            return Err(ivs.refuses.remove(at).1);
        }
        let target = match change {
            Change::UpdateChannel { request, seen } => {
                *ivs.updates.entry(request.arn.clone()).or_default() += 1;
                if ivs.live.contains(&request.arn) || ivs.in_use.contains(&request.arn) {
                    return Err(Code::ConflictException);
                }
                let to = request.recording_configuration_arn.clone().unwrap_or_default();
                if ivs.gone.contains(&request.arn) || ivs.gone.contains(&to) {
                    return Err(Code::ResourceNotFoundException);
                }
                let has = ivs.attached.get(&request.arn);
                if has != seen.recording_configuration_arn.as_ref() {
                    return Err(Code::StateChanged);
                }
                ivs.attached.insert(request.arn.clone(), to);
                request.arn.clone()
            }
            Change::DeleteRecordingConfiguration(request) => {
                if ivs.attached.values().any(|attached| *attached == request.arn) {
                    return Err(Code::ConflictException);
                }
                request.arn.clone()
            }
            Change::DeletePlaybackRestrictionPolicy(request) => request.arn.clone(),
            Change::DeleteAdConfiguration(request) => request.arn.clone(),
            Change::DeleteFailoverSlateConfiguration(request) => request.arn.clone(),
            Change::CreateChannel(request) => {
                let name = request.name.clone().unwrap_or_default();
                ivs.made.push((name.clone(), id));
                name
            }
            Change::StopStream { request, seen } => {
                if !ivs.live.contains(&request.channel_arn) {
                    return Err(Code::ChannelNotBroadcasting);
                }
                if seen.as_ref().is_some_and(|seen| *seen != ivs.stream()) {
                    return Err(Code::StateChanged);
                }
                if ivs.lags == 0 {
                    ivs.live.remove(&request.channel_arn);
                }
                request.channel_arn.clone()
            }
            Change::BatchStartViewerSessionRevocation(request) => {
                request.viewer_sessions.iter().map(|viewer| viewer.viewer_id.as_str()).collect::<Vec<_>>().join(" ")
            }
            Change::DeleteChannel(request) if ivs.gone.contains(&request.arn) => return Err(Code::ResourceNotFoundException),
            Change::DeleteChannel(request) => request.arn.clone(),
            Change::TagResource(request) => request.resource_arn.clone(),
            Change::UntagResource(request) => request.resource_arn.clone(),
            Change::DeleteStreamKey(request) => {
                let mut keys = ivs.keys.values_mut();
                let holder = keys.find(|keys| keys.iter().any(|key| key.arn.as_ref() == Some(&request.arn)));
                holder.ok_or(Code::ResourceNotFoundException)?.clear();
                request.arn.clone()
            }
            Change::CreateStreamKey(request) => {
                let made = ivs.done.len();
                let keys = ivs.keys.get_mut(&request.channel_arn).ok_or(Code::ResourceNotFoundException)?;
                if !keys.is_empty() {
                    return Err(Code::ServiceQuotaExceededException);
                }
                let mut key = stream_key(&format!("made{made}"), Some(&id.to_string()));
                key.tags.extend(request.tags.clone());
                keys.push(key);
                request.channel_arn.clone()
            }
        };
        ivs.done.push((operation, target));
        Ok(())
    }

    /// Whom IVS does not take of several, as it answers.
    fn refused(&self, change: &Change) -> Option<Value> {
        let Change::BatchStartViewerSessionRevocation(request) = change else { return None };
        let ivs = self.ivs.lock().unwrap();
        let unknown = request.viewer_sessions.iter().filter(|viewer| ivs.unknown_viewers.contains(&viewer.viewer_id));
        let error = |viewer: &ViewerSession| json!({ "channelArn": viewer.channel_arn, "viewerId": viewer.viewer_id, "code": "ValidationException", "message": "No." });
        Some(json!({ "errors": unknown.map(error).collect::<Vec<_>>() }))
    }

    fn made(&self, change: &Change) -> Vec<String> {
        let many = self.ivs.lock().unwrap().made.len();
        matches!(change, Change::CreateChannel(_)).then(|| channel(many - 1)).into_iter().collect()
    }

    /// What the console does at start with what is unknown: it looks. `sees: false` is a list that lags.
    pub(crate) async fn reconcile(&self, sees: bool) {
        for open in self.journal.unresolved().await.unwrap().into_iter().filter(|open| open.left_behind) {
            let (made, targets) = {
                let ivs = self.ivs.lock().unwrap();
                let (operation, targets) = (open.intent.ivs_operation().unwrap(), &open.intent.targets);
                if operation == Operation::CreateChannel {
                    let at = ivs.made.iter().position(|(_, id)| *id == open.id);
                    (at.is_some(), at.map(channel).into_iter().collect())
                } else if operation == Operation::CreateStreamKey {
                    let made = ivs.keys[&targets[0]].iter().any(|key| key.tags.get(OPERATION_TAG) == Some(&open.id.to_string()));
                    (made, Vec::new())
                } else {
                    (ivs.done.contains(&(operation, targets[0].clone())), Vec::new())
                }
            };
            let outcome = if made && sees { Outcome::Done } else { Outcome::Refused };
            self.journal.outcome(open.id, &Ending { reconciled: true, targets, ..Ending::of(outcome) }).await.unwrap();
        }
    }
}

pub(crate) fn receipt(operation: Operation, id: IntentId, outcome: Outcome) -> Receipt {
    Receipt { id: Some(id.to_string()), operation, outcome, request_id: None, attempts: 1, millis: 1, at: 1, candidates: Vec::new() }
}

impl Perform for World {
    fn held_of(&self, _subject: &str) -> Option<Held> {
        self.ivs.lock().unwrap().rights.clone().map(Held::everywhere)
    }

    fn most_new_tags(&self) -> usize {
        49
    }

    async fn live(&self, _ask: &Ask<'_>) -> Result<BTreeSet<String>, CallFailure> {
        let mut ivs = self.ivs.lock().unwrap();
        ivs.lists += 1;
        if let Some(at) = ivs.refuses.iter().position(|(refused, _)| *refused == Operation::ListStreams) {
            return Err(CallFailure { error: ApiError::new(ivs.refuses.remove(at).1, "No."), receipt: None });
        }
        Ok(ivs.live.clone())
    }

    async fn stream(&self, _ask: &Ask<'_>, channel_arn: &str) -> Result<Option<OnAir>, CallFailure> {
        self.dies_at(Operation::GetStream, Point::Intent).await;
        let mut ivs = self.ivs.lock().unwrap();
        if let Some(at) = ivs.refuses.iter().position(|(refused, _)| *refused == Operation::GetStream) {
            return Err(CallFailure { error: ApiError::new(ivs.refuses.remove(at).1, "No."), receipt: None });
        }
        if ivs.gone.contains(channel_arn) {
            return Err(CallFailure { error: ApiError::new(Code::ResourceNotFoundException, "No."), receipt: None });
        }
        let stopped = ivs.done.contains(&(Operation::StopStream, channel_arn.to_owned()));
        if stopped && ivs.lags > 0 {
            ivs.lags -= 1;
            if ivs.lags == 0 {
                ivs.live.remove(channel_arn);
            }
        }
        let has_key = ivs.keys.get(channel_arn).is_some_and(|keys| !keys.is_empty());
        if stopped && has_key && ivs.comes_back > 0 && !ivs.live.contains(channel_arn) {
            ivs.comes_back -= 1;
            ivs.live.insert(channel_arn.to_owned());
        }
        Ok(ivs.live.contains(channel_arn).then(|| OnAir { id: ivs.stream(), since: ivs.since }))
    }

    async fn change(&self, ask: &Ask<'_>, change: Change) -> Result<Receipt, CallFailure> {
        let operation = change.operation();
        // As the one handler does, before anything else.
        if let Err(missing) = ask.held.anywhere().demand(operation.permission()) {
            self.ivs.lock().unwrap().denied += 1;
            return Err(CallFailure { error: ApiError::new(Code::RoleForbidden, missing), receipt: None });
        }
        let failed = |code, id, outcome| CallFailure { error: ApiError::new(code, "No."), receipt: Some(receipt(operation, id, outcome)) };
        self.dies_at(operation, Point::Intent).await;
        let target: &str = match &change {
            Change::CreateChannel(_) => "",
            Change::StopStream { request, .. } => &request.channel_arn,
            Change::BatchStartViewerSessionRevocation(request) => &request.viewer_sessions[0].channel_arn,
            Change::DeleteChannel(request) => &request.arn,
            Change::TagResource(request) => &request.resource_arn,
            Change::UntagResource(request) => &request.resource_arn,
            Change::DeleteStreamKey(request) => &request.arn,
            Change::CreateStreamKey(request) => &request.channel_arn,
            Change::UpdateChannel { request, .. } => &request.arn,
            Change::DeleteRecordingConfiguration(request) => &request.arn,
            Change::DeletePlaybackRestrictionPolicy(request) => &request.arn,
            Change::DeleteAdConfiguration(request) => &request.arn,
            Change::DeleteFailoverSlateConfiguration(request) => &request.arn,
        };
        let intent = Intent {
            actor: ask.actor.clone(),
            operation: operation.name().to_owned(),
            targets: Some(target).filter(|target| !target.is_empty()).map(str::to_owned).into_iter().collect(),
            key: ask.key.map(str::to_owned),
            body_hash: Some([0; 32]),
            ..Intent::default()
        };
        // The same key twice would be a call sent twice.
        let id = self.journal.intent(&intent).await.unwrap();
        self.dies_at(operation, Point::Commit).await;
        let committed = self.commit(&change, id);
        self.dies_at(operation, Point::Outcome).await;
        let lost = {
            let mut ivs = self.ivs.lock().unwrap();
            let lost = ivs.loses > 0;
            ivs.loses = ivs.loses.saturating_sub(1);
            lost
        };
        if lost {
            self.journal.outcome(id, &Ending { reconciled: true, ..Ending::of(Outcome::Unknown) }).await.unwrap();
            return Err(failed(Code::OutcomeUnknown, id, Outcome::Unknown));
        }
        let ending = match &committed {
            Ok(()) => Ending { after: self.refused(&change), targets: self.made(&change), ..Ending::of(Outcome::Done) },
            Err(code) => Ending { code: Some(code.clone()), message: Some("No.".to_owned()), ..Ending::of(Outcome::Refused) },
        };
        self.journal.outcome(id, &ending).await.unwrap();
        self.dies_at(operation, Point::Answer).await;
        committed.map(|()| receipt(operation, id, Outcome::Done)).map_err(|code| failed(code, id, Outcome::Refused))
    }

    async fn stream_keys(&self, _ask: &Ask<'_>, channel_arn: &str) -> Result<Vec<StreamKeySummary>, CallFailure> {
        self.dies_at(Operation::ListStreamKeys, Point::Intent).await;
        Ok(self.ivs.lock().unwrap().keys.get(channel_arn).cloned().unwrap_or_default())
    }
}

pub(crate) fn stream_key(id: &str, mark: Option<&str>) -> StreamKeySummary {
    let tags: Tags = mark.map(|mark| (OPERATION_TAG.to_owned(), mark.to_owned())).into_iter().collect();
    StreamKeySummary { arn: Some(format!("arn:aws:ivs:eu-west-1:123456789012:stream-key/{id}")), channel_arn: None, tags }
}
