//! A job and its items as the engine works on them, and as they come from their rows.

use super::viewers::Viewers;
use crate::journal::{Actor, JournalError};
use contract::access::Rights;
use contract::call::Outcome;
use contract::job::{Job, JobItem, JobState};
use contract::tag::Tags;
use contract::{ApiError, Operation};
use serde_json::Value;
use sqlx::Row as _;
use sqlx::any::AnyRow;

/// A job as the engine works on it.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) actor: Actor,
    pub(super) request_id: String,
    pub(super) reason: Option<String>,
    pub(super) cancelled: bool,
    /// When what is live was meant, in milliseconds since 1970: at its start, or where a retry meant it anew.
    pub(super) asked: u64,
    pub(super) job: Job,
    pub(super) items: Vec<Item>,
}

/// An item as the engine works on it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) n: i64,
    pub(super) operation: Operation,
    pub(super) target: String,
    /// What the task and the target do not say.
    pub(super) request: Option<Value>,
    /// What it made.
    pub(super) made: Vec<String>,
    /// What the target was called.
    pub(super) name: Option<String>,
    /// Of the stream key that it deletes.
    pub(super) tags: Tags,
    pub(super) state: ItemState,
    pub(super) attempt: i64,
    pub(super) error: Option<ApiError>,
    pub(super) journal: Option<String>,
    /// AWS's id of the last request of its call.
    pub(super) request_id: Option<String>,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemState {
    /// Not begun.
    Waiting,
    /// Its call may have been made: the journal knows.
    Begun,
    /// Its call was made and its end is not known: it is being looked up.
    Unknown,
    /// Ended well.
    Done,
    /// Ended without a change.
    Refused,
}

impl ItemState {
    pub(super) const ALL: [Self; 5] = [Self::Waiting, Self::Begun, Self::Unknown, Self::Done, Self::Refused];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Begun => "begun",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    pub(super) const fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Waiting | Self::Begun => None,
            Self::Unknown => Some(Outcome::Unknown),
            Self::Done => Some(Outcome::Done),
            Self::Refused => Some(Outcome::Refused),
        }
    }
}

/// How many items of a job stand where.
pub(super) struct Counts([u32; ItemState::ALL.len()]);

impl Counts {
    pub(super) fn of(count: impl Fn(ItemState) -> Result<u32, JournalError>) -> Result<Self, JournalError> {
        let mut counts = [0; ItemState::ALL.len()];
        for (to, state) in counts.iter_mut().zip(ItemState::ALL) {
            *to = count(state)?;
        }
        Ok(Self(counts))
    }

    fn get(&self, state: ItemState) -> u32 {
        ItemState::ALL.into_iter().zip(self.0).find_map(|(known, count)| (known == state).then_some(count)).unwrap_or_default()
    }

    fn state(&self, cancelled: bool) -> JobState {
        let under_way = self.get(ItemState::Begun) + self.get(ItemState::Unknown) > 0;
        match (self.get(ItemState::Waiting), under_way) {
            (0, false) => JobState::Finished,
            (_, false) if cancelled => JobState::Cancelled,
            _ => JobState::Running,
        }
    }
}

pub(super) fn read_json<T: serde::de::DeserializeOwned>(row: &AnyRow, name: &str) -> Result<T, JournalError> {
    serde_json::from_str(&row.try_get::<String, _>(name).map_err(JournalError::reading)?).map_err(JournalError::reading)
}

/// A job without its items.
pub(super) fn job(row: &AnyRow, person: String, counts: &Counts) -> Result<Job, JournalError> {
    let get = |name: &str| row.try_get::<String, _>(name).map_err(JournalError::reading);
    let at: i64 = row.try_get("at").map_err(JournalError::reading)?;
    let cancelled = row.try_get::<i64, _>("cancelled").map_err(JournalError::reading)? != 0;
    Ok(Job {
        id: get("id")?,
        person,
        at: (at / 1000).cast_unsigned(),
        account: get("account")?,
        region: get("region")?,
        task: read_json(row, "task")?,
        name: row.try_get("name").map_err(JournalError::reading)?,
        state: counts.state(cancelled),
        cancelled,
        total: counts.0.iter().sum(),
        done: counts.get(ItemState::Done),
        refused: counts.get(ItemState::Refused),
        unknown: counts.get(ItemState::Unknown),
        without_key: read_json(row, "without_key")?,
        items: Vec::new(),
    })
}

