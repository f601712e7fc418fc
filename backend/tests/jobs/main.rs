//! Jobs end what they began: nothing twice, nothing lost, wherever the process dies.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

mod bench;
mod bulk;
mod many;
mod off_air;
mod reset;
mod viewers;
mod world;

/// What a journal is in, beside its folder.
type Home = ();

/// Nobody waits until a process is seen to be dead: of a file its lock tells.
async fn died((): &Home) {
    std::future::ready(()).await;
}

/// Where their journal is. The same tests run with a database, too.
async fn place(folder: &std::path::Path) -> (backend::journal::Location, Home) {
    std::future::ready((backend::journal::Location::File(folder.join("journal.sqlite3")), ())).await
}
