//! `tally journal verify`: is every row as it was written?

use crate::Outcome;
use backend::journal::verify_file;
use std::path::Path;

/// Reads the file, in use or not, and says what was changed behind its back.
pub(crate) async fn verify(file: &Path) -> Outcome {
    let report = verify_file(file).await.map_err(|error| format!("{} cannot be verified: {error}", file.display()))?;
    if let Some(head) = &report.head {
        let hash: String = head.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        println!("{} rows; the last is {} of chain {}, {hash}", report.rows, head.seq, head.chain);
    }
    for fault in &report.faults {
        println!("{}{}", fault.seq.map(|seq| format!("row {seq}: ")).unwrap_or_default(), fault.what);
    }
    if report.good() { Ok(()) } else { Err("The journal is not as it was written.".to_owned()) }
}
