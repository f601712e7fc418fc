//! Reading the journal: pages for people, what is unresolved, and what is known of an idempotency key.

use super::entry::{Ending, Intent, IntentId, Known, Unresolved};
use super::error::JournalError;
use super::{Journal, row};
use contract::call::Outcome;
use contract::journal::{JournalDetail, JournalEntry, JournalPage, ListJournal};
use sqlx::any::AnyRow;

/// Whose rows a person may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// All: the auditor grant.
    Everyone,
    /// Those of this subject.
    Only(String),
}

/// An entry with its latest outcome.
macro_rules! entries {
    ($which:literal) => {
        concat!(
            "SELECT i.id, i.at, i.kind, i.phase, i.actor_display, i.actor_subject, i.operation, i.account, i.region, i.targets, i.reason,
                    i.decision, i.code AS denied, o.outcome, o.code, o.aws_request_ids, o.attempts, o.millis, o.targets AS made
             FROM journal AS i LEFT JOIN journal AS o ON o.seq = (SELECT max(seq) FROM journal WHERE intent = i.id)
             WHERE i.phase <> 'outcome' ",
            $which
        )
    };
}

/// Those of a page.
const LIST: &str = entries!(
    "AND (CAST($1 AS TEXT) IS NULL OR i.actor_subject = $1)
     AND (CAST($2 AS TEXT) IS NULL OR i.seq IN (SELECT entry FROM journal_target WHERE arn = $2))
     AND (CAST($3 AS BIGINT) = 0 OR i.seq IN (SELECT entry FROM journal_open))
     AND (CAST($4 AS TEXT) IS NULL OR i.seq < (SELECT seq FROM journal WHERE id = $4))
     AND (CAST($5 AS TEXT) IS NULL OR i.kind = $5)
     AND (CAST($6 AS TEXT) IS NULL OR i.actor_subject = $6)
     ORDER BY i.seq DESC
     LIMIT $7"
);

/// This one.
const ONE: &str = entries!("AND i.id = $1");

impl Journal {
    /// Lists entries, newest first. A `before` that names no entry gives an empty page.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn list(&self, query: &ListJournal, visibility: &Visibility) -> Result<JournalPage, JournalError> {
        let limit = query.limit.unwrap_or(50).clamp(1, 100) as usize;
        let subject = match visibility {
            Visibility::Everyone => None,
            Visibility::Only(subject) => Some(subject),
        };
        let rows = sqlx::query(LIST)
            .bind(subject)
            .bind(&query.arn)
            .bind(i64::from(query.unresolved))
            .bind(&query.before)
            .bind(&query.kind)
            .bind(&query.subject)
            .bind(limit as i64 + 1);
        let rows = self.store.all(rows).await?;
        let more = rows.len() > limit;
        let entries = rows.iter().take(limit).map(entry).collect::<Result<_, _>>()?;
        Ok(JournalPage { entries, more })
    }

    /// One entry with all that is kept of it; `None` where there is none that this person may see.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn detail(&self, id: &str, visibility: &Visibility) -> Result<Option<JournalDetail>, JournalError> {
        let subject = match visibility {
            Visibility::Everyone => None,
            Visibility::Only(subject) => Some(subject),
        };
        let query = "SELECT * FROM journal WHERE id = $1 AND phase <> 'outcome' AND (CAST($2 AS TEXT) IS NULL OR actor_subject = $2)";
        let Some(asked) = self.store.one(sqlx::query(query).bind(id).bind(subject)).await? else { return Ok(None) };
        let (intent, ending) = (row::intent(&asked)?, self.ending(id).await?);
        let Some(entry) = self.store.one(sqlx::query(ONE).bind(id)).await? else { return Ok(None) };
        let message = row::get::<Option<String>>(&asked, "message")?;
        Ok(Some(detail(self::entry(&entry)?, intent, ending, message)))
    }

    /// The intents without a known end, oldest first: under way, left open by a process that died, or unknown.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn unresolved(&self) -> Result<Vec<Unresolved>, JournalError> {
        // Of several consoles the others look after theirs, as long as they live.
        let sql = self.store.sql(
            "SELECT i.*, 0 AS looked_after FROM journal_open JOIN journal AS i ON i.seq = entry ORDER BY entry",
            "SELECT i.*, CASE WHEN i.replica IN (SELECT id FROM living) THEN 1 ELSE 0 END AS looked_after
             FROM journal_open JOIN journal AS i ON i.seq = entry ORDER BY entry",
        );
        let rows = self.store.all(sqlx::query(sql)).await?;
        let mut open = Vec::with_capacity(rows.len());
        for row in &rows {
            let id = row::get::<String>(row, "id")?;
            let ending = self.ending(&id).await?;
            let own = row::get::<String>(row, "replica")? == self.replica.to_string();
            let left_behind = if own { self.doubtful().contains(&id) } else { row::get::<i64>(row, "looked_after")? == 0 };
            let id = id.parse().map_err(JournalError::reading)?;
            open.push(Unresolved { id, at: row::get(row, "at")?, intent: row::intent(row)?, ending, left_behind });
        }
        Ok(open)
    }

    /// What became of the request in which this person used this idempotency key, if they did.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn by_key(&self, subject: &str, key: &str) -> Result<Option<Known>, JournalError> {
        let row = sqlx::query("SELECT id, body_hash FROM journal WHERE actor_subject = $1 AND key = $2").bind(subject).bind(key);
        let Some(row) = self.store.one(row).await? else { return Ok(None) };
        let id: String = row::get(&row, "id")?;
        let hash: Vec<u8> = row::get(&row, "body_hash")?;
        let body_hash = hash.try_into().map_err(|_| JournalError::Unreadable("a body hash is not 32 bytes".to_owned()))?;
        let ending = self.ending(&id).await?;
        Ok(Some(Known { intent: id.parse::<IntentId>().map_err(JournalError::reading)?, body_hash, ending }))
    }

    /// The latest outcome of an intent.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn ending_of(&self, id: IntentId) -> Result<Option<Ending>, JournalError> {
        self.ending(&id.to_string()).await
    }

    async fn ending(&self, id: &str) -> Result<Option<Ending>, JournalError> {
        let row = sqlx::query("SELECT * FROM journal WHERE intent = $1 ORDER BY seq DESC LIMIT 1").bind(id);
        self.store.one(row).await?.as_ref().map(row::ending).transpose()
    }
}

