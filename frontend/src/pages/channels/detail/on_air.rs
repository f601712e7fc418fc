//! What needs viewers needs a live stream.

use super::Shown;
use crate::shared::on_air::OnAir;

/// Why nothing can be done to the stream, reactively.
pub(super) fn off(shown: Shown) -> Option<String> {
    let why = match shown.on_air.with(OnAir::known) {
        Some(true) => return None,
        Some(false) => "The channel is offline: there is nobody to reach.",
        None => "Whether it is live is not known yet.",
    };
    Some(why.to_owned())
}