pub(super) fn stored(row: &AnyRow, items: Vec<Item>) -> Result<Stored, JournalError> {
    let get = |name: &str| row.try_get::<String, _>(name).map_err(JournalError::reading);
    let who: serde_json::Value = read_json(row, "actor")?;
    let said = |name: &str| who[name].as_str().map(str::to_owned);
    let actor = Actor {
        mode: said("mode").unwrap_or_default(),
        issuer: said("issuer"),
        subject: get("subject")?,
        display: said("display").unwrap_or_default(),
        session_hash: said("session"),
        rights: None::<Rights>,
    };
    let count = |state| Ok(u32::try_from(items.iter().filter(|item| item.state == state).count()).unwrap_or(u32::MAX));
    let job = Job { items: items.iter().map(shown).collect(), ..job(row, actor.display.clone(), &Counts::of(count)?)? };
    let cancelled = job.cancelled;
    let reason = row.try_get("reason").map_err(JournalError::reading)?;
    let anew: Option<i64> = row.try_get("asked_anew").map_err(JournalError::reading)?;
    let asked = anew.map_or(job.at, |micros| (micros / 1000).cast_unsigned());
    Ok(Stored { asked, actor, request_id: get("request_id")?, reason, cancelled, job, items })
}

pub(super) fn item(row: &AnyRow) -> Result<Item, JournalError> {
    let get = |name: &str| row.try_get::<String, _>(name).map_err(JournalError::reading);
    let state = get("state")?;
    let error: Option<String> = row.try_get("error").map_err(JournalError::reading)?;
    let tags: Option<String> = row.try_get("tags").map_err(JournalError::reading)?;
    let parsed = |name: &str| -> Result<Option<Value>, JournalError> {
        let text: Option<String> = row.try_get(name).map_err(JournalError::reading)?;
        text.map(|text| serde_json::from_str(&text).map_err(JournalError::reading)).transpose()
    };
    Ok(Item {
        n: row.try_get("n").map_err(JournalError::reading)?,
        operation: get("operation")?.parse().map_err(|()| JournalError::Unreadable("an operation that this build lacks".to_owned()))?,
        target: get("target")?,
        request: parsed("request")?,
        made: parsed("made")?.map_or_else(|| Ok(Vec::new()), |made| serde_json::from_value(made).map_err(JournalError::reading))?,
        name: parsed("name")?.and_then(|name| name.as_str().map(str::to_owned)).filter(|name| !name.is_empty()),
        tags: tags.map_or_else(|| Ok(Tags::new()), |tags| serde_json::from_str(&tags).map_err(JournalError::reading))?,
        state: ItemState::ALL.into_iter().find(|known| known.as_str() == state).unwrap_or(ItemState::Begun),
        attempt: row.try_get("attempt").map_err(JournalError::reading)?,
        error: error.map(|error| serde_json::from_str(&error).map_err(JournalError::reading)).transpose()?,
        journal: row.try_get("journal").map_err(JournalError::reading)?,
        request_id: parsed("request_id")?.and_then(|id| id.as_str().map(str::to_owned)),
    })
}

fn shown(item: &Item) -> JobItem {
    let Viewers { viewer_sessions: viewers, not_taken } = Viewers::of(item.operation, item.request.as_ref());
    JobItem {
        viewers,
        not_taken,
        target: item.target.clone(),
        made: item.made.clone(),
        name: item.name.clone(),
        operation: item.operation,
        tags: item.tags.clone(),
        begun: item.state == ItemState::Begun,
        outcome: item.state.outcome(),
        error: item.error.clone(),
        journal: item.journal.clone(),
        request_id: item.request_id.clone(),
    }
}
