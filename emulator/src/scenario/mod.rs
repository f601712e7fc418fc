//! A stream's life as a script: what encoders, networks and viewers do, now or at a time to come.
//!
//! [`Emulator::act`] does one thing now; [`Emulator::play`] plans many. What is planned happens when the injected clock has
//! reached its time and the region is looked at next, as of that time: a test that advances its clock by an hour sees the
//! hour that would have been.

mod encoders;

pub use encoders::{ENCODERS, encoder};

use crate::clock::{Millis, SECOND};
use crate::emulator::Emulator;
use crate::encoder::Encoder;
use crate::store::{Ctx, Region, not_found};
use contract::arn::{Arn, Resource};
use contract::constraint::FieldErrors;
use contract::{ApiError, Code};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that happens to a channel which no operation of IVS does. In JSON: `{"action": "goLive", "encoder": "obs"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Action {
    /// An encoder signs in with the channel's stream key.
    GoLive {
        /// What it sends.
        #[serde(default)]
        encoder: Sender,
    },
    /// Its network becomes too slow.
    Starve,
    /// Its network is good again.
    Recover,
    /// It leaves.
    End,
    /// From now on it signs in again by itself, so long after StopStream, with the key it has: not if that was deleted.
    ReconnectAfter {
        /// How long; `null` for never.
        seconds: Option<u32>,
    },
    /// The recording fails; the stream goes on.
    FailRecording,
    /// It exceeds a limit.
    Breach {
        /// `Ingest Bitrate` or `Ingest Resolution`.
        limit: String,
    },
    /// So many come to watch.
    Audience {
        /// How many, when it is well attended.
        viewers: u64,
    },
}

/// What an encoder sends: one of [`ENCODERS`] by its name, or all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Sender {
    /// One of [`ENCODERS`].
    Named(String),
    /// All of it.
    Own(Encoder),
}

impl Default for Sender {
    fn default() -> Self {
        Self::Own(Encoder::default())
    }
}

impl Sender {
    fn encoder(&self) -> Result<Encoder, ApiError> {
        match self {
            Self::Own(encoder) => Ok(encoder.clone()),
            Self::Named(name) => encoder(name)
                .ok_or_else(|| FieldErrors::one("encoder", format!("Must be one of {}, or an encoder.", ENCODERS.join(", "))).into()),
        }
    }
}

/// Things that happen one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script(Vec<(Millis, Action)>);

impl Script {
    /// With nothing in it.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// And this, so long after the one before (or after the script begins).
    #[must_use]
    pub fn then(mut self, later: Millis, action: Action) -> Self {
        let last = self.0.last().map_or(0, |(at, _)| *at);
        self.0.push((last + later, action));
        self
    }
}

/// What is still to come in a region.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pending {
    due: BTreeMap<(Millis, u64), (String, Cue)>,
    last: u64,
}

#[derive(Clone, Debug)]
enum Cue {
    Act(Action),
    /// An encoder that was stopped tries the key it has.
    SignIn {
        encoder: Encoder,
        key: String,
        reconnects: Millis,
    },
}

impl Pending {
    fn add(&mut self, at: Millis, channel: &str, cue: Cue) {
        self.last += 1;
        self.due.insert((at, self.last), (channel.to_owned(), cue));
    }

    fn take(&mut self, now: Millis) -> Option<(Millis, String, Cue)> {
        let first = self.due.first_entry().filter(|entry| entry.key().0 <= now)?;
        let at = first.key().0;
        let (channel, cue) = first.remove();
        Some((at, channel, cue))
    }
}

impl Region {
    /// Does one thing to a channel.
    ///
    /// # Errors
    /// As the methods of [`Region`] that it stands for; ValidationException for an encoder of no known name.
    pub fn act(&mut self, ctx: &mut Ctx<'_>, channel: &str, action: &Action) -> Result<(), ApiError> {
        match action {
            Action::GoLive { encoder } => self.go_live(ctx, channel, &encoder.encoder()?).map(drop),
            Action::Starve => self.starve(ctx, channel),
            Action::Recover => self.recover(ctx, channel),
            Action::End => self.end(ctx, channel),
            Action::ReconnectAfter { seconds } => {
                self.stream_mut(channel)?.reconnects = seconds.map(|seconds| Millis::from(seconds) * SECOND);
                Ok(())
            }
            Action::FailRecording => self.fail_recording(ctx, channel),
            Action::Breach { limit } => self.breach(ctx, channel, limit),
            Action::Audience { viewers } => self.set_audience(channel, *viewers),
        }
    }

    /// Plans what happens to a channel from some time on, which may have passed: then it happens at once, as of its time.
    pub fn play(&mut self, from: Millis, channel: &str, script: &Script) {
        for (after, action) in &script.0 {
            self.pending.add(from + after, channel, Cue::Act(action.clone()));
        }
    }

    /// Does what has become due, each as of its own time, and what time does by itself.
    pub(crate) fn catch_up(&mut self, ctx: &mut Ctx<'_>) {
        let now = ctx.now;
        while let Some((at, channel, cue)) = self.pending.take(now) {
            self.settle(at);
            ctx.now = at;
            // The channel may be gone, or in another state than the script expects: then this does not happen.
            if let Err(reason) = self.perform(ctx, &channel, &cue) {
                tracing::debug!(%channel, ?cue, %reason, "a scenario's step did not happen");
            }
        }
        ctx.now = now;
        self.settle(now);
    }

    fn perform(&mut self, ctx: &mut Ctx<'_>, channel: &str, cue: &Cue) -> Result<(), ApiError> {
        match cue {
            Cue::Act(action) => self.act(ctx, channel, action),
            Cue::SignIn { encoder, key, reconnects } => {
                if self.stream_keys.get(key).is_none() {
                    return Err(not_found(key));
                }
                self.go_live(ctx, channel, encoder)?;
                self.stream_mut(channel)?.reconnects = Some(*reconnects);
                Ok(())
            }
        }
    }

    /// StopStream disconnects an encoder; one that reconnects will try the key it has.
    pub(crate) fn stop(&mut self, channel: &str, now: Millis) {
        let stopped = self.live.get(channel).cloned();
        self.off_air(channel, now);
        if let Some(live) = stopped
            && let Some(reconnects) = live.reconnects
        {
            self.pending.add(now + reconnects, channel, Cue::SignIn { encoder: live.encoder, key: live.key_arn, reconnects });
        }
    }
}

impl Emulator {
    /// Does one thing to a channel of the account, now.
    ///
    /// # Errors
    /// As [`Region::act`]; ValidationException for what is no channel's ARN.
    pub fn act(&self, channel: &str, action: &Action) -> Result<(), ApiError> {
        self.edit(&region_of(channel)?, |region, ctx| region.act(ctx, channel, action))
    }

    /// Plans what happens to a channel of the account from now on.
    ///
    /// # Errors
    /// ResourceNotFoundException: there is no such channel. ValidationException: this is no channel's ARN.
    pub fn play(&self, channel: &str, script: &Script) -> Result<(), ApiError> {
        self.edit(&region_of(channel)?, |region, ctx| {
            region.channel(channel)?;
            region.play(ctx.now, channel, script);
            Ok(())
        })
    }
}

fn region_of(channel: &str) -> Result<String, ApiError> {
    match Arn::parse(channel).filter(|arn| arn.resource == Resource::Channel && contract::region::known(&arn.region)) {
        Some(arn) => Ok(arn.region),
        None => Err(ApiError::new(Code::ValidationException, format!("Not the ARN of a channel: {channel}"))),
    }
}
