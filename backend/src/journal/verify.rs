//! Recomputing the chain of hashes.

use super::error::JournalError;
use super::row::{Canonical, Cell};
use super::{Journal, store};
use futures::TryStreamExt as _;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, Row as _, SqliteConnection, SqlitePool, TypeInfo as _, ValueRef as _};
use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;

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

/// What somebody kept of a [`Head`], elsewhere than in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The row's number.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

impl FromStr for Kept {
    type Err = &'static str;

    /// `SEQ:HASH`, as it is printed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let said = "must be SEQ:HASH, as a verification prints it: a number and 64 hexadecimal digits";
        let (seq, digits) = text.split_once(':').ok_or(said)?;
        let pairs = digits.as_bytes().as_chunks::<2>().0.iter().map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok());
        let bytes: Vec<u8> = pairs.collect::<Option<_>>().filter(|_| digits.len() == 64).ok_or(said)?;
        Ok(Self { seq: seq.parse().map_err(|_| said)?, hash: bytes.try_into().map_err(|_| said)? })
    }
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
        verify(self.store.readers(), None).await
    }

    /// What can be told without reading every row: are the rules that keep rows from being changed in force, and are the
    /// last rows there?
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub async fn look_over(&self) -> Result<Vec<Fault>, JournalError> {
        let mut read = self.store.readers().acquire().await.map_err(JournalError::reading)?;
        let mut report = VerifyReport::default();
        let last = sqlx::query_scalar("SELECT max(seq) FROM journal").fetch_one(&mut *read).await.map_err(JournalError::reading)?;
        report.rules(&mut read, Option::unwrap_or(last, 0)).await;
        Ok(report.faults)
    }
}

/// Verifies a file, in use or not, without writing to it. `kept` is what its chain must still contain.
///
/// # Errors
/// As [`Journal::verify`].
pub async fn verify_file(path: &Path, kept: Option<Kept>) -> Result<VerifyReport, JournalError> {
    let readers = store::readers(path).await.map_err(|error| JournalError::Open { path: path.to_owned(), cause: error.to_string() })?;
    let report = verify(&readers, kept).await;
    readers.close().await;
    report
}

async fn verify(readers: &SqlitePool, kept: Option<Kept>) -> Result<VerifyReport, JournalError> {
    // One connection and one transaction: one state of the file throughout.
    let mut read = readers.begin().await.map_err(JournalError::reading)?;
    let mut report = VerifyReport::default();
    let mut missed = kept;
    let mut rows = sqlx::query("SELECT * FROM journal ORDER BY seq").fetch(&mut *read);
    loop {
        match rows.try_next().await {
            Ok(Some(row)) => {
                report.row(&row);
                missed.take_if(|kept| report.head.as_ref().is_some_and(|head| (head.seq, head.hash) == (kept.seq, kept.hash)));
            }
            Ok(None) => break,
            Err(error) => {
                report.fault(None, format!("The file is damaged: {error}"));
                break;
            }
        }
    }
    drop(rows);
    if let Some(kept) = missed {
        report.fault(Some(kept.seq), "It is not there, or is another than the one that was kept.".to_owned());
    }
    let last = report.head.as_ref().map_or(0, |head| head.seq);
    report.rules(&mut read, last).await;
    for (sql, what) in WHOLE {
        report.count(sqlx::query_scalar(*sql).fetch_one(&mut *read).await, what);
    }
    Ok(report)
}

/// Questions about the file as a whole: each counts what is wrong.
const WHOLE: &[(&str, &str)] = &[
    ("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "SQLite finds the file damaged."),
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

/// The triggers as the migration makes them, and as SQLite keeps their text.
fn triggers() -> BTreeSet<String> {
    let schema = include_str!("../../migrations/0001_journal.sql");
    let each = schema.split("CREATE TRIGGER ").skip(1).filter_map(|rest| rest.split_once("\nEND;"));
    each.map(|(trigger, _)| format!("CREATE TRIGGER {trigger}\nEND")).collect()
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

    /// Whatever the rows say: the number that SQLite gave last, and the triggers, word by word.
    async fn rules(&mut self, read: &mut SqliteConnection, last: i64) {
        let wrong = "SELECT count(*) FROM sqlite_sequence WHERE name = 'journal' AND seq <> ?";
        self.count(sqlx::query_scalar(wrong).bind(last).fetch_one(&mut *read).await, "The last rows are missing.");
        let all = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'";
        let found = sqlx::query_scalar::<_, String>(all).fetch_all(&mut *read).await;
        let wrong = found.map(|found| i64::from(found.into_iter().collect::<BTreeSet<_>>() != triggers()));
        self.count(wrong, "The triggers that keep rows from being changed are not as they were.");
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
