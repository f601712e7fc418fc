//! `tally journal`: verifying, copying and exporting a journal, and letting old rows go.

mod copy;
mod export;
mod prune;
mod verify;

use crate::Outcome;
use crate::cli::{Against, Audit};
use backend::hex::hex;
use backend::journal::{Expected, Head, Journal, Keys, Location, Server, Statement};
use std::path::Path;
use std::sync::Arc;

/// Does what was asked for.
pub(crate) async fn run(what: Audit) -> Outcome {
    match what {
        Audit::Verify { source, against } => verify::run(source.location()?, expected(&against)?).await,
        Audit::Export { source, form, after } => export::run(source.location()?, form, after).await,
        Audit::Migrate { postgres_url_file } => migrate(&postgres_url_file).await,
        Audit::Backup { file, to, against } => copy::backup(&file, &to, expected(&against)?).await,
        Audit::Restore { copy, to, against } => copy::restore(&copy, &to, expected(&against)?).await,
        Audit::Prune { source, before, key } => prune::run(source.location()?, before, &key).await,
    }
}

/// Opening a journal makes its tables.
async fn migrate(url: &Path) -> Outcome {
    let server = Server::read(url)?;
    Journal::open(Location::Server(server.clone())).await.map_err(|error| error.to_string())?.close().await;
    println!("The tables are up to date in {server}.");
    Ok(())
}

/// What a file is held against, as it was named.
fn expected(against: &Against) -> Result<Expected, String> {
    let keys = against.key.as_deref().map(Keys::read).transpose()?.map(Arc::new);
    let mut statements = Vec::new();
    for path in &against.checkpoints {
        let text = std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
        let found = Statement::within(&String::from_utf8_lossy(&text));
        if found.is_empty() {
            return Err(format!("{} holds no checkpoint: lines with `tally.checkpoint.1 …` in them.", path.display()));
        }
        statements.extend(found);
    }
    Ok(Expected { kept: against.head, statements, keys, lenient: false })
}

/// A last row, as it is kept elsewhere and given again.
fn to_keep(head: &Head) -> String {
    format!("--head {}:{}", head.seq, hex(&head.hash))
}
