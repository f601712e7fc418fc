//! `tally journal backup` and `tally journal restore`.

use super::to_keep;
use crate::Outcome;
use backend::journal::{Copied, Expected};
use std::path::Path;

/// Copies the journal, in use or not.
pub(super) async fn backup(file: &Path, to: &Path, expected: Expected) -> Outcome {
    let copied = backend::journal::backup(file, to, expected).await?;
    println!("{} copied to {}.{}", rows(&copied), to.display(), kept(&copied));
    Ok(())
}

/// Puts a copy in place.
pub(super) async fn restore(copy: &Path, to: &Path, expected: Expected) -> Outcome {
    let copied = backend::journal::restore(copy, to, expected).await?;
    println!(
        "{} put at {}. Everybody signs in again, and jobs that were under way in it are cancelled: look at what they are about.",
        rows(&copied),
        to.display()
    );
    Ok(())
}

fn rows(copied: &Copied) -> String {
    match copied.rows {
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
    }
}

fn kept(copied: &Copied) -> String {
    copied.head.as_ref().map(|head| format!(" To keep elsewhere: {}", to_keep(head))).unwrap_or_default()
}
