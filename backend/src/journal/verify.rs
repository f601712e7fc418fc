//! Recomputing the chain of hashes.

use super::error::JournalError;
use super::row::{Canonical, Cell};
use super::{Journal, store};
use futures::TryStreamExt as _;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, Row as _, SqlitePool, TypeInfo as _, ValueRef as _};
use std::path::Path;

/// How many faults a report names; after that it only says that there are more.
const NAMED: usize = 100;

/// The last row. Kept elsewhere, it shows later whether what came before is still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The chain.
    pub chain: String,
    /// The row's number.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

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
    /// What is wrong, the first hundred; empty where every row is as it was written.
    pub faults: Vec<Fault>,
}

impl Journal {
    /// Reads every row and recomputes the chain. Others may read and write meanwhile.
    ///
    /// # Errors
    /// The file cannot be read at all; what can be read and is wrong is in the report.
    pub async fn verify(&self) -> Result<VerifyReport, JournalError> {
        verify(self.store.readers()).await
    }
}

/// Verifies a file, in use or not, without writing to it.
///
/// # Errors
/// As [`Journal::verify`].
pub async fn verify_file(path: &Path) -> Result<VerifyReport, JournalError> {
    let readers = store::readers(path).await.map_err(|error| JournalError::Open { path: path.to_owned(), cause: error.to_string() })?;
    let report = verify(&readers).await;
    readers.close().await;
    report
}

async fn verify(readers: &SqlitePool) -> Result<VerifyReport, JournalError> {
    // One connection and one transaction: one state of the file throughout.
    let mut read = readers.begin().await.map_err(JournalError::reading)?;
    let mut report = VerifyReport::default();
    let mut rows = sqlx::query("SELECT * FROM journal ORDER BY seq").fetch(&mut *read);
    loop {
        match rows.try_next().await {
            Ok(Some(row)) => report.row(&row),
            Ok(None) => break,
            Err(error) => {
                report.fault(None, format!("The file is damaged: {error}"));
                break;
            }
        }
    }
    drop(rows);
    let last = report.head.as_ref().map_or(0, |head| head.seq);
    let wrong = "SELECT count(*) FROM sqlite_sequence WHERE name = 'journal' AND seq <> ?";
    report.count(sqlx::query_scalar(wrong).bind(last).fetch_one(&mut *read).await, "The last rows are missing.");
    for (sql, what) in WHOLE {
        report.count(sqlx::query_scalar(*sql).fetch_one(&mut *read).await, what);
    }
    Ok(report)
}

/// Questions about the file as a whole: each counts what is wrong.
const WHOLE: &[(&str, &str)] = &[
    ("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "SQLite finds the file damaged."),
    (
        "SELECT 8 - count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'",
        "The triggers that keep rows from being changed are not as they were.",
    ),
    (
        "WITH expected AS (
             SELECT value AS arn, COALESCE((SELECT seq FROM journal AS i WHERE i.id = j.intent), j.seq) AS entry
             FROM journal AS j, json_each(j.targets))
         SELECT (SELECT count(*) FROM (SELECT arn, entry FROM expected EXCEPT SELECT arn, entry FROM journal_target))
              + (SELECT count(*) FROM (SELECT arn, entry FROM journal_target EXCEPT SELECT arn, entry FROM expected))",
        "The index of targets does not agree with the rows.",
    ),
    (
        "WITH expected AS (
             SELECT seq AS entry FROM journal AS i WHERE phase = 'intent'
               AND NOT EXISTS (SELECT 1 FROM journal AS o WHERE o.intent = i.id AND o.outcome <> 'unknown'))
         SELECT (SELECT count(*) FROM (SELECT entry FROM expected EXCEPT SELECT entry FROM journal_open))
              + (SELECT count(*) FROM (SELECT entry FROM journal_open EXCEPT SELECT entry FROM expected))",
        "The list of open intents does not agree with the rows.",
    ),
];

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

    fn count(&mut self, wrong: Result<i64, sqlx::Error>, what: &str) {
        match wrong {
            Ok(0) => {}
            Ok(_) => self.fault(None, what.to_owned()),
            Err(error) => self.fault(None, format!("The file is damaged: {error}")),
        }
    }

    fn row(&mut self, row: &SqliteRow) {
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

fn cell(row: &SqliteRow, at: usize) -> Cell {
    let Ok(raw) = row.try_get_raw(at) else { return Cell::Null };
    if raw.is_null() {
        return Cell::Null;
    }
    let kind = raw.type_info().name().to_owned();
    match kind.as_str() {
        "INTEGER" => row.try_get(at).map_or(Cell::Null, Cell::Int),
        // Text that is no longer text is something else, and the hash will say so.
        "TEXT" => row.try_get(at).map_or_else(|_| Cell::Blob(b"not UTF-8".to_vec()), Cell::Text),
        "BLOB" => row.try_get(at).map_or(Cell::Null, Cell::Blob),
        _ => Cell::Null,
    }
}
