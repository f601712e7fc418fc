//! Which sessions there are. A cookie says what a session is; it is one for as long as it stands here and has not been ended.

use super::held::Held;
use super::others::Looked;
use super::ticket::{Lasts, Ticket, now};
use crate::hex::{hex, unhex};
use crate::journal::{Journal, JournalError};
use contract::session::Signed;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The sessions, in the journal's file, and in memory those that may still last.
#[derive(Debug)]
pub(super) struct Registry {
    pub(super) journal: Journal,
    pub(super) lasts: Lasts,
    rules: String,
    known: Mutex<HashMap<String, Known>>,
    /// When it was looked what other consoles have begun and ended.
    pub(super) looked: Mutex<Looked>,
}

/// What is kept of a session in memory.
#[derive(Clone, Debug)]
pub(super) struct Known {
    subject: String,
    held: Held,
    rules: String,
    pub(super) began: u64,
    provider_session: Option<String>,
    pub(super) ended: Option<EndedBy>,
}

/// From where somebody signed in.
#[derive(Clone, Debug, Default)]
pub(super) struct From {
    pub(super) client_ip: Option<IpAddr>,
    pub(super) user_agent: Option<String>,
    /// The session at the provider, where it names one.
    pub(super) provider_session: Option<String>,
}

/// Who ended a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EndedBy {
    /// Whoever signed in: they have left, and what they began goes on.
    Themselves,
    /// Somebody else of this console: they are not to go on.
    Other,
    /// The provider: they are not to go on.
    Provider,
}

impl EndedBy {
    /// As in the file.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Themselves => "self",
            Self::Other => "other",
            Self::Provider => "provider",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Themselves, Self::Other, Self::Provider].into_iter().find(|by| by.as_str() == text)
    }
}

/// Which sessions to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// This one.
    One(String),
    /// All of a person's.
    Of(String),
    /// Those that were made of a session at the provider, where it names one, and of a person, where it names them; begun until then.
    AtProvider { session: Option<String>, subject: Option<String>, until: u64 },
}

impl Which {
    fn means(&self, id: &str, known: &Known) -> bool {
        match self {
            Self::One(one) => id == one,
            Self::Of(subject) => known.subject == *subject,
            Self::AtProvider { session: None, subject: None, .. } => false,
            Self::AtProvider { session, subject, until } => {
                let same = session.as_ref().is_none_or(|session| known.provider_session.as_ref() == Some(session));
                same && subject.as_ref().is_none_or(|subject| known.subject == *subject) && known.began <= *until
            }
        }
    }
}

impl Registry {
    /// Reads those that may still last.
    pub(super) async fn open(journal: Journal, lasts: Lasts, rules: &[u8; 32]) -> Result<Self, JournalError> {
        let registry = Self { journal, lasts, rules: hex(rules), known: Mutex::default(), looked: Mutex::new(Looked::now()) };
        registry.read_all().await?;
        Ok(registry)
    }

    /// Somebody has signed in; or, where nobody signs in here, has been seen again under the same id.
    pub(super) async fn begin(&self, ticket: &Ticket, from: &From) -> Result<(), JournalError> {
        self.journal.store.within(self.begin_one(ticket, from)).await
    }

    async fn begin_one(&self, ticket: &Ticket, from: &From) -> Result<(), JournalError> {
        let held = serde_json::to_string(&ticket.held).map_err(JournalError::reading)?;
        let mut writer = self.journal.store.writer().await?;
        sqlx::query(
            "INSERT INTO session (id, subject, display, held, rules, client_ip, user_agent, began, seen, provider_session)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
             ON CONFLICT (id) DO UPDATE SET display = excluded.display, held = excluded.held, rules = excluded.rules,
                 client_ip = excluded.client_ip, user_agent = excluded.user_agent, began = excluded.began, seen = excluded.seen,
                 ended = NULL, ended_by = NULL",
        )
        .bind(&ticket.id)
        .bind(&ticket.subject)
        .bind(&ticket.display)
        .bind(held)
        .bind(unhex(&ticket.rules))
        .bind(from.client_ip.map(|ip| ip.to_string()))
        .bind(from.user_agent.as_deref().map(crate::journal::row::cut))
        .bind(micros(ticket.began))
        .bind(from.provider_session.as_deref())
        .execute(&mut *writer)
        .await
        .map_err(JournalError::writing)?;
        // Nobody lasts longer; who signed in when stands in the journal.
        let over = micros(ticket.began.saturating_sub(self.lasts.absolute.as_secs()));
        let removed = sqlx::query("DELETE FROM session WHERE began < $1").bind(over).execute(&mut *writer).await;
        removed.map_err(JournalError::writing)?;
        let (subject, held, rules) = (ticket.subject.clone(), ticket.held.clone(), ticket.rules.clone());
        let now = now();
        let mut all = self.lock();
        all.retain(|_, known| now < known.began + self.lasts.absolute.as_secs());
        all.insert(
            ticket.id.clone(),
            Known { subject, held, rules, began: ticket.began, provider_session: from.provider_session.clone(), ended: None },
        );
        Ok(())
    }

