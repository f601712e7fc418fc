//! What encoders and viewers do, which no operation can: going live, starving, leaving. Scenarios call these.

use crate::clock::{MINUTE, Millis, SECOND};
use crate::encoder::Encoder;
use crate::id::{hash, mix};
use crate::store::{Ctx, Region, within_quota};
use crate::stream::Live;
use crate::stream_session::{EventKind, Session};
use contract::recording_configuration::RecordingConfigurationState;
use contract::stream::StreamHealth;
use contract::{ApiError, Code};

impl Region {
    /// An encoder signs in to a channel with its stream key. Answers the new stream's id.
    ///
    /// # Errors
    /// ResourceNotFoundException: there is no such channel. ConflictException: it is live, or has no stream key to sign in
    /// with. ServiceQuotaExceededException: too many streams run.
    pub fn go_live(&mut self, ctx: &mut Ctx<'_>, channel: &str, encoder: &Encoder) -> Result<String, ApiError> {
        let snapshot = self.channel(channel)?.clone();
        if self.is_live(channel) {
            return Err(ApiError::new(Code::ConflictException, format!("Resource: {channel} is live")));
        }
        let key = self.stream_keys.iter().find(|key| key.channel_arn.as_deref() == Some(channel)).and_then(|key| key.arn.clone());
        let keyless = || ApiError::new(Code::ConflictException, format!("Channel: {channel} has no stream key"));
        let key_arn = key.ok_or_else(keyless)?;
        within_quota(self.live.len(), ctx.settings.quotas.concurrent_streams, "concurrent streams")?;

        let stream_id = format!("st-{}", ctx.ids.alnum(23));
        let number = self.newest_session(channel).map_or(1, |session| session.number + 1);
        let recording = snapshot.recording_configuration_arn.as_deref().and_then(|arn| self.recording_configurations.get(arn));
        let slate = snapshot.failover_slate_configuration_arn.as_deref().and_then(|arn| self.failover_slate_configurations.get(arn));
        let policy = snapshot.playback_restriction_policy_arn.as_deref().and_then(|arn| self.playback_restriction_policies.get(arn));
        let policy = policy.cloned();
        let mut session = Session {
            number,
            stream_id: stream_id.clone(),
            started: ctx.now,
            ended: None,
            recording: recording.map(|made| made.at(ctx.now)),
            slate: slate.map(|made| made.at(ctx.now)),
            encoder: encoder.clone(),
            events: Vec::new(),
            channel: snapshot,
        };
        session.begin(ctx);
        self.sessions.entry(channel.to_owned()).or_default().push(session);
        let live = Live {
            channel_arn: channel.to_owned(),
            audience: 20 + hash(&stream_id) % 2_000,
            stream_id: stream_id.clone(),
            started: ctx.now,
            health: StreamHealth::Healthy,
            encoder: encoder.clone(),
            key_arn,
            reconnects: None,
            ads_until: 0,
            policy,
        };
        self.live.add(channel, live, ctx.now);
        Ok(stream_id)
    }

    /// The encoder of the channel's last session signs in again: a new stream, with a new id.
    ///
    /// # Errors
    /// Those of [`Region::go_live`]; ResourceNotFoundException also where there was no session.
    pub fn reconnect(&mut self, ctx: &mut Ctx<'_>, channel: &str) -> Result<String, ApiError> {
        self.channel(channel)?;
        let last = self.newest_session(channel).map(|session| session.encoder.clone());
        let encoder = last.ok_or_else(|| ApiError::new(Code::ResourceNotFoundException, format!("Channel: {channel} was never live")))?;
        self.go_live(ctx, channel, &encoder)
    }

    /// The encoder sends too little from now on. Starving already, it stays so.
    ///
    /// # Errors
    /// ResourceNotFoundException or ChannelNotBroadcasting.
    pub fn starve(&mut self, ctx: &mut Ctx<'_>, channel: &str) -> Result<(), ApiError> {
        self.health(ctx.now, channel, StreamHealth::Starving, "Starvation Start")
    }

    /// The encoder sends enough again.
    ///
    /// # Errors
    /// ResourceNotFoundException or ChannelNotBroadcasting.
    pub fn recover(&mut self, ctx: &mut Ctx<'_>, channel: &str) -> Result<(), ApiError> {
        self.health(ctx.now, channel, StreamHealth::Healthy, "Starvation End")
    }

    fn health(&mut self, now: Millis, channel: &str, health: StreamHealth, event: &str) -> Result<(), ApiError> {
        let live = self.stream_mut(channel)?;
        if live.health != health {
            live.health = health;
            self.note(now, channel, EventKind::Health, event);
        }
        Ok(())
    }

