//! Failover slates: what viewers see while the encoder is gone. Source: `model/model.json`.

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::open::open_enum;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

open_enum! {
    /// How far IVS is with preparing a failover slate.
    FailoverSlateConfigurationState {
        /// Not usable yet.
        Creating = "CREATING",
        /// It never will be.
        CreateFailed = "CREATE_FAILED",
        /// Usable.
        Created = "CREATED",
        /// A change is being applied.
        Updating = "UPDATING",
    }
}

/// What viewers see while the encoder is gone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailoverSlateConfiguration {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Seconds without video before the slate shows, 3 to 5. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation_threshold_seconds: Option<i32>,
    /// It shows at least so long, 3 to 10 s. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_slate_display_seconds: Option<i32>,
    /// And at most so long, 60 to 180 s. Default 60.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_slate_display_seconds: Option<i32>,
    /// Where it stands.
    pub state: FailoverSlateConfigurationState,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// What a list says of a slate: everything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailoverSlateConfigurationSummary {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Seconds without video before the slate shows, 3 to 5. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation_threshold_seconds: Option<i32>,
    /// It shows at least so long, 3 to 10 s. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_slate_display_seconds: Option<i32>,
    /// And at most so long, 60 to 180 s. Default 60.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_slate_display_seconds: Option<i32>,
    /// Where it stands.
    pub state: FailoverSlateConfigurationState,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// Creates a failover slate configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateFailoverSlateConfiguration {
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Seconds without video before the slate shows, 3 to 5. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation_threshold_seconds: Option<i32>,
    /// It shows at least so long, 3 to 10 s. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_slate_display_seconds: Option<i32>,
    /// And at most so long, 60 to 180 s. Default 60.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_slate_display_seconds: Option<i32>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
}

impl Check for CreateFailoverSlateConfiguration {
    fn look(&self, e: &mut Findings) {
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.given("activationThresholdSeconds", self.activation_threshold_seconds.as_ref(), |e, at, v| e.range(at, i64::from(*v), 3..=5));
        e.given("minSlateDisplaySeconds", self.min_slate_display_seconds.as_ref(), |e, at, v| e.range(at, i64::from(*v), 3..=10));
        e.given("maxSlateDisplaySeconds", self.max_slate_display_seconds.as_ref(), |e, at, v| e.range(at, i64::from(*v), 60..=180));
        e.tags("tags", &self.tags);
    }
}

/// What [`CreateFailoverSlateConfiguration`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateFailoverSlateConfigurationResponse {
    /// The failover slate configuration.
    pub failover_slate_configuration: FailoverSlateConfiguration,
}

/// Deletes a slate that no channel uses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteFailoverSlateConfiguration {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for DeleteFailoverSlateConfiguration {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::FailoverSlateConfiguration);
    }
}

/// Looks up a slate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetFailoverSlateConfiguration {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for GetFailoverSlateConfiguration {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::FailoverSlateConfiguration);
    }
}

/// What [`GetFailoverSlateConfiguration`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetFailoverSlateConfigurationResponse {
    /// The failover slate configuration.
    pub failover_slate_configuration: FailoverSlateConfiguration,
}

/// Lists slates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListFailoverSlateConfigurations {
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 100. Default 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListFailoverSlateConfigurations {
    fn look(&self, e: &mut Findings) {
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=100));
    }
}

/// What [`ListFailoverSlateConfigurations`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListFailoverSlateConfigurationsResponse {
    /// The failover slate configurations.
    pub failover_slate_configurations: Vec<FailoverSlateConfigurationSummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Changes a slate. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateFailoverSlateConfiguration {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Seconds without video before the slate shows, 3 to 5. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation_threshold_seconds: Option<i32>,
    /// It shows at least so long, 3 to 10 s. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_slate_display_seconds: Option<i32>,
    /// And at most so long, 60 to 180 s. Default 60.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_slate_display_seconds: Option<i32>,
}

impl Check for UpdateFailoverSlateConfiguration {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::FailoverSlateConfiguration);
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.given("activationThresholdSeconds", self.activation_threshold_seconds.as_ref(), |e, at, v| e.range(at, i64::from(*v), 3..=5));
        e.given("minSlateDisplaySeconds", self.min_slate_display_seconds.as_ref(), |e, at, v| e.range(at, i64::from(*v), 3..=10));
        e.given("maxSlateDisplaySeconds", self.max_slate_display_seconds.as_ref(), |e, at, v| e.range(at, i64::from(*v), 60..=180));
    }
}

/// What [`UpdateFailoverSlateConfiguration`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateFailoverSlateConfigurationResponse {
    /// The failover slate configuration.
    pub failover_slate_configuration: FailoverSlateConfiguration,
}
