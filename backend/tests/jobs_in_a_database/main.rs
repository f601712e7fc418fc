//! The tests of jobs, all of them, with the journal in a database.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

#[path = "../jobs/bench.rs"]
mod bench;
#[path = "../jobs/bulk.rs"]
mod bulk;
#[path = "../jobs/many.rs"]
mod many;
#[path = "../jobs/off_air.rs"]
mod off_air;
#[path = "../postgres/mod.rs"]
mod postgres;
#[path = "../jobs/reset.rs"]
mod reset;
#[path = "../jobs/viewers.rs"]
mod viewers;
#[path = "../jobs/world.rs"]
mod world;

type Home = postgres::Database;

/// As if it had been silent for long enough.
async fn died(home: &Home) {
    sqlx::query("UPDATE replica SET seen = 0").execute(&mut home.raw().await).await.unwrap();
}

async fn place(_: &std::path::Path) -> (backend::journal::Location, Home) {
    let database = Home::new().await;
    ((&database).into(), database)
}
