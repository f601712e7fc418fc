//! An emulator on a port: for the demo, and as `tally emulator`.

use crate::Outcome;
use backend::serve::asked_to_stop;
use emulator::seed::Seed;
use emulator::{Emulator, Settings};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// One that answers, for as long as this value lives.
#[derive(Debug)]
pub(crate) struct Running {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// The account it plays.
    pub(crate) account: String,
    /// Dropped, it ends the server.
    server: JoinSet<std::io::Result<()>>,
}

/// Starts one.
pub(crate) async fn start(listen: SocketAddr, seed: Seed, settings: Settings) -> Result<Running, String> {
    let listener = TcpListener::bind(listen).await.map_err(|error| format!("The emulator cannot listen on {listen}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let emulator = Emulator::new(settings);
    seed.plant(&emulator);
    let account = emulator.settings().account.clone();
    let mut server = JoinSet::new();
    server.spawn(emulator::serve(listener, emulator));
    Ok(Running { address, account, server })
}

/// `tally emulator`: until the process is asked to stop.
pub(crate) async fn run(listen: SocketAddr, seed: Seed, settings: Settings) -> Outcome {
    let stop = asked_to_stop().map_err(|error| error.to_string())?;
    let any_key = settings.keys.is_none();
    let mut running = start(listen, seed, settings).await?;
    println!("http://{}", running.address);
    println!();
    if any_key {
        println!("Any access key and secret will do; the region is one of IVS's:");
        println!("{}", list_channels(running.address));
    } else {
        println!("It takes the access keys that it was given, and no others.");
    }
    tokio::select! {
        () = stop => Ok(()),
        ended = running.server.join_next() => Err(format!("The emulator ended: {ended:?}")),
    }
}

/// A line to try it with.
pub(crate) fn list_channels(address: SocketAddr) -> String {
    format!("AWS_ACCESS_KEY_ID=demo AWS_SECRET_ACCESS_KEY=demo aws ivs list-channels --endpoint-url http://{address} --region eu-west-1")
}