    /// Is it one, as it says itself, and has nobody ended it? A key alone makes none. One that another console has just begun is
    /// asked for.
    ///
    /// # Errors
    /// Whether others have ended it has not been known for too long.
    pub(super) async fn lasts(&self, ticket: &Ticket) -> Result<bool, JournalError> {
        self.is_current()?;
        self.meet(&ticket.id).await?;
        Ok(self.still(ticket))
    }

    fn still(&self, ticket: &Ticket) -> bool {
        let same = |known: &Known| known.subject == ticket.subject && known.held == ticket.held && known.began == ticket.began;
        self.lock().get(&ticket.id).is_some_and(|known| known.ended.is_none() && same(known))
    }

    /// What was held under an id, and when it was noted, in seconds since 1970.
    pub(super) async fn seen(&self, id: &str) -> Option<(Held, u64)> {
        // Whoever cannot be asked for is noted anew.
        let _ = self.meet(id).await;
        let all = self.lock();
        all.get(id).filter(|known| known.rules == self.rules && known.ended.is_none()).map(|known| (known.held.clone(), known.began))
    }

    /// It was used. That it was is not worth failing for.
    pub(super) async fn used(&self, id: &str) {
        let used = sqlx::query("UPDATE session SET seen = $1 WHERE id = $2").bind(micros(now())).bind(id);
        if let Err(error) = self.journal.store.execute(used).await {
            tracing::warn!(%error, "when a session was used could not be noted");
        }
    }

    /// Ends sessions; `keep` stays. From here on, none of them is let in. Returns how many. Whoever is not to go on is not by what
    /// they have left before either. Whoever asks for it may go away meanwhile: it is done to its end all the same.
    pub(super) async fn end(self: &Arc<Self>, which: &Which, keep: Option<&str>, by: EndedBy) -> Result<u64, JournalError> {
        let (this, which, keep) = (Arc::clone(self), which.clone(), keep.map(str::to_owned));
        let ended = tokio::spawn(async move { this.journal.store.within(this.end_all(&which, keep.as_deref(), by)).await }).await;
        ended.unwrap_or_else(|panicked| Err(JournalError::Unwritable(panicked.to_string())))
    }

