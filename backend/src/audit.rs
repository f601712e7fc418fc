//! `tally journal verify`: is every row as it was written?

use crate::Outcome;
use backend::hex::hex;
use backend::journal::{Kept, verify_file};
use std::path::Path;

/// Reads the file, in use or not, and says what was changed behind its back.
pub(crate) async fn verify(file: &Path, kept: Option<Kept>) -> Outcome {
    let report = verify_file(file, kept).await.map_err(|error| format!("{} cannot be verified: {error}", file.display()))?;
    if let Some(head) = &report.head {
        println!("{} rows of chain {}; to keep elsewhere: --head {}:{}", report.rows, head.chain, head.seq, hex(&head.hash));
    }
    for fault in &report.faults {
        println!("{}{}", fault.seq.map(|seq| format!("row {seq}: ")).unwrap_or_default(), fault.what);
    }
    if report.good() { Ok(()) } else { Err("The journal is not as it was written.".to_owned()) }
}
