//! Streams that come to life by a script.
