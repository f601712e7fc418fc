//! Amazon Resource Names of IVS: `arn:aws:ivs:{region}:{account}:{type}/{id}`.
//!
//! Source: `docs/ivs-behaviour.md` 2.2. The model's own pattern for "any resource" matches no real ARN (it allows one
//! character before the slash), so it is not enforced; what parses here is.

use std::fmt;

/// The kinds of resource that have an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// `channel`
    Channel,
    /// `stream-key`
    StreamKey,
    /// `playback-key`
    PlaybackKey,
    /// `recording-configuration`
    RecordingConfiguration,
    /// `playback-restriction-policy`
    PlaybackRestrictionPolicy,
    /// `ad-configuration`
    AdConfiguration,
    /// `failover-slate-configuration`
    FailoverSlateConfiguration,
}

impl Resource {
    /// All of them.
    pub const ALL: [Resource; 7] = [
        Self::Channel,
        Self::StreamKey,
        Self::PlaybackKey,
        Self::RecordingConfiguration,
        Self::PlaybackRestrictionPolicy,
        Self::AdConfiguration,
        Self::FailoverSlateConfiguration,
    ];

    /// As in an ARN.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::StreamKey => "stream-key",
            Self::PlaybackKey => "playback-key",
            Self::RecordingConfiguration => "recording-configuration",
            Self::PlaybackRestrictionPolicy => "playback-restriction-policy",
            Self::AdConfiguration => "ad-configuration",
            Self::FailoverSlateConfiguration => "failover-slate-configuration",
        }
    }
}

/// A parsed ARN of IVS.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn {
    /// Such as `eu-west-1`.
    pub region: String,
    /// The account's digits.
    pub account: String,
    /// What it names.
    pub resource: Resource,
    /// Usually 12 letters and digits; older resources have UUIDs.
    pub id: String,
}

impl Arn {
    /// Reads an ARN. `None` for anything that IVS would not accept: another service, an unknown type, a stray character,
    /// more than 128 characters.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("arn:aws:ivs:").filter(|_| text.len() <= 128)?;
        let (region, rest) = rest.split_once(':')?;
        let (account, rest) = rest.split_once(':')?;
        let (kind, id) = rest.split_once('/')?;
        let resource = Resource::ALL.into_iter().find(|resource| resource.as_str() == kind)?;
        let all = |text: &str, ok: fn(u8) -> bool| !text.is_empty() && text.bytes().all(ok);
        (all(region, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && all(account, |b| b.is_ascii_digit())
            && all(id, |b| b.is_ascii_alphanumeric() || b == b'-'))
        .then(|| Self { region: region.to_owned(), account: account.to_owned(), resource, id: id.to_owned() })
    }

    /// The last part of an ARN, for showing: everything after the slash, or the text itself.
    pub fn short(text: &str) -> &str {
        text.rsplit_once('/').map_or(text, |(_, id)| id)
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arn:aws:ivs:{}:{}:{}/{}", self.region, self.account, self.resource.as_str(), self.id)
    }
}

/// A member of a request that says which resources it is about.
pub(crate) trait Targets {
    fn targets(&self) -> Vec<&str>;
}

impl Targets for String {
    fn targets(&self) -> Vec<&str> {
        vec![self]
    }
}

impl Targets for Vec<String> {
    fn targets(&self) -> Vec<&str> {
        self.iter().map(String::as_str).collect()
    }
}

impl Targets for Vec<crate::viewer_session::BatchStartViewerSessionRevocationViewerSession> {
    fn targets(&self) -> Vec<&str> {
        let mut channels: Vec<&str> = self.iter().map(|viewer| viewer.channel_arn.as_str()).collect();
        channels.sort_unstable();
        channels.dedup();
        channels
    }
}
