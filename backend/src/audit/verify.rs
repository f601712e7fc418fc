//! `tally journal verify`: is every row as it was written?

use super::to_keep;
use crate::Outcome;
use backend::journal::{Expected, Location, verify_at};

/// Reads it, in use or not, and says what was changed behind its back.
pub(super) async fn run(location: Location, expected: Expected) -> Outcome {
    let signed = expected.keys.is_some();
    let report = verify_at(location.clone(), expected).await.map_err(|error| format!("{location} cannot be verified: {error}"))?;
    if let Some(head) = &report.head {
        println!("{} rows of chain {}; to keep elsewhere: {}", report.rows, head.chain, to_keep(head));
    }
    if let Some(pruned) = &report.pruned {
        println!("Rows up to {} were let go.", pruned.seq);
    }
    if report.checkpoints > 0 {
        let keys = if signed { "each signed with the key" } else { "whose signatures show only with --key" };
        println!("{} checkpoints, {keys}.", report.checkpoints);
    }
    for fault in &report.faults {
        println!("{}{}", fault.seq.map(|seq| format!("row {seq}: ")).unwrap_or_default(), fault.what);
    }
    if report.good() { Ok(()) } else { Err("The journal is not as it was written.".to_owned()) }
}
