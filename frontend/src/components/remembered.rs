//! What the browser remembers for whoever uses it. A private window may refuse to, and storage may be full: then it is forgotten,
//! which is no failure.

use crate::view::prelude::*;

/// What was remembered under this name.
pub(crate) fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Remembers it; `None` forgets it.
pub(crate) fn remember(name: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        let _refused = value.map_or_else(|| storage.remove_item(name), |value| storage.set_item(name, value));
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
