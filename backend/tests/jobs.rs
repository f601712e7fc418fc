//! Jobs end what they began: nothing twice, nothing lost, wherever the process dies.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

use backend::jobs::{Ask, Change, Jobs, Perform};
use backend::journal::{Actor, Ending, Intent, IntentId, Journal, JournalError, Visibility};
use contract::access::{Rights, Role};
use contract::call::{CallFailure, Outcome, Receipt};
use contract::job::{Job, JobState, StartJob, Task};
use contract::stream_key::StreamKeySummary;
use contract::tag::{OPERATION_TAG, Tags};
use contract::{ApiError, Code, Operation};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// Before what of a call the process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    Intent,
    Commit,
    Outcome,
    Answer,
}

const POINTS: [Point; 4] = [Point::Intent, Point::Commit, Point::Outcome, Point::Answer];

/// What IVS knows: the stream keys by channel, and everything that was really done.
#[derive(Default)]
struct Ivs {
    keys: BTreeMap<String, Vec<StreamKeySummary>>,
    done: Vec<(Operation, String)>,
    rights: Option<Rights>,
    dies: Option<(Operation, Point)>,
    refuses: Vec<(Operation, Code)>,
}

/// One life of a process that can call it.
#[derive(Clone)]
struct World {
    ivs: Arc<Mutex<Ivs>>,
    journal: Journal,
    died: Arc<Notify>,
}

impl World {
    async fn dies_at(&self, operation: Operation, point: Point) {
        let now = self.ivs.lock().unwrap().dies.take_if(|dies| *dies == (operation, point)).is_some();
        if now {
            self.died.notify_one();
            std::future::pending::<()>().await;
        }
    }

