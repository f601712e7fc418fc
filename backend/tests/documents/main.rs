//! The pages that are written from the tables, and what else says the same as they do. `TALLY_BLESS=1 cargo test -p backend --test documents` writes them;
//! without it a page that is stale fails.

mod alerts;
mod asvs;
mod iam_policies;
mod limits;
mod metrics;
mod permissions;
mod service;

use std::path::Path;

/// Is `docs/{name}` as it would be written now?
fn compare(name: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    if std::env::var_os("TALLY_BLESS").is_some() {
        std::fs::write(&path, page).expect("written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/{name} is stale: TALLY_BLESS=1 cargo test -p backend --test documents writes it");
}
