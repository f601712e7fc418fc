//! What is refused at start of what is said about signing in and TLS, and TLS itself.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

mod pages;
mod refused;
mod tls;
mod world;
