//! Stream sessions: what happened during each broadcast (`docs/ivs-behaviour.md` 2.5).

use crate::choices::SESSION_CHANNEL_HAS_SRT;
use crate::clock::{Millis, rfc3339};
use crate::encoder::Encoder;
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found};
use contract::channel::Channel;
use contract::failover_slate_configuration::FailoverSlateConfiguration;
use contract::recording_configuration::RecordingConfiguration;
use contract::stream_session::{
    GetStreamSession, GetStreamSessionResponse, ListStreamSessions, ListStreamSessionsResponse, StreamEvent, StreamSession,
    StreamSessionSummary,
};
use contract::{ApiError, Code};

/// The newest events that a session shows.
const EVENTS_SHOWN: usize = 500;

/// What an event is about: EventBridge's detail-type (`docs/ivs-behaviour.md` 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A session or a stream begins, ends or fails.
    State,
    /// The encoder sends too little, or enough again.
    Health,
    /// A quota of the stream is exceeded.
    Limit,
    /// A recording begins, ends or fails.
    Recording,
    /// An ad break is inserted.
    AdBreak,
}

impl EventKind {
    /// As in `type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::State => "IVS Stream State Change",
            Self::Health => "IVS Stream Health Change",
            Self::Limit => "IVS Limit Breach",
            Self::Recording => "IVS Recording State Change",
            Self::AdBreak => "IVS Ad Break State Change",
        }
    }
}

/// Something that happens during a session. One that is still to come is not shown yet.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Millis,
    /// What it is about.
    pub kind: EventKind,
    /// Event name, recording status or limit name, by kind.
    pub name: String,
    /// Why, where IVS says so.
    pub code: Option<String>,
}

/// A broadcast. What it was made from is as it was at its start.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its place among its channel's sessions, for pages.
    pub(crate) number: u64,
    /// `st-` and 23 letters or digits.
    pub stream_id: String,
    /// When it began.
    pub started: Millis,
    /// When it ended.
    pub ended: Option<Millis>,
    pub(crate) channel: Channel,
    pub(crate) recording: Option<RecordingConfiguration>,
    pub(crate) slate: Option<FailoverSlateConfiguration>,
    pub(crate) encoder: Encoder,
    pub(crate) events: Vec<Event>,
}

impl Session {
    /// Notes an event.
    pub(crate) fn note(&mut self, at: Millis, kind: EventKind, name: &str) {
        self.events.push(Event { at, kind, name: name.to_owned(), code: None });
    }

    /// Has it happened by then?
    pub(crate) fn happened(&self, name: &str, now: Millis) -> bool {
        self.events.iter().any(|event| event.name == name && event.at <= now)
    }

    /// Newest first. Events of one moment stay in their order, so that the later one is the newer.
    fn seen(&self, now: Millis) -> Vec<&Event> {
        let mut seen: Vec<&Event> = self.events.iter().filter(|event| event.at <= now).collect();
        seen.sort_by_key(|event| event.at);
        seen.reverse();
        seen
    }

    fn summary(&self, now: Millis) -> StreamSessionSummary {
        let error = |event: &Event| event.kind == EventKind::Limit || event.name.ends_with("Failure");
        StreamSessionSummary {
            stream_id: Some(self.stream_id.clone()),
            start_time: Some(rfc3339(self.started)),
            end_time: self.ended.map(rfc3339),
            has_error_event: Some(self.seen(now).into_iter().any(error)),
        }
    }

    fn whole(&self, now: Millis) -> StreamSession {
        let mut channel = self.channel.clone();
        if !SESSION_CHANNEL_HAS_SRT {
            channel.srt = None;
        }
        let event = |event: &Event| StreamEvent {
            name: Some(event.name.clone()),
            kind: Some(event.kind.as_str().to_owned()),
            event_time: Some(rfc3339(event.at)),
            code: event.code.clone(),
        };
        StreamSession {
            stream_id: Some(self.stream_id.clone()),
            start_time: Some(rfc3339(self.started)),
            end_time: self.ended.map(rfc3339),
            channel: Some(channel),
            ingest_configuration: Some(self.encoder.track_zero()),
            ingest_configurations: Some(self.encoder.tracks()),
            recording_configuration: self.recording.clone(),
            truncated_events: self.seen(now).into_iter().take(EVENTS_SHOWN).map(event).collect(),
            failover_slate_configuration: self.slate.clone(),
        }
    }
}

impl Region {
    /// The sessions of a channel, oldest first. A deleted channel's are still there.
    fn sessions_of(&self, channel: &str) -> Result<&[Session], ApiError> {
        match self.sessions.get(channel) {
            Some(sessions) => Ok(sessions),
            None => self.channel(channel).map(|_| [].as_slice()),
        }
    }

    /// The newest session of a channel, to note something in it.
    pub(crate) fn newest_session(&mut self, channel: &str) -> Option<&mut Session> {
        self.sessions.get_mut(channel)?.last_mut()
    }
}

impl Behave for GetStreamSession {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<GetStreamSessionResponse, ApiError> {
        let sessions = region.sessions_of(&self.channel_arn)?;
        let found = match &self.stream_id {
            Some(id) => sessions.iter().find(|session| session.stream_id == *id),
            None => sessions.last(),
        };
        let missing = || match &self.stream_id {
            Some(id) => ApiError::new(Code::ResourceNotFoundException, format!("Stream session: {id} not found")),
            None => not_found(&self.channel_arn),
        };
        Ok(GetStreamSessionResponse { stream_session: Some(found.ok_or_else(missing)?.whole(ctx.now)) })
    }
}

impl Behave for ListStreamSessions {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListStreamSessionsResponse, ApiError> {
        let list = format!("sessions {}", self.channel_arn);
        let paging = Paging::new(ctx, &list, self.next_token.as_deref(), self.max_results, 100)?;
        let sessions = region.sessions_of(&self.channel_arn)?;
        // Newest first, by number, so that a session begun meanwhile shifts nothing.
        let older = |session: &&Session| paging.after == 0 || session.number < paging.after;
        let mut rest = sessions.iter().rev().filter(older);
        let page: Vec<&Session> = rest.by_ref().take(paging.most).collect();
        let last = page.last().map(|session| session.number).filter(|_| rest.next().is_some());
        let stream_sessions = page.into_iter().map(|session| session.summary(ctx.now)).collect();
        Ok(ListStreamSessionsResponse { stream_sessions, next_token: paging.token(last) })
    }
}
