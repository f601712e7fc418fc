//! `tally journal export`.

use crate::Outcome;
use backend::journal::{Form, JournalError, Location};
use std::io::{BufWriter, stdout};

/// Writes rows to the standard output, and the last one's number to the standard error.
pub(super) async fn run(location: Location, form: Form, after: i64) -> Outcome {
    let mut out = BufWriter::new(stdout().lock());
    match backend::journal::export(location.clone(), form, after, &mut out).await {
        Ok(Some(last)) => eprintln!("To go on from here: --after {last}"),
        Ok(None) => eprintln!("No row after {after}."),
        Err(JournalError::Unwritable(error)) => return Err(format!("The rows cannot be written: {error}.")),
        Err(error) => return Err(format!("{location} cannot be exported: {error}")),
    }
    Ok(())
}
