//! The console as a running process.

use crate::Outcome;
use backend::assets::Assets;
use backend::config::Config;
use backend::http::{Hardening, Hosts, Limits, Ready, harden};
use backend::metrics::{self, Requests};
use backend::serve::{self, Waits};
use backend::state::State;
use backend::tls::{Certificate, LOOK};
use backend::{logging, router, start};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;
use url::Url;

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
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    let state = start::state(config, port, running.clone()).await?;
    let (ready, replicas) = (state.ivs.clone(), state.ivs.replicas().clone());
    let names: Vec<String> = config.origin().iter().map(authority).chain(config.allowed_hosts.clone()).collect();
    let hardening = Hardening {
        hosts: Hosts::new(config.listen, &names),
        https: config.origin().is_some_and(|url| url.scheme() == "https"),
        limits: Limits { deadline: config.timeouts.request, ..Limits::default() },
        ready: Ready::when(move || ready.ready()),
    };
    let requests = Arc::new(Requests::default());
    let assets = Assets::embedded().sharing(&state.journal).await.map_err(|error| error.to_string())?;
    let app = requests.around(harden(assets.under(router::api(state.clone())), &hardening));
    let measured = measured(config, &state, &requests).await?;
    greet(&launch_url(config, &state));
    let beside = tokio::spawn(start::beside(state, start::Pace::default(), config.journal.kept()));
    let certificate = certificate(config)?;
    let tls = certificate.as_ref().map(Certificate::acceptor).transpose()?;
    let following = certificate.map(|certificate| tokio::spawn(certificate.follow(LOOK)));
    serve::serve(listener, app, tls, stop, running, Waits::finishing(config.timeouts.shutdown)).await;
    beside.abort();
    if let Some(measured) = measured {
        measured.abort();
    }
    if let Some(following) = following {
        following.abort();
    }
    // With what ran beside the requests the jobs go, and nothing says any more that this console is there.
    let _stopped = beside.await;
    replicas.leave().await;
    Ok(())
}

/// The metrics, on a listener of their own: read until the process ends, so that what still runs at the end is seen too.
async fn measured(config: &Config, state: &State, requests: &Arc<Requests>) -> Result<Option<JoinHandle<()>>, String> {
    let Some(address) = config.metrics_listen else { return Ok(None) };
    let cannot = |error: std::io::Error| format!("The metrics cannot be served on {address}: {error}. --metrics-listen names another.");
    let listener = TcpListener::bind(address).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    tracing::info!(%address, "metrics are served");
    let names: Vec<String> = std::iter::once(address.to_string()).chain(config.allowed_hosts.clone()).collect();
    let app = metrics::routes(state.clone(), Arc::clone(requests), Hosts::new(address, &names));
    let waits = Waits::finishing(Duration::ZERO);
    Ok(Some(tokio::spawn(serve::serve(listener, app, None, std::future::pending(), TaskTracker::new(), waits))))
}

/// Its own, where it does TLS itself.
fn certificate(config: &Config) -> Result<Option<Arc<Certificate>>, String> {
    let (Some(cert), Some(key)) = (&config.tls_cert_file, &config.tls_key_file) else { return Ok(None) };
    Certificate::read(cert, key).map(Some)
}

/// What a browser sends as `Host`.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Where to open it, with the token that signs in once.
fn launch_url(config: &Config, state: &State) -> String {
    let host = match config.allowed_hosts.first() {
        Some(name) if config.listen.ip().is_unspecified() => format!("{name}:{}", config.listen.port()),
        Some(_) | None => config.listen.to_string(),
    };
    let token = state.auth.launch_token().map(|token| format!("#t={}", token.expose())).unwrap_or_default();
    config.origin().map_or_else(|| format!("http://{host}/{token}"), |url| format!("{url}{token}"))
}