    /// The encoder leaves.
    ///
    /// # Errors
    /// ResourceNotFoundException or ChannelNotBroadcasting.
    pub fn end(&mut self, ctx: &mut Ctx<'_>, channel: &str) -> Result<(), ApiError> {
        self.stream(channel)?;
        self.off_air(channel, ctx.now);
        Ok(())
    }

    /// The recording of the running stream fails: at its start where it has not begun, else at its end. The stream goes on.
    ///
    /// # Errors
    /// ResourceNotFoundException or ChannelNotBroadcasting; ConflictException where nothing is being recorded.
    pub fn fail_recording(&mut self, ctx: &mut Ctx<'_>, channel: &str) -> Result<(), ApiError> {
        self.stream(channel)?;
        match self.newest_session(channel).filter(|session| session.records()) {
            Some(session) => {
                let name = if session.happened("Recording Start", ctx.now) { "Recording End Failure" } else { "Recording Start Failure" };
                session.events.retain(|event| event.at <= ctx.now || event.kind != EventKind::Recording);
                session.note(ctx.now, EventKind::Recording, name);
                Ok(())
            }
            None => Err(ApiError::new(Code::ConflictException, format!("Channel: {channel} is not being recorded"))),
        }
    }

    /// The stream exceeds a limit, such as `Ingest Bitrate` or `Ingest Resolution` (`docs/ivs-behaviour.md` 3.1).
    ///
    /// # Errors
    /// ResourceNotFoundException or ChannelNotBroadcasting.
    pub fn breach(&mut self, ctx: &mut Ctx<'_>, channel: &str, limit: &str) -> Result<(), ApiError> {
        self.stream(channel)?;
        self.note(ctx.now, channel, EventKind::Limit, limit);
        Ok(())
    }

    /// How many watch the running stream when it is well attended.
    ///
    /// # Errors
    /// ResourceNotFoundException or ChannelNotBroadcasting.
    pub fn set_audience(&mut self, channel: &str, audience: u64) -> Result<(), ApiError> {
        self.stream_mut(channel)?.audience = audience;
        Ok(())
    }

    fn note(&mut self, at: Millis, channel: &str, kind: EventKind, name: &str) {
        if let Some(session) = self.newest_session(channel) {
            session.note(at, kind, name);
        }
    }

    /// Takes a channel off air. The session says how it went; what was still to come does not come.
    pub(crate) fn off_air(&mut self, channel: &str, now: Millis) {
        if self.live.remove(channel).is_some()
            && let Some(session) = self.newest_session(channel)
        {
            session.finish(now);
        }
    }
}

impl Session {
    /// The events of a start: the session, the stream seconds later, its recording after that.
    fn begin(&mut self, ctx: &Ctx<'_>) {
        let delays = ctx.settings.delays;
        let start = ctx.now + delays.stream_start;
        self.note(ctx.now, EventKind::State, "Session Created");
        self.note(start, EventKind::State, "Stream Start");
        if self.recording.as_ref().is_some_and(|recording| recording.state == RecordingConfigurationState::Active) {
            self.note(start + delays.recording_start, EventKind::Recording, "Recording Start");
        }
    }

    /// Is it being recorded, or about to be?
    fn records(&self) -> bool {
        let mut recording = self.events.iter().filter(|event| event.kind == EventKind::Recording);
        recording.next_back().is_some_and(|event| event.name == "Recording Start")
    }

    fn finish(&mut self, now: Millis) {
        self.events.retain(|event| event.at <= now);
        self.ended = Some(now);
        if self.happened("Stream Start", now) {
            self.note(now, EventKind::State, "Stream End");
        }
        self.note(now, EventKind::State, "Session Ended");
        if self.records() {
            let window = self.recording.as_ref().and_then(|recording| recording.recording_reconnect_window_seconds).unwrap_or(0);
            self.note(now + Millis::from(window) * SECOND, EventKind::Recording, "Recording End");
        }
    }
}

/// Viewers come during this time.
const RAMP: Millis = 5 * MINUTE;
/// The walk turns so often.
const STEP: Millis = 30 * SECOND;

impl Live {
    /// How many watch: a walk that depends on the stream's id and the time alone, between a half and the whole of the
    /// audience, once they have come.
    pub fn viewers(&self, now: Millis) -> i64 {
        let age = (now - self.started).max(0);
        let turn = |step: i64| (mix(hash(&self.stream_id) ^ step.unsigned_abs()) % 1_000) as i64;
        let (step, part) = (age / STEP, age % STEP);
        let thousandths = 500 + (turn(step) * (STEP - part) + turn(step + 1) * part) / STEP / 2;
        let come = age.min(RAMP);
        i64::try_from(self.audience).unwrap_or(i64::MAX / RAMP / 1_000) * thousandths / 1_000 * come / RAMP
    }
}
