//! Recomputing the chain of hashes.

use super::claims::{Claims, Expected};
use super::error::JournalError;
use super::head::Head;
use super::row::{Canonical, Cell};
use super::schema::{self, Question};
use super::signed::Said;
use super::{Journal, Location};
use futures::TryStreamExt as _;
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AnyConnection, AnyPool, Column as _, Connection as _, Row as _, ValueRef as _};

/// How many faults a report names; after that it only says that there are more.
const NAMED: usize = 100;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// At which row; `None` where it is about the file.
    pub seq: Option<i64>,
    /// What, in words.
    pub what: String,
}

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// How many rows were read.
    pub rows: u64,
    /// The last of them.
    pub head: Option<Head>,
    /// The last row that was let go on purpose.
    pub pruned: Option<Said>,
    /// How many checkpoints of the file agree with their rows, as far as these are there.
    pub checkpoints: u64,
    /// What is wrong, the first hundred; empty where every row is as it was written.
    pub faults: Vec<Fault>,
}

impl Journal {
    /// Reads every row and recomputes the chain. Others may read and write meanwhile.
    ///
    /// # Errors
    /// The file cannot be read at all; what can be read and is wrong is in the report.
    pub async fn verify(&self) -> Result<VerifyReport, JournalError> {
        verify(self.store.location(), &self.store.readers(), Expected { keys: self.keys.clone(), ..Expected::default() }).await
    }

    /// What can be told without reading every row: are the rules that keep rows from being changed in force, and are the
    /// last rows there?
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub async fn look_over(&self) -> Result<Vec<Fault>, JournalError> {
        let mut read = self.store.readers().acquire().await.map_err(JournalError::reading)?;
        let mut report = VerifyReport::default();
        report.rules(self.store.location(), &mut read).await;
        report.count(&mut read, schema::last_rows(self.store.location())).await;
        Ok(report.faults)
    }
}

/// Verifies a journal, in use or not, without writing to it.
///
/// # Errors
/// As [`Journal::verify`].
pub async fn verify_at(location: impl Into<Location>, expected: Expected) -> Result<VerifyReport, JournalError> {
    let location = location.into();
    let readers = location.readers().await?;
    let report = verify(&location, &readers, expected).await;
    readers.close().await;
    report
}

