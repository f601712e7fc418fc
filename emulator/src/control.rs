//! The control API beside IVS's paths.

use crate::emulator::Emulator;
use axum::Router;
use std::sync::Arc;

/// Its routes.
pub(crate) fn router(_: &Arc<Emulator>) -> Router {
    Router::new()
}
