//! The reply that says nothing.

use serde::{Deserialize, Serialize};

/// What IVS answers where there is nothing to say: no body (204), or `{}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Empty {}
