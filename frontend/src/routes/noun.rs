//! What channels are configured with, as URLs name it.

use super::encode;

/// A kind of resource that has a list and pages of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    /// Recording configurations.
    Recording,
    /// Playback key pairs.
    PlaybackKey,
    /// Playback restriction policies.
    Policy,
    /// Ad configurations.
    Ads,
    /// Failover slate configurations.
    Slate,
}

impl Noun {
    /// In the order of the sidebar.
    pub(crate) const ALL: [Self; 5] = [Self::Recording, Self::PlaybackKey, Self::Policy, Self::Ads, Self::Slate];

    /// The part of the path that says it.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Recording => "recording-configurations",
            Self::PlaybackKey => "playback-key-pairs",
            Self::Policy => "playback-restriction-policies",
            Self::Ads => "ad-configurations",
            Self::Slate => "failover-slates",
        }
    }

    pub(super) fn named(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|noun| noun.path() == path)
    }

    /// As the sidebar and the list call them.
    pub(crate) const fn many(self) -> &'static str {
        match self {
            Self::Recording => "Recording configurations",
            Self::PlaybackKey => "Playback key pairs",
            Self::Policy => "Restriction policies",
            Self::Ads => "Ad configurations",
            Self::Slate => "Failover slates",
        }
    }
}

/// Which page of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// All of a region.
    List,
    /// The form that makes another.
    New,
    /// One, by the last part of its ARN.
    One(String),
    /// The form that changes one.
    Edit(String),
}

impl At {
    pub(super) fn path(&self) -> String {
        match self {
            Self::List => String::new(),
            Self::New => "/new".to_owned(),
            Self::One(id) => format!("/{}", encode(id)),
            Self::Edit(id) => format!("/{}/edit", encode(id)),
        }
    }

    pub(super) fn of(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => Self::List,
            ["new"] => Self::New,
            [id] => Self::One((*id).to_owned()),
            [id, "edit"] => Self::Edit((*id).to_owned()),
            _ => return None,
        })
    }

    /// The id of what it is about, if it is about one.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::List | Self::New => None,
            Self::One(id) | Self::Edit(id) => Some(id),
        }
    }
}