    fn commit(&self, change: &Change, id: IntentId) -> Result<(), Code> {
        let mut ivs = self.ivs.lock().unwrap();
        let operation = change.operation();
        if let Some(at) = ivs.refuses.iter().position(|(refused, _)| *refused == operation) {
            return Err(ivs.refuses.remove(at).1);
        }
        let target = match change {
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
                keys.push(stream_key(&format!("made{made}"), Some(&id.to_string())));
                request.channel_arn.clone()
            }
        };
        ivs.done.push((operation, target));
        Ok(())
    }

    /// What the console does at start with what is unknown: it looks. `sees: false` is a list that lags.
    async fn reconcile(&self, sees: bool) {
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

fn receipt(operation: Operation, id: IntentId, outcome: Outcome) -> Receipt {
    Receipt { id: Some(id.to_string()), operation, outcome, request_id: None, attempts: 1, millis: 1, at: 1, candidates: Vec::new() }
}

impl Perform for World {
    fn rights_of(&self, _subject: &str) -> Option<Rights> {
        self.ivs.lock().unwrap().rights.clone()
    }

    async fn change(&self, ask: &Ask<'_>, change: Change) -> Result<Receipt, CallFailure> {
        let operation = change.operation();
        let failed = |code, id, outcome| CallFailure { error: ApiError::new(code, "No."), receipt: Some(receipt(operation, id, outcome)) };
        self.dies_at(operation, Point::Intent).await;
        let target = match &change {
            Change::DeleteChannel(request) => &request.arn,
            Change::TagResource(request) => &request.resource_arn,
            Change::UntagResource(request) => &request.resource_arn,
            Change::DeleteStreamKey(request) => &request.arn,
            Change::CreateStreamKey(request) => &request.channel_arn,
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

fn stream_key(id: &str, mark: Option<&str>) -> StreamKeySummary {
    let tags: Tags = mark.map(|mark| (OPERATION_TAG.to_owned(), mark.to_owned())).into_iter().collect();
    StreamKeySummary { arn: Some(format!("arn:aws:ivs:eu-west-1:123456789012:stream-key/{id}")), channel_arn: None, tags }
}

fn channel(n: usize) -> String {
    format!("arn:aws:ivs:eu-west-1:123456789012:channel/abcdefABCDE{n}")
}

fn ada() -> Actor {
    Actor { mode: "none".to_owned(), subject: "ada".to_owned(), display: "Ada".to_owned(), ..Actor::default() }
}

fn admin() -> Rights {
    Rights { role: Some(Role::Admin), grants: Vec::new() }
}

fn start(task: Task) -> StartJob {
    StartJob {
        account: "main".to_owned(),
        region: "eu-west-1".to_owned(),
        task,
        reason: Some("Leaked.".to_owned()),
        key: "start-0001".to_owned(),
    }
}

fn reset() -> StartJob {
    start(Task::ResetStreamKey { channel_arn: channel(0) })
}

fn delete(count: usize) -> StartJob {
    start(Task::DeleteChannels { arns: (0..count).map(channel).collect() })
}

/// A journal that the process before may not have let go of yet.
async fn open(path: &Path) -> Journal {
    loop {
        match Journal::open(path).await {
            Err(JournalError::InUse { .. }) => tokio::task::yield_now().await,
            opened => return opened.unwrap(),
        }
    }
}

struct Bench {
    _folder: tempfile::TempDir,
    path: PathBuf,
    world: World,
    jobs: Jobs<World>,
}

const PAUSE: Duration = Duration::from_millis(1);

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite3");
        let keys = BTreeMap::from([(channel(0), vec![stream_key("old", None)])]);
        let ivs = Ivs { keys, rights: Some(admin()), ..Ivs::default() };
        let world = World { ivs: Arc::new(Mutex::new(ivs)), journal: open(&path).await, died: Arc::default() };
        let jobs = Jobs::resume_with(world.journal.clone(), world.clone(), PAUSE).await.unwrap();
        Self { _folder: folder, path, world, jobs }
    }

    async fn begin(&self, start: &StartJob) -> Job {
        self.jobs.start(&ada(), &admin(), "request-1", start).await.unwrap()
    }

    /// The process dies as soon as the plan says so, and another begins. `looks_first`: what is unknown is looked up
    /// before jobs go on, or beside them.
    async fn dies_and_begins_again(self, looks_first: bool, sees: bool) -> Self {
        let Self { _folder, path, world, jobs } = self;
        tokio::time::timeout(Duration::from_secs(20), world.died.notified()).await.expect("the fault fired");
        let World { ivs, journal, died } = world;
        drop((jobs, journal));
        let world = World { ivs, journal: open(&path).await, died };
        if looks_first {
            world.reconcile(sees).await;
        }
        let jobs = Jobs::resume_with(world.journal.clone(), world.clone(), PAUSE).await.unwrap();
        world.reconcile(sees).await;
        Self { _folder, path, world, jobs }
    }

    async fn until(&self, id: &str, what: impl Fn(&Job) -> bool) -> Job {
        let wait = async {
            loop {
                let job = self.jobs.get(id, &Visibility::Everyone).await.unwrap();
                if what(&job) {
                    return job;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.expect("it comes to that")
    }

    async fn finished(&self, id: &str) -> Job {
        self.until(id, |job| job.state == JobState::Finished).await
    }

    fn done(&self) -> Vec<Operation> {
        self.world.ivs.lock().unwrap().done.iter().map(|(operation, _)| *operation).collect()
    }

    fn keys(&self) -> Vec<String> {
        self.world.ivs.lock().unwrap().keys[&channel(0)].iter().filter_map(|key| key.arn.clone()).collect()
    }

    fn set(&self, change: impl FnOnce(&mut Ivs)) {
        change(&mut self.world.ivs.lock().unwrap());
    }
}

#[tokio::test]
async fn a_reset_deletes_and_creates_once() {
    let bench = Bench::new().await;
    let job = bench.begin(&reset()).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.total, job.done, job.refused, job.unknown), (2, 2, 0, 0));
    assert_eq!(bench.done(), [Operation::DeleteStreamKey, Operation::CreateStreamKey]);
    assert!(job.items[0].target.ends_with("stream-key/old"), "the deleted key is named");
    assert!(job.items.iter().all(|item| item.journal.is_some()), "each call names its row of the journal");
    assert_ne!(bench.keys(), [stream_key("old", None).arn.unwrap()]);
}

#[tokio::test]
async fn a_reset_of_a_channel_without_a_key_creates_one() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.keys.get_mut(&channel(0)).unwrap().clear());
    let job = bench.begin(&reset()).await;
    bench.finished(&job.id).await;
    assert_eq!(bench.done(), [Operation::CreateStreamKey]);
}

#[tokio::test]
async fn a_reset_survives_death_at_every_point() {
    let mut tried = 0;
    let listing = [(Operation::ListStreamKeys, Point::Intent)];
    let calls =
        [Operation::DeleteStreamKey, Operation::CreateStreamKey].into_iter().flat_map(|operation| POINTS.map(|point| (operation, point)));
    for dies in listing.into_iter().chain(calls) {
        for looks_first in [true, false] {
            let bench = Bench::new().await;
            bench.set(|ivs| ivs.dies = Some(dies));
            let job = bench.begin(&reset()).await;
            let bench = bench.dies_and_begins_again(looks_first, true).await;
            let ended = bench.finished(&job.id).await;
            let deleted_nothing = dies == (Operation::DeleteStreamKey, Point::Commit);
            if deleted_nothing {
                // Looked up and not made: refused, and everything as it was, until somebody says again.
                assert_eq!((ended.refused, bench.done(), bench.keys().len()), (2, vec![], 1), "{dies:?}");
                bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
                bench.until(&job.id, |job| job.done == 2).await;
            }
            assert_eq!(bench.done(), [Operation::DeleteStreamKey, Operation::CreateStreamKey], "{dies:?} {looks_first}");
            assert_eq!(bench.keys().len(), 1, "{dies:?}");
            assert!(!bench.keys()[0].ends_with("/old"), "{dies:?}");
            assert!(bench.world.journal.verify().await.unwrap().good());
            tried += 1;
        }
    }
    assert_eq!(tried, 18);
}

#[tokio::test]
async fn a_key_that_was_made_unseen_is_adopted_by_its_tag() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.dies = Some((Operation::CreateStreamKey, Point::Outcome)));
    let job = bench.begin(&reset()).await;
    // A list that lags: the lookup says that it was not made, so it is sent again, and IVS says that there is one.
    let bench = bench.dies_and_begins_again(true, false).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, bench.keys().len()), (2, 1));
    assert_eq!(bench.done(), [Operation::DeleteStreamKey, Operation::CreateStreamKey]);
}

