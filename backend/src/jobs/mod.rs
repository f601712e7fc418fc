//! Work of more than one call.
