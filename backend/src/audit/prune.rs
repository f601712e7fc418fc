//! `tally journal prune`: letting old rows go, of a console that is stopped.

use crate::Outcome;
use backend::journal::{Journal, Keys, Location};
use std::path::Path;

/// Lets the rows go that are older than `before`, in microseconds since 1970.
pub(super) async fn run(location: Location, before: i64, key: &Path) -> Outcome {
    if let Location::File(file) = &location
        && !file.exists()
    {
        return Err(format!("There is no {}.", file.display()));
    }
    let keys = Keys::read(key)?;
    if !keys.can_sign() {
        return Err(format!("{} holds no private key, and that rows are let go must be signed.", key.display()));
    }
    let journal = Journal::open(location).await.map_err(|error| error.to_string())?.signed(keys);
    match journal.prune(before).await.map_err(|error| error.to_string())? {
        Some(pruned) => println!("{} rows were let go, up to row {}.", pruned.rows, pruned.seq),
        None => println!("No row is that old, or what is older is not ended."),
    }
    journal.close().await;
    Ok(())
}
