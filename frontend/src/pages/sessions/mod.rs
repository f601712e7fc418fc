//! Stream sessions: the last sixty days of a channel, and what happened in each of its broadcasts.

mod differences;
mod events;
mod explained;
mod ingest;
mod limits;
mod list;
mod moments;
mod one;
mod recording;
mod snapshot;
mod which;

pub(super) use list::List;
pub(super) use one::One;