#[tokio::test]
async fn a_key_of_somebody_else_is_not_taken_for_ours() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.dies = Some((Operation::CreateStreamKey, Point::Intent)));
    let job = bench.begin(&reset()).await;
    tokio::time::timeout(Duration::from_secs(20), bench.world.died.notified()).await.unwrap();
    bench.set(|ivs| ivs.keys.get_mut(&channel(0)).unwrap().push(stream_key("theirs", Some("another"))));
    bench.world.died.notify_one();
    let bench = bench.dies_and_begins_again(true, true).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused, bench.keys().len()), (1, 1, 1));
    assert!(job.items[1].error.as_ref().unwrap().message.contains("Somebody else"));
}

#[tokio::test]
async fn a_channel_without_a_key_keeps_its_job_open() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::CreateStreamKey, Code::AccessDeniedException); 10_000]);
    let job = bench.begin(&reset()).await;
    let open = bench.until(&job.id, |job| job.items[1].error.is_some()).await;
    assert_eq!((open.state, open.items[1].outcome), (JobState::Running, None));
    bench.jobs.cancel(&job.id, &Visibility::Everyone).await.unwrap();
    bench.set(|ivs| ivs.refuses.clear());
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, bench.keys().len()), (2, 1), "cancelled too late: the channel gets its key");
}

#[tokio::test]
async fn deletes_survive_death_at_every_point() {
    for point in POINTS {
        for looks_first in [true, false] {
            let bench = Bench::new().await;
            bench.set(|ivs| ivs.dies = Some((Operation::DeleteChannel, point)));
            let job = bench.begin(&delete(4)).await;
            let bench = bench.dies_and_begins_again(looks_first, true).await;
            let ended = bench.finished(&job.id).await;
            assert_eq!(ended.done + ended.refused, 4, "{point:?}");
            assert_eq!(ended.refused, u32::from(point == Point::Commit), "{point:?}");
            bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
            bench.until(&job.id, |job| job.done == 4).await;
            let mut targets: Vec<_> = bench.world.ivs.lock().unwrap().done.iter().map(|(_, target)| target.clone()).collect();
            targets.sort_unstable();
            assert_eq!(targets, (0..4).map(channel).collect::<Vec<_>>(), "each once: {point:?}");
        }
    }
}

