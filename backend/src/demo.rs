//! `tally demo`: the console on an emulator of its own. Nothing outlives it.

use crate::cli::Wish;
use crate::{Outcome, all, console, emulate};
use backend::config::{Config, Demo, Surroundings};
use emulator::Settings;
use emulator::seed::Seed;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;

/// Where it is seeded.
const REGIONS: [&str; 2] = ["eu-west-1", "us-west-2"];
/// The first port tried, and how many after it.
const PORTS: std::ops::Range<u16> = 4500..4520;

/// Starts the emulator and the console, and says where they are.
pub(crate) async fn run(wish: Wish) -> Outcome {
    let listener = bind(wish.listen).await?;
    let listen = listener.local_addr().map_err(|error| error.to_string())?;
    let emulator = emulate::start((Ipv4Addr::LOCALHOST, 0).into(), Seed::Demo, Settings::default()).await?;
    let folder = tempfile::Builder::new().prefix("tally-demo-").tempdir().map_err(|error| format!("No temporary folder: {error}"))?;
    let demo = Demo {
        listen,
        allowed_hosts: wish.allow_host,
        data_dir: folder.path().to_owned(),
        emulator: emulator.address,
        account_id: emulator.account.clone(),
        regions: REGIONS.map(ToOwned::to_owned).to_vec(),
        log_filter: wish.log_filter,
    };
    let config = Config::demo(demo, &Surroundings::of_process()).map_err(|findings| all(&findings))?;
    // The emulator goes when this function does, and the folder with it.
    console::run(&config, listener, |url| greet(url, emulator.address)).await
}

/// The address that was asked for, or the first free one of ours.
async fn bind(wanted: Option<SocketAddr>) -> Result<TcpListener, String> {
    if let Some(address) = wanted {
        return TcpListener::bind(address).await.map_err(|error| format!("Cannot listen on {address}: {error}"));
    }
    for port in PORTS {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            return Ok(listener);
        }
    }
    Err(format!("Ports {} to {} of 127.0.0.1 are all taken. Name a free one with --listen 127.0.0.1:PORT.", PORTS.start, PORTS.end - 1))
}

fn greet(url: &str, emulator: SocketAddr) {
    println!("{url}");
    println!();
    println!("The emulator behind it answers the AWS CLI too:");
    println!("{}", emulate::list_channels(emulator));
    println!();
    println!("Nothing here is kept: a restart is a reset. Ctrl-C ends it.");
}
