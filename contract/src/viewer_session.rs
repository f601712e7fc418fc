//! Viewer sessions: disconnecting viewers of private channels. Source: `model/model.json`.

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use serde::{Deserialize, Serialize};

/// A viewer to disconnect.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchStartViewerSessionRevocationViewerSession {
    /// The channel.
    pub channel_arn: String,
    /// The `aws:viewer-id` of the token, 1 to 40 characters.
    pub viewer_id: String,
    /// Sessions of this version and earlier ones. Default 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewer_session_versions_less_than_or_equal_to: Option<i32>,
}

impl Check for BatchStartViewerSessionRevocationViewerSession {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
        e.length("viewerId", &self.viewer_id, 1, 40);
        e.given("viewerSessionVersionsLessThanOrEqualTo", self.viewer_session_versions_less_than_or_equal_to.as_ref(), |e, at, v| {
            e.range(at, i64::from(*v), 0..=i64::from(i32::MAX))
        });
    }
}

/// Why one viewer could not be disconnected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchStartViewerSessionRevocationError {
    /// The channel.
    pub channel_arn: String,
    /// The `aws:viewer-id` of the token, 1 to 40 characters.
    pub viewer_id: String,
    /// Why, where IVS says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Disconnects up to 20 viewers. Some may fail while others succeed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchStartViewerSessionRevocation {
    /// Whom to disconnect: 1 to 20.
    pub viewer_sessions: Vec<BatchStartViewerSessionRevocationViewerSession>,
}

impl BatchStartViewerSessionRevocation {
    /// How many viewers one call takes.
    pub const MOST: usize = 20;
}

impl Check for BatchStartViewerSessionRevocation {
    fn look(&self, e: &mut Findings) {
        e.count("viewerSessions", self.viewer_sessions.len(), 1, Self::MOST);
        e.each("viewerSessions", &self.viewer_sessions, |e, at, v| e.inside(at, v));
    }
}

/// What [`BatchStartViewerSessionRevocation`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchStartViewerSessionRevocationResponse {
    /// Those that could not be revoked.
    #[serde(default)]
    pub errors: Vec<BatchStartViewerSessionRevocationError>,
}

/// Disconnects a viewer of a private channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartViewerSessionRevocation {
    /// The channel.
    pub channel_arn: String,
    /// The `aws:viewer-id` of the token, 1 to 40 characters.
    pub viewer_id: String,
    /// Sessions of this version and earlier ones. Default 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewer_session_versions_less_than_or_equal_to: Option<i32>,
}

impl Check for StartViewerSessionRevocation {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
        e.length("viewerId", &self.viewer_id, 1, 40);
        e.given("viewerSessionVersionsLessThanOrEqualTo", self.viewer_session_versions_less_than_or_equal_to.as_ref(), |e, at, v| {
            e.range(at, i64::from(*v), 0..=i64::from(i32::MAX))
        });
    }
}