async fn verify(location: &Location, readers: &AnyPool, expected: Expected) -> Result<VerifyReport, JournalError> {
    // One connection and one transaction: one state of it throughout.
    let begin = location.sql("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    let mut apart = location.reads_apart().await?;
    let read = match &mut apart {
        Some(apart) => apart.begin_with(begin).await,
        None => readers.begin_with(begin).await,
    };
    let mut read = read.map_err(JournalError::reading)?;
    let mut report = VerifyReport::default();
    let mut claims = Claims::gather(location, &mut read, expected, |seq, what| report.fault(seq, what)).await?;
    report.pruned = claims.pruned.clone();
    report.checkpoints = claims.checkpoints;
    if let (Some(pruned), false, true) = (&report.pruned, claims.must_be_signed, claims.strict) {
        let seq = pruned.seq;
        report.fault(Some(seq), format!("Rows up to {seq} are gone. Whether that was said with the key shows only with the key."));
    }
    report.head = claims.begins();
    if let Some(head) = report.head.clone() {
        report.agrees(&head, &mut claims);
    }
    let last: i64 =
        sqlx::query_scalar("SELECT COALESCE(max(at), 0) FROM journal").fetch_one(&mut *read).await.map_err(JournalError::reading)?;
    let mut unsigned = None;
    let mut rows = sqlx::query("SELECT * FROM journal ORDER BY seq").fetch(&mut *read);
    loop {
        match rows.try_next().await {
            Ok(Some(row)) => {
                report.row(&row);
                if let Some(head) = report.head.clone() {
                    report.agrees(&head, &mut claims);
                    let at = row.try_get("at").unwrap_or_default();
                    unsigned = unsigned.or_else(|| claims.unsigned(head.seq, at, last).then_some(head.seq));
                }
            }
            Ok(None) => break,
            Err(error) => {
                report.fault(None, format!("The file is damaged: {error}"));
                break;
            }
        }
    }
    drop(rows);
    if let Some(seq) = unsigned {
        report.fault(Some(seq), "No checkpoint says that this row, and those after it, are as they were.".to_owned());
    }
    claims.missed().for_each(|(seq, otherwise)| report.fault(Some(seq), otherwise.to_owned()));
    report.rules(location, &mut read).await;
    for question in schema::whole(location) {
        report.count(&mut read, question).await;
    }
    Ok(report)
}

impl VerifyReport {
    /// Is every row as it was written?
    pub const fn good(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, seq: Option<i64>, what: String) {
        if self.faults.len() < NAMED {
            self.faults.push(Fault { seq, what });
        } else if self.faults.len() == NAMED {
            self.faults.push(Fault { seq: None, what: "And more.".to_owned() });
        }
    }

    fn agrees(&mut self, head: &Head, claims: &mut Claims) {
        claims.meet(head.seq, head.hash).into_iter().for_each(|otherwise| self.fault(Some(head.seq), otherwise.to_owned()));
    }

    async fn rules(&mut self, location: &Location, read: &mut AnyConnection) {
        match schema::triggers_stand(location, read).await {
            Ok(true) => {}
            Ok(false) => self.fault(None, "The triggers that keep rows from being changed are not as they were.".to_owned()),
            Err(error) => self.fault(None, format!("The file is damaged: {error}")),
        }
    }

    async fn count(&mut self, read: &mut AnyConnection, (sql, what): Question) {
        match sqlx::query_scalar::<_, i64>(sql).fetch_one(read).await {
            Ok(0) => {}
            Ok(_) => self.fault(None, what.to_owned()),
            Err(error) => self.fault(None, format!("The file is damaged: {error}")),
        }
    }

    fn row(&mut self, row: &AnyRow) {
        self.rows += 1;
        let mut canonical = Canonical::new();
        let (mut seq, mut chain, mut prev_hash, mut hash) = (0, String::new(), Vec::new(), Vec::new());
        for column in row.columns() {
            let cell = cell(row, column.ordinal());
            match (column.name(), &cell) {
                ("seq", Cell::Int(number)) => seq = *number,
                ("chain", Cell::Text(text)) => chain.clone_from(text),
                ("prev_hash", Cell::Blob(bytes)) => prev_hash.clone_from(bytes),
                ("hash", Cell::Blob(bytes)) => hash.clone_from(bytes),
                _ => {}
            }
            if column.name() == "hash" {
                break; // form 1: all columns up to here
            }
            canonical.add(column.name(), &cell);
        }
        let (after, started, expected) = match &self.head {
            Some(head) => (head.seq, head.chain.as_str(), head.hash),
            None => (0, chain.as_str(), [0; 32]),
        };
        let wrong = [
            (seq != after + 1, format!("Rows {} to {} are missing.", after + 1, seq - 1)),
            (chain != started, "It belongs to another chain.".to_owned()),
            (prev_hash != expected, "It does not follow the row before it.".to_owned()),
            (hash != canonical.hash(), "It was changed.".to_owned()),
        ];
        wrong.into_iter().filter(|(is, _)| *is).for_each(|(_, what)| self.fault(Some(seq), what));
        self.head = Some(Head { chain, seq, hash: hash.try_into().unwrap_or_default() });
    }
}

fn cell(row: &AnyRow, at: usize) -> Cell {
    let Ok(raw) = row.try_get_raw(at) else { return Cell::Null };
    if raw.is_null() {
        return Cell::Null;
    }
    let kind = raw.type_info().kind();
    match kind {
        AnyTypeInfoKind::SmallInt | AnyTypeInfoKind::Integer | AnyTypeInfoKind::BigInt => row.try_get(at).map_or(Cell::Null, Cell::Int),
        AnyTypeInfoKind::Text => row.try_get(at).map_or(Cell::Null, Cell::Text),
        AnyTypeInfoKind::Blob => row.try_get(at).map_or(Cell::Null, Cell::Blob),
        AnyTypeInfoKind::Null | AnyTypeInfoKind::Bool | AnyTypeInfoKind::Real | AnyTypeInfoKind::Double => Cell::Null,
    }
}
