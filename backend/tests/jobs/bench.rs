//! Jobs on such an IVS, and the processes that follow one another.

use crate::world::{Ivs, World, stream_key};
use backend::jobs::Jobs;
use backend::journal::{Actor, Journal, JournalError, Location, Visibility};
use contract::Operation;
use contract::access::{Rights, Role};
use contract::job::{Job, JobState, StartJob, Task};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(crate) fn channel(n: usize) -> String {
    format!("arn:aws:ivs:eu-west-1:123456789012:channel/abcdefABCDE{n}")
}

pub(crate) fn ada() -> Actor {
    Actor { mode: "none".to_owned(), subject: "ada".to_owned(), display: "Ada".to_owned(), ..Actor::default() }
}

pub(crate) fn admin() -> Rights {
    Rights { role: Some(Role::Admin), grants: Vec::new() }
}

pub(crate) fn start(task: Task) -> StartJob {
    StartJob {
        account: "main".to_owned(),
        region: "eu-west-1".to_owned(),
        task,
        name: None,
        reason: Some("Leaked.".to_owned()),
        key: "start-0001".to_owned(),
    }
}

pub(crate) fn reset() -> StartJob {
    start(Task::ResetStreamKey { channel_arn: channel(0), key_arn: None })
}

pub(crate) fn delete(count: usize) -> StartJob {
    start(Task::DeleteChannels { arns: (0..count).map(channel).collect() })
}

/// A journal that the process before may not have let go of yet.
pub(crate) async fn open(place: &Location) -> Journal {
    loop {
        match Journal::open(place.clone()).await {
            Err(JournalError::InUse { .. }) => tokio::task::yield_now().await,
            opened => return opened.unwrap(),
        }
    }
}

pub(crate) struct Bench {
    _folder: tempfile::TempDir,
    /// What the journal is in, for as long as it is held.
    _home: crate::Home,
    place: Location,
    pub(crate) world: World,
    pub(crate) jobs: Jobs<World>,
}

pub(crate) const PAUSE: Duration = Duration::from_millis(1);

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::pausing(PAUSE).await
    }

    pub(crate) async fn pausing(pause: Duration) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (place, home) = crate::place(folder.path()).await;
        let keys = BTreeMap::from([(channel(0), vec![stream_key("old", None)])]);
        let ivs = Ivs { keys, rights: Some(admin()), ..Ivs::default() };
        let world = World { ivs: Arc::new(Mutex::new(ivs)), journal: open(&place).await, died: Arc::default() };
        let jobs = Jobs::resume_with(world.journal.clone(), world.clone(), pause).await.unwrap();
        Self { _folder: folder, _home: home, place, world, jobs }
    }

    pub(crate) async fn begin(&self, start: &StartJob) -> Job {
        self.jobs.start(&ada(), &admin(), "request-1", start).await.unwrap()
    }

    /// The process dies as soon as the plan says so, and another begins. `looks_first`: what is unknown is looked up
    /// before jobs go on, or beside them.
    pub(crate) async fn dies_and_begins_again(self, looks_first: bool, sees: bool) -> Self {
        let Self { _folder, _home, place, world, jobs } = self;
        tokio::time::timeout(Duration::from_secs(20), world.died.notified()).await.expect("the fault fired");
        let World { ivs, journal, died } = world;
        drop((jobs, journal));
        crate::died(&_home).await;
        let world = World { ivs, journal: open(&place).await, died };
        if looks_first {
            world.reconcile(sees).await;
        }
        let jobs = Jobs::resume_with(world.journal.clone(), world.clone(), PAUSE).await.unwrap();
        world.reconcile(sees).await;
        Self { _folder, _home, place, world, jobs }
    }

    pub(crate) async fn until(&self, id: &str, what: impl Fn(&Job) -> bool) -> Job {
        // Often, but not without a rest: a long job takes its time to be read.
        let mut turns = tokio::time::interval(Duration::from_millis(2));
        turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let wait = async {
            loop {
                turns.tick().await;
                let job = self.jobs.get(id, &Visibility::Everyone).await.unwrap();
                if what(&job) {
                    return job;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.expect("it comes to that")
    }

    pub(crate) async fn finished(&self, id: &str) -> Job {
        self.until(id, |job| job.state == JobState::Finished).await
    }

    pub(crate) fn done(&self) -> Vec<Operation> {
        self.world.ivs.lock().unwrap().done.iter().map(|(operation, _)| *operation).collect()
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.world.ivs.lock().unwrap().keys[&channel(0)].iter().filter_map(|key| key.arn.clone()).collect()
    }

    pub(crate) fn set(&self, change: impl FnOnce(&mut Ivs)) {
        change(&mut self.world.ivs.lock().unwrap());
    }
}
