//! Jobs: those there were, and one of them with what became of each of its items.

mod item;
mod items;
mod list;
mod one;
mod result;
mod undo;
mod viewer;
mod viewers;

pub(crate) use list::List;
pub(crate) use one::One;

use crate::components::badge::{Tone, badge};
use crate::view::prelude::*;
use contract::job::{Job, JobState};

/// Where it stands, in a word.
fn state(job: &Job) -> View {
    let short = job.refused + job.unknown > 0;
    match job.state {
        JobState::Running if job.cancelled => badge(Tone::Warn, "Cancelling…"),
        JobState::Running => badge(Tone::Plain, "In progress"),
        JobState::Finished if short && job.done == 0 => badge(Tone::Bad, "Refused"),
        JobState::Finished if short => badge(Tone::Warn, "Done in part"),
        JobState::Finished => badge(Tone::Good, "Done"),
        JobState::Cancelled => badge(Tone::Warn, "Cancelled"),
    }
}
