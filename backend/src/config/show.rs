//! Showing the configuration: what holds and who said so.
