//! What can go wrong with the journal. Where it cannot be written nothing is changed and no secret is shown.

use super::verify::Fault;
use crate::error::Failure;
use contract::Code;
use std::fmt;
use std::path::PathBuf;

/// Why the journal did not do what was asked.
#[derive(Debug)]
pub enum JournalError {
    /// Another process holds the file.
    InUse {
        /// The file.
        path: PathBuf,
        /// The process, where it left its number.
        process: Option<String>,
    },
    /// It cannot be opened, or is not a journal of this build or an earlier one.
    Open {
        /// The file, or the database.
        location: String,
        /// Why not.
        cause: String,
    },
    /// The row is not on disk: disk full, read-only, gone, locked by something foreign.
    Unwritable(String),
    /// The server went away before it said whether the row is there, or is not to be reached.
    Gone(String),
    /// The rows cannot be read.
    Unreadable(String),
    /// The person has used this idempotency key before: [`super::Journal::by_key`] has the answer.
    KeyTaken,
    /// There is no such intent, or its end is known already.
    NotOpen,
    /// Another console has written a row since the last one was read: this one is not there.
    OutOfTurn,
    /// There is no key to sign with, and what is asked for must be signed.
    NoKey,
    /// It is not as it was written.
    Changed(Fault),
}

impl JournalError {
    /// An error of a write, told apart by what the triggers of the schema say.
    #[expect(clippy::needless_pass_by_value, reason = "given to map_err as it is")]
    pub(crate) fn writing(error: sqlx::Error) -> Self {
        let text = error.to_string();
        let constraint = error.as_database_error().and_then(|error| error.constraint());
        if text.contains("journal: the key is taken") || constraint == Some("journal_by_key") {
            Self::KeyTaken
        } else if text.contains("journal: out of turn") || constraint == Some("journal_pkey") {
            Self::OutOfTurn
        } else if text.contains("journal: no open intent") {
            Self::NotOpen
        } else if is_gone(&error) {
            Self::Gone(text)
        } else {
            Self::Unwritable(text)
        }
    }

    /// An error of a read.
    pub(crate) fn reading(error: impl fmt::Display) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse { path, process } => {
                let by = process.as_deref().map_or_else(|| "another process".to_owned(), |process| format!("process {process}"));
                let path = path.display();
                write!(f, "The journal {path} is in use by {by}. Stop it, or give this one a journal of its own.")
            }
            Self::Open { location, cause } => write!(f, "The journal {location} cannot be opened: {cause}"),
            Self::Unwritable(cause) | Self::Gone(cause) => write!(f, "The journal cannot be written: {cause}"),
            Self::Unreadable(cause) => write!(f, "The journal cannot be read: {cause}"),
            Self::KeyTaken => f.write_str("The idempotency key was used before."),
            Self::NotOpen => f.write_str("There is no such intent, or its end is known already."),
            Self::OutOfTurn => f.write_str("The journal cannot be written: others write all the time."),
            Self::NoKey => f.write_str("There is no private key to sign it with."),
            Self::Changed(fault) => {
                let at = fault.seq.map(|seq| format!("Row {seq}: ")).unwrap_or_default();
                write!(f, "The journal is not as it was written. {at}{}", fault.what)
            }
        }
    }
}

impl std::error::Error for JournalError {}

/// Does it say nothing of the row itself? A connection broke, or the server stops, starts, has too many others, or has become one that
/// only follows another (SQLSTATE 08…, 57P…, 53300 and 25006).
fn is_gone(error: &sqlx::Error) -> bool {
    if let Some(code) = error.as_database_error().map(sqlx::error::DatabaseError::code) {
        let code = code.unwrap_or_default();
        return code.starts_with("08") || code.starts_with("57P") || ["53300", "25006"].contains(&&*code);
    }
    matches!(error, sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed)
}

impl From<JournalError> for Failure {
    /// The cause is for the log; a person reads what it means for them.
    fn from(error: JournalError) -> Self {
        let (code, message) = match &error {
            JournalError::KeyTaken => (Code::KeyReused, "This idempotency key was used before."),
            JournalError::Unreadable(_) => (Code::JournalUnavailable, "The journal cannot be read."),
            JournalError::InUse { .. }
            | JournalError::Open { .. }
            | JournalError::Unwritable(_)
            | JournalError::Gone(_)
            | JournalError::OutOfTurn => {
                (Code::JournalUnavailable, "The journal cannot be written, so nothing is changed and no secret is shown.")
            }
            JournalError::NotOpen | JournalError::NoKey | JournalError::Changed(_) => {
                (Code::Internal, "The journal has no open row for this.")
            }
        };
        Self { cause: Some(error.to_string()), ..Self::refused(code, message) }
    }
}
