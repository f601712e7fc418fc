//! Faults around the core. None yet.

use crate::emulator::{Emulator, View};
use crate::http::Seen;
use axum::response::Response;

/// The faults that wait for requests.
#[derive(Debug, Default)]
pub struct Faults;

/// What becomes of a request before the core sees it.
#[derive(Debug)]
pub enum Before {
    /// The core answers it.
    Go(Pass),
    /// It is answered so, and nothing is done.
    Instead(Response),
}

/// A request on its way through.
#[derive(Debug, Default)]
pub struct Pass {
    /// How it sees the state.
    pub view: View,
}

impl Faults {
    /// Before the core sees a request.
    #[expect(clippy::unused_async, reason = "a delay waits here")]
    pub async fn before(&self, _: &Emulator, _: &Seen<'_>) -> Before {
        Before::Go(Pass::default())
    }

    /// After the core has answered.
    #[expect(clippy::unused_async, reason = "a stall waits here")]
    pub async fn after(&self, _: Pass, reply: Response) -> Response {
        reply
    }
}