    async fn end_all(&self, which: &Which, keep: Option<&str>, by: EndedBy) -> Result<u64, JournalError> {
        self.look().await?;
        let mut writer = self.journal.store.writer().await?;
        // Those that may still last are all in memory; which of them are meant is said in one place.
        let meant: Vec<String> =
            self.lock().iter().filter(|(id, known)| Some(&***id) != keep && which.means(id, known)).map(|(id, _)| id.clone()).collect();
        let ids = self.journal.store.sql("json_each($3)", "json_array_elements_text(CAST($3 AS json))");
        let sql = format!(
            "UPDATE session SET ended = COALESCE(ended, $1), ended_by = $2
             WHERE (ended IS NULL OR (ended_by = 'self' AND $2 <> 'self')) AND id IN (SELECT value FROM {ids})"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(micros(now()))
            .bind(by.as_str())
            .bind(serde_json::to_string(&meant).map_err(JournalError::reading)?)
            .execute(&mut *writer)
            .await
            .map_err(JournalError::writing)?;
        let mut count = 0;
        for (_, known) in self.lock().iter_mut().filter(|(id, _)| meant.contains(id)) {
            count += u64::from(known.ended.is_none());
            if matches!(known.ended, None | Some(EndedBy::Themselves)) {
                known.ended = Some(by);
            }
        }
        Ok(count)
    }

    /// What somebody's job may: what they held when they signed in last, for as long as a session may last, whether they still
    /// sit there or not. Nothing once others have thrown them out, or the rules are no longer those.
    pub(super) fn held_of(&self, subject: &str) -> Option<Held> {
        let now = now();
        let all = self.lock();
        let theirs = all.values().filter(|known| known.subject == subject && now < known.began + self.lasts.absolute.as_secs());
        // Of two within a second, the one that goes on.
        let last = theirs.max_by_key(|known| (known.began, known.ended.is_none()))?;
        let thrown_out = matches!(last.ended, Some(EndedBy::Other | EndedBy::Provider));
        (!thrown_out && last.rules == self.rules && last.held != Held::default()).then(|| last.held.clone())
    }

    /// Does a session of theirs that goes on hold something else than this?
    pub(super) fn holds_otherwise(&self, subject: &str, held: Option<&Held>) -> bool {
        let all = self.lock();
        all.values().any(|known| known.subject == subject && known.ended.is_none() && Some(&known.held) != held)
    }

    /// The sessions that last, newest first: one person's, or all.
    pub(super) async fn list(&self, subject: Option<&str>, current: &str) -> Result<Vec<Signed>, JournalError> {
        let now = now();
        let (idle, absolute) = (self.lasts.idle.as_secs(), self.lasts.absolute.as_secs());
        let rows = sqlx::query(
            "SELECT * FROM session WHERE ended IS NULL AND seen > $1 AND began > $2 AND (CAST($3 AS TEXT) IS NULL OR subject = $3)
             ORDER BY began DESC, id LIMIT 1000",
        )
        .bind(micros(now.saturating_sub(idle)))
        .bind(micros(now.saturating_sub(absolute)))
        .bind(subject);
        let rows = self.journal.store.all(rows).await?;
        rows.iter().map(|row| signed(row, current)).collect()
    }

    /// How many last.
    pub(super) async fn count(&self) -> Result<u64, JournalError> {
        let now = now();
        let (idle, absolute) = (self.lasts.idle.as_secs(), self.lasts.absolute.as_secs());
        let counted = sqlx::query("SELECT count(*) FROM session WHERE ended IS NULL AND seen > $1 AND began > $2")
            .bind(micros(now.saturating_sub(idle)))
            .bind(micros(now.saturating_sub(absolute)));
        self.journal.store.number(counted).await.map(i64::cast_unsigned)
    }

    /// Whose it is.
    ///
    /// # Errors
    /// That cannot be told.
    pub(super) async fn whose(&self, id: &str) -> Result<Option<String>, JournalError> {
        self.meet(id).await?;
        Ok(self.lock().get(id).map(|known| known.subject.clone()))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn known(row: &AnyRow) -> Result<(String, Known), JournalError> {
    let get = |column: &str| row.try_get::<String, _>(column).map_err(JournalError::reading);
    let ended = row.try_get::<Option<String>, _>("ended_by").map_err(JournalError::reading)?;
    let known = Known {
        subject: get("subject")?,
        held: serde_json::from_str(&get("held")?).map_err(JournalError::reading)?,
        rules: hex(&row.try_get::<Vec<u8>, _>("rules").map_err(JournalError::reading)?),
        began: seconds(row, "began")?,
        provider_session: row.try_get("provider_session").map_err(JournalError::reading)?,
        // What is not known here ended it all the same.
        ended: ended.map(|text| EndedBy::parse(&text).unwrap_or(EndedBy::Other)),
    };
    Ok((get("id")?, known))
}

fn signed(row: &AnyRow, current: &str) -> Result<Signed, JournalError> {
    let get = |column: &str| row.try_get::<String, _>(column).map_err(JournalError::reading);
    let said = |column: &str| row.try_get::<Option<String>, _>(column).map_err(JournalError::reading);
    let held: Held = serde_json::from_str(&get("held")?).map_err(JournalError::reading)?;
    let id = get("id")?;
    Ok(Signed {
        current: id == current,
        id,
        person: get("display")?,
        subject: get("subject")?,
        rights: held.anywhere(),
        client_ip: said("client_ip")?,
        user_agent: said("user_agent")?,
        began: seconds(row, "began")? * 1000,
        seen: seconds(row, "seen")? * 1000,
    })
}

fn seconds(row: &AnyRow, column: &str) -> Result<u64, JournalError> {
    row.try_get::<i64, _>(column).map(|micros| (micros / 1_000_000).cast_unsigned()).map_err(JournalError::reading)
}

pub(super) const fn micros(seconds: u64) -> i64 {
    seconds.cast_signed().saturating_mul(1_000_000)
}
