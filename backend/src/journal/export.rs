//! The rows as others read them: one JSON object a line, or CSV.

use super::error::JournalError;
use super::{Location, row};
use crate::hex::hex;
use futures::TryStreamExt as _;
use serde_json::{Map, Value};
use sqlx::any::AnyRow;
use sqlx::{Column as _, Row as _};
use std::io::{self, Write};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One object a line, with the columns of the table as its members; what is JSON in the file is JSON here.
    Jsonl,
    /// With a header. What a spreadsheet would take for a formula is marked as text.
    Csv,
}

/// Columns whose text is JSON.
const JSON: [&str; 7] = ["actor_roles", "targets", "params", "before", "after", "aws_request_ids", "result"];

/// Writes the rows of a journal, in use or not, after the row `after`, oldest first. The number of the last one, so that the
/// next export can begin after it.
///
/// # Errors
/// The file cannot be read; in [`JournalError::Unwritable`], nobody takes what is written.
pub async fn export(location: impl Into<Location>, form: Form, after: i64, out: &mut impl Write) -> Result<Option<i64>, JournalError> {
    let readers = location.into().readers().await?;
    let mut last = None;
    {
        let mut rows = sqlx::query("SELECT * FROM journal WHERE seq > $1 ORDER BY seq").bind(after).fetch(&readers);
        while let Some(row) = rows.try_next().await.map_err(JournalError::reading)? {
            let written = match form {
                Form::Jsonl => line(&row, out),
                Form::Csv => record(&row, last.is_none(), out),
            };
            written.map_err(|error| JournalError::Unwritable(error.to_string()))?;
            last = Some(row::get(&row, "seq")?);
        }
    }
    readers.close().await;
    out.flush().map_err(|error| JournalError::Unwritable(error.to_string()))?;
    Ok(last)
}

fn line(row: &AnyRow, out: &mut impl Write) -> io::Result<()> {
    let members: Map<String, Value> = row.columns().iter().map(|column| (column.name().to_owned(), value(row, column.name()))).collect();
    serde_json::to_writer(&mut *out, &members)?;
    out.write_all(b"\n")
}

fn record(row: &AnyRow, first: bool, out: &mut impl Write) -> io::Result<()> {
    if first {
        let names: Vec<&str> = row.columns().iter().map(sqlx::Column::name).collect();
        write!(out, "{}\r\n", names.join(","))?;
    }
    let cells: Vec<String> = row.columns().iter().map(|column| cell(&value(row, column.name()))).collect();
    write!(out, "{}\r\n", cells.join(","))
}

fn value(row: &AnyRow, name: &str) -> Value {
    if let Ok(number) = row.try_get::<Option<i64>, _>(name) {
        return match number {
            Some(at) if name == "at" => time(at).into(),
            number => number.into(),
        };
    }
    if let Ok(Some(text)) = row.try_get::<Option<String>, _>(name) {
        let parsed = || serde_json::from_str(&text).ok();
        return JSON.contains(&name).then(parsed).flatten().unwrap_or(Value::String(text));
    }
    row.try_get::<Option<Vec<u8>>, _>(name).ok().flatten().map_or(Value::Null, |bytes| hex(&bytes).into())
}

/// As RFC 3339, in UTC, to the microsecond.
fn time(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros).map_or_else(|_| micros.to_string(), |at| format!("{at:.6}"))
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::Number(number) => return number.to_string(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}
