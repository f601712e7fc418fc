//! The console as a running process.

use crate::Outcome;
use axum::Router;
use backend::assets::Assets;
use backend::config::Config;
use backend::http::{Hardening, Hosts, Limits, Ready, harden};
use backend::logging;
use backend::serve::{self, Waits};
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

/// `tally serve`.
pub(crate) async fn serve(mut config: Config) -> Outcome {
    let listener = TcpListener::bind(config.listen).await.map_err(|error| taken(&config, &error))?;
    // Port 0 is any free one; from here on it is known which.
    config.listen = listener.local_addr().map_err(|error| error.to_string())?;
    run(&config, listener, |url| println!("{url}")).await
}

fn taken(config: &Config, error: &std::io::Error) -> String {
    format!("Cannot listen on {}: {error}. Another program may have the port; --listen names another.", config.listen)
}

/// Runs until the process is asked to stop. `greet` is called with the console's URL once it can be opened.
pub(crate) async fn run(config: &Config, listener: TcpListener, greet: impl FnOnce(&str)) -> Outcome {
    logging::start(&config.log.filter, config.log.format, config.log.danger_sdk_trace)?;
    let stop = serve::asked_to_stop().map_err(|error| error.to_string())?;
    let running = TaskTracker::new();
    let hardening = Hardening {
        hosts: Hosts::new(config.listen, &config.allowed_hosts),
        limits: Limits { deadline: config.timeouts.request, ..Limits::default() },
        ready: Ready::when(|| false),
    };
    let app = harden(Assets::embedded().under(Router::new()), &hardening);
    greet(&format!("http://{}/", config.listen));
    serve::serve(listener, app, stop, running, Waits::finishing(config.timeouts.shutdown)).await;
    Ok(())
}