#[tokio::test]
async fn rights_are_asked_before_each_call_and_retry_begins_what_was_refused() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::DeleteChannel, Code::ConflictException)]);
    bench.set(|ivs| ivs.dies = Some((Operation::DeleteChannel, Point::Answer)));
    let job = bench.begin(&delete(4)).await;
    tokio::time::timeout(Duration::from_secs(20), bench.world.died.notified()).await.unwrap();
    bench.set(|ivs| ivs.rights = Some(Rights { role: Some(Role::Operator), grants: Vec::new() }));
    bench.world.died.notify_one();
    let bench = bench.dies_and_begins_again(true, true).await;
    let ended = bench.finished(&job.id).await;
    let codes: Vec<_> = ended.items.iter().map(|item| item.error.clone().unwrap().code).collect();
    assert_eq!(codes, [Code::ConflictException, Code::RoleForbidden, Code::RoleForbidden, Code::RoleForbidden]);
    bench.set(|ivs| ivs.rights = None);
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.refused == 4).await;
    bench.set(|ivs| ivs.rights = Some(admin()));
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.done == 4).await;
    assert_eq!(bench.done().len(), 4);
}

#[tokio::test]
async fn what_is_busy_is_asked_again_under_another_key() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::TagResource, Code::Busy), (Operation::TagResource, Code::ThrottlingException)]);
    let tags = Tags::from([("team".to_owned(), "sports".to_owned())]);
    let job = bench.begin(&start(Task::TagResources { arns: vec![channel(1), channel(2), channel(1)], tags })).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.total, job.done), (2, 2), "a resource named twice is tagged once");
}

#[tokio::test]
async fn a_cancelled_job_begins_nothing_more() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.dies = Some((Operation::UntagResource, Point::Answer)));
    let untag = start(Task::UntagResources { arns: vec![channel(1), channel(2), channel(3)], tag_keys: vec!["team".to_owned()] });
    let job = bench.begin(&untag).await;
    tokio::time::timeout(Duration::from_secs(20), bench.world.died.notified()).await.unwrap();
    let running = bench.jobs.cancel(&job.id, &Visibility::Everyone).await.unwrap();
    assert_eq!(running.state, JobState::Running, "what is under way ends first");
    bench.world.died.notify_one();
    let bench = bench.dies_and_begins_again(true, true).await;
    let job = bench.until(&job.id, |job| job.state == JobState::Cancelled).await;
    assert_eq!((job.done, bench.done().len()), (1, 1));
    assert_eq!(job.items[1].outcome, None);
    let refused = bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap_err();
    assert_eq!(refused.api.code, Code::StateChanged);
}

#[tokio::test]
async fn a_job_is_started_once_for_each_key_and_seen_by_its_person() {
    let bench = Bench::new().await;
    let job = bench.begin(&delete(2)).await;
    assert_eq!(bench.begin(&delete(2)).await.id, job.id);
    bench.finished(&job.id).await;
    assert_eq!(bench.done().len(), 2);
    let other = bench.jobs.start(&ada(), &admin(), "request-2", &delete(3)).await.unwrap_err();
    assert_eq!(other.api.code, Code::KeyReused);
    let grace = Visibility::Only("grace".to_owned());
    assert_eq!(bench.jobs.get(&job.id, &grace).await.unwrap_err().api.code, Code::NotFound);
    assert!(bench.jobs.list(&grace).await.unwrap().jobs.is_empty());
    let listed = bench.jobs.list(&Visibility::Only("ada".to_owned())).await.unwrap().jobs;
    assert_eq!((listed.len(), listed[0].items.len(), listed[0].done), (1, 0, 2));
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_anything_is_begun() {
    let bench = Bench::new().await;
    let operator = Rights { role: Some(Role::Operator), grants: Vec::new() };
    let forbidden = bench.jobs.start(&ada(), &operator, "request-1", &delete(1)).await.unwrap_err();
    assert_eq!(forbidden.api.code, Code::RoleForbidden);
    let arns = |arns: Vec<String>| start(Task::DeleteChannels { arns });
    let many = (0..1001).map(|n| format!("{}{n}", channel(0))).collect();
    for (bad, field) in [
        (arns(vec![]), "task.arns"),
        (arns(many), "task.arns"),
        (arns(vec!["arn:aws:s3:::bucket".to_owned()]), "arn"),
        (StartJob { key: "short".to_owned(), ..delete(1) }, "key"),
        (StartJob { reason: Some("é".repeat(501)), ..delete(1) }, "reason"),
    ] {
        let refused = bench.jobs.start(&ada(), &admin(), "request-1", &bad).await.unwrap_err();
        assert_eq!((refused.api.code, refused.api.fields.0[0].field.as_str()), (Code::ValidationException, field));
    }
    assert!(bench.jobs.list(&Visibility::Everyone).await.unwrap().jobs.is_empty());
}
