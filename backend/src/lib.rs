//! The backend of Tally: who may ask, and asking AWS. The one process that holds credentials.
//!
//! `config` reads what it is told, `state` holds what it knows, `router` is every way in. A call of IVS goes through
//! `ivs` (authorise, journal, govern, send, classify, redact); `journal` keeps what was asked and how it ended; `jobs`
//! does what takes more than one call; `replicas` are the other consoles on the same journal; `auth` says who is asking. `metrics` tells Prometheus how it goes.

pub mod assets;
pub mod auth;
pub mod aws;
pub mod caller;
pub mod config;
pub mod error;
pub mod hex;
pub mod http;
pub mod ivs;
pub mod jobs;
pub mod journal;
pub mod logging;
pub mod metrics;
mod own;
pub mod replicas;
pub mod router;
pub mod serve;
pub mod setup;
pub mod start;
pub mod state;
pub mod tls;
