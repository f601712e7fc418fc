//! An IVS that knows stream keys and what was really done, and that a process can die in the middle of.

use backend::jobs::{Ask, Change, Perform};
use backend::journal::{Ending, Intent, IntentId, Journal};
use contract::access::Rights;
use contract::call::{CallFailure, Outcome, Receipt};
use contract::stream_key::StreamKeySummary;
use contract::tag::{OPERATION_TAG, Tags};
use contract::{ApiError, Code, Operation};
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
                if ivs.live.contains(&request.arn) {
                    return Err(Code::ConflictException);
                }
                let has = ivs.attached.get(&request.arn);
                if has != seen.recording_configuration_arn.as_ref() {
                    return Err(Code::StateChanged);
                }
                let to = request.recording_configuration_arn.clone().unwrap_or_default();
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

    /// What the console does at start with what is unknown: it looks. `sees: false` is a list that lags.
    pub(crate) async fn reconcile(&self, sees: bool) {
        for open in self.journal.unresolved().await.unwrap().into_iter().filter(|open| open.left_behind) {
            let made = {
                let ivs = self.ivs.lock().unwrap();
                let (operation, targets) = (open.intent.ivs_operation().unwrap(), &open.intent.targets);
                if operation == Operation::CreateStreamKey {
                    ivs.keys[&targets[0]].iter().any(|key| key.tags.get(OPERATION_TAG) == Some(&open.id.to_string()))
                } else {
                    ivs.done.contains(&(operation, targets[0].clone()))
                }
            };
            let outcome = if made && sees { Outcome::Done } else { Outcome::Refused };
            self.journal.outcome(open.id, &Ending { reconciled: true, ..Ending::of(outcome) }).await.unwrap();
        }
    }
}

pub(crate) fn receipt(operation: Operation, id: IntentId, outcome: Outcome) -> Receipt {
    Receipt { id: Some(id.to_string()), operation, outcome, request_id: None, attempts: 1, millis: 1, at: 1, candidates: Vec::new() }
}

impl Perform for World {
    fn rights_of(&self, _subject: &str) -> Option<Rights> {
        self.ivs.lock().unwrap().rights.clone()
    }

    fn most_new_tags(&self) -> usize {
        49
    }

    async fn is_live(&self, _ask: &Ask<'_>, channel_arn: &str) -> Result<bool, CallFailure> {
        Ok(self.ivs.lock().unwrap().live.contains(channel_arn))
    }

    async fn change(&self, ask: &Ask<'_>, change: Change) -> Result<Receipt, CallFailure> {
        let operation = change.operation();
        // As the one handler does, before anything else.
        if let Err(missing) = ask.rights.demand(operation.permission()) {
            return Err(CallFailure { error: ApiError::new(Code::RoleForbidden, missing), receipt: None });
        }
        let failed = |code, id, outcome| CallFailure { error: ApiError::new(code, "No."), receipt: Some(receipt(operation, id, outcome)) };
        self.dies_at(operation, Point::Intent).await;
        let target = match &change {
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
            targets: vec![target.clone()],
            key: ask.key.map(str::to_owned),
            body_hash: Some([0; 32]),
            ..Intent::default()
        };
        // The same key twice would be a call sent twice.
        let id = self.journal.intent(&intent).await.unwrap();
        self.dies_at(operation, Point::Commit).await;
        let committed = self.commit(&change, id);
        self.dies_at(operation, Point::Outcome).await;
        let ending = match &committed {
            Ok(()) => Ending::of(Outcome::Done),
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