/// Put together of what was asked and how it ended. `denied`: the words of a denial.
fn detail(entry: JournalEntry, intent: Intent, ending: Option<Ending>, denied: Option<String>) -> JournalDetail {
    let shown = |value: &serde_json::Value| (!value.is_null()).then(|| serde_json::to_string_pretty(value).unwrap_or_default());
    let held = intent.actor.rights.as_ref().map(row::roles).unwrap_or_default();
    let ended = ending.unwrap_or_else(|| Ending::of(contract::call::Outcome::Unknown));
    JournalDetail {
        entry,
        mode: intent.actor.mode,
        held: held.into_iter().map(str::to_owned).collect(),
        client_ip: intent.client_ip.map(|ip| ip.to_string()),
        user_agent: intent.user_agent,
        session: intent.actor.session_hash,
        console_request_id: intent.request_id,
        params: shown(&intent.params),
        before: intent.before.as_ref().and_then(shown),
        after: ended.after.or(intent.after).as_ref().and_then(shown),
        message: denied.or(ended.message),
        request_ids: ended.aws_request_ids,
        reconciled: ended.reconciled,
    }
}

fn entry(row: &AnyRow) -> Result<JournalEntry, JournalError> {
    let answered = row::get::<Option<String>>(row, "outcome")?;
    let outcome = match (row::get::<String>(row, "phase")?.as_str(), row::get::<String>(row, "decision")?.as_str()) {
        ("event", "allowed") => Some(Outcome::Done),
        ("event", _) => Some(Outcome::Refused),
        _ => answered.as_deref().map(row::parsed).transpose()?,
    };
    let asked = row::get_json::<Vec<String>>(row, "targets")?.into_iter().flatten();
    let made = row::get_json::<Vec<String>>(row, "made")?.into_iter().flatten();
    // What was changed is what was asked for, most of the time: it is named once.
    let mut targets: Vec<String> = Vec::new();
    asked.chain(made).for_each(|arn| {
        if !targets.contains(&arn) {
            targets.push(arn)
        }
    });
    Ok(JournalEntry {
        id: row::get(row, "id")?,
        at: (row::get::<i64>(row, "at")? / 1000).cast_unsigned(),
        kind: row::get(row, "kind")?,
        person: row::get(row, "actor_display")?,
        subject: row::get(row, "actor_subject")?,
        operation: row::get(row, "operation")?,
        account: row::get(row, "account")?,
        region: row::get(row, "region")?,
        targets,
        reason: row::get(row, "reason")?,
        outcome,
        code: row::get::<Option<String>>(row, "denied")?.or(row::get(row, "code")?),
        request_id: row::get_json::<Vec<String>>(row, "aws_request_ids")?.and_then(|mut ids| ids.pop()),
        attempts: row::get::<Option<i64>>(row, "attempts")?.map_or(0, |times| u32::try_from(times).unwrap_or(u32::MAX)),
        millis: row::get::<Option<i64>>(row, "millis")?.unwrap_or(0).cast_unsigned(),
    })
}
