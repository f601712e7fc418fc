//! A console that people sign in to by name, on an emulator of its own.

use axum::Router;
use backend::assets::Assets;
use backend::config::{Config, Sources, Surroundings};
use backend::http::{Hardening, Hosts, Limits, Ready, harden};
use backend::state::State;
use backend::{router, setup, start};
use emulator::{Emulator, Rates, Settings};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

pub(crate) const HOST: &str = "tally.example.com";

/// Everything that is said of it but its accounts, which an emulator plays: `main` in two regions and `test` in one.
pub(crate) async fn console(folder: &TempDir, said: &str) -> (State, Router) {
    let emulator = Emulator::new(Settings { rates: Rates::Unlimited, ..Settings::default() });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(emulator::serve(listener, emulator));
    let file = format!(
        "public_url = \"https://{HOST}\"\ndata_dir = {:?}\n{said}\n[[accounts]]\nname = \"main\"\nregions = [\"eu-west-1\", \"us-west-2\"]\n\
         endpoint_url = {endpoint:?}\n[[accounts]]\nname = \"test\"\nregions = [\"eu-west-1\"]\nendpoint_url = {endpoint:?}\n",
        folder.path(),
    );
    let sources = Sources { file: Some(("tally.toml".to_owned(), file)), env: BTreeMap::new(), flags: Vec::new() };
    let config = Config::load(&sources, &Surroundings::default()).unwrap_or_else(|findings| panic!("{findings:?}"));
    let state = start::state(&config, 4500, TaskTracker::new()).await.unwrap();
    assert!(setup::run(&state).await.ready);
    let hardening = Hardening {
        hosts: Hosts::new(config.listen, &[HOST.to_owned()]),
        https: true,
        limits: Limits::default(),
        ready: Ready::when(|| true),
    };
    let router = harden(Assets::new(Vec::new()).under(router::api(state.clone())), &hardening);
    (state, router)
}

/// A file of a secret.
pub(crate) fn secret(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, format!("{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// The files as a process that was killed leaves them.
pub(crate) fn copy(folder: &TempDir) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    let files = std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap);
    for file in files.filter(|file| !file.file_name().to_string_lossy().ends_with(".lock")) {
        std::fs::copy(file.path(), to.path().join(file.file_name())).unwrap();
    }
    to
}

/// What the journal says of people: operation, person, and what was wrong.
pub(crate) async fn journaled(folder: &TempDir) -> Vec<(String, String, String)> {
    use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
    let mut file = SqliteConnectOptions::new().filename(folder.path().join("journal.db")).connect().await.unwrap();
    let query = "SELECT operation, actor_display, COALESCE(message, '') FROM journal WHERE kind = 'auth' ORDER BY seq";
    sqlx::query_as(query).fetch_all(&mut file).await.unwrap()
}
