//! Recording configurations: where broadcasts are kept. Source: `model/model.json`.

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::open::open_enum;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

open_enum! {
    /// How far IVS is with preparing a recording configuration.
    RecordingConfigurationState {
        /// Not usable yet.
        Creating = "CREATING",
        /// It never will be: the bucket is missing, in another region or not writable.
        CreateFailed = "CREATE_FAILED",
        /// Channels can record with it.
        Active = "ACTIVE",
    }
}

open_enum! {
    /// Whether thumbnails are recorded.
    RecordingMode {
        /// None.
        Disabled = "DISABLED",
        /// One at each interval. The default.
        Interval = "INTERVAL",
    }
}

open_enum! {
    /// A rendition to record: 160–360 lines (LOWEST_RESOLUTION), to 480 (SD), to 720 (HD), to 1080 (FULL_HD).
    RenditionConfigurationRendition {
        /// To 480 lines.
        Sd = "SD",
        /// To 720 lines.
        Hd = "HD",
        /// To 1080 lines.
        FullHd = "FULL_HD",
        /// 160 to 360 lines.
        LowestResolution = "LOWEST_RESOLUTION",
    }
}

open_enum! {
    /// Which renditions are recorded.
    RenditionConfigurationRenditionSelection {
        /// Every rendition. The default.
        All = "ALL",
        /// No video at all, for whoever wants thumbnails alone.
        None = "NONE",
        /// Those listed. Has no effect on BASIC channels.
        Custom = "CUSTOM",
    }
}

open_enum! {
    /// The size of recorded thumbnails.
    ThumbnailConfigurationResolution {
        /// To 480 lines.
        Sd = "SD",
        /// To 720 lines.
        Hd = "HD",
        /// To 1080 lines.
        FullHd = "FULL_HD",
        /// 160 to 360 lines.
        LowestResolution = "LOWEST_RESOLUTION",
    }
}

open_enum! {
    /// Whether every thumbnail is kept, or the newest only, or both.
    ThumbnailConfigurationStorage {
        /// Every thumbnail, numbered. The default.
        Sequential = "SEQUENTIAL",
        /// One file, overwritten.
        Latest = "LATEST",
    }
}

/// Where and how channels are recorded. Cannot be updated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordingConfiguration {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where recordings go.
    pub destination_configuration: DestinationConfiguration,
    /// Where it stands.
    pub state: RecordingConfigurationState,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
    /// Thumbnails. Default: every 60 s, at the source's size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail_configuration: Option<ThumbnailConfiguration>,
    /// Streams that reconnect within this many seconds (0 to 300) are merged into one recording. Default 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_reconnect_window_seconds: Option<i32>,
    /// Which renditions. Default: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rendition_configuration: Option<RenditionConfiguration>,
}

/// What a list says of a recording configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordingConfigurationSummary {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where recordings go.
    pub destination_configuration: DestinationConfiguration,
    /// Where it stands.
    pub state: RecordingConfigurationState,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// Where recordings go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DestinationConfiguration {
    /// An S3 bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3: Option<S3DestinationConfiguration>,
}

impl Check for DestinationConfiguration {
    fn look(&self, e: &mut Findings) {
        e.given("s3", self.s3.as_ref(), |e, at, v| e.inside(at, v));
    }
}

/// An S3 bucket.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct S3DestinationConfiguration {
    /// Its name, 3 to 63 characters; must be in the same region.
    pub bucket_name: String,
}

impl Check for S3DestinationConfiguration {
    fn look(&self, e: &mut Findings) {
        e.bucket_name("bucketName", &self.bucket_name);
    }
}

/// Thumbnails beside a recording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThumbnailConfiguration {
    /// Default `INTERVAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_mode: Option<RecordingMode>,
    /// Seconds between thumbnails, 1 to 60. Default 60.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_interval_seconds: Option<i64>,
    /// Absent: the source's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<ThumbnailConfigurationResolution>,
    /// Default `SEQUENTIAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage: Option<Vec<ThumbnailConfigurationStorage>>,
}

impl Check for ThumbnailConfiguration {
    fn look(&self, e: &mut Findings) {
        e.given("recordingMode", self.recording_mode.as_ref(), |e, at, v| e.known(at, v));
        e.given("targetIntervalSeconds", self.target_interval_seconds.as_ref(), |e, at, v| e.range(at, *v, 1..=60));
        e.given("resolution", self.resolution.as_ref(), |e, at, v| e.known(at, v));
        e.given("storage", self.storage.as_ref(), |e, at, v| {
            e.each(at, v, |e, at, v| e.known(at, v));
        });
    }
}

/// Which renditions are recorded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenditionConfiguration {
    /// Default `ALL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rendition_selection: Option<RenditionConfigurationRenditionSelection>,
    /// Required for `CUSTOM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renditions: Option<Vec<RenditionConfigurationRendition>>,
}

impl Check for RenditionConfiguration {
    fn look(&self, e: &mut Findings) {
        e.given("renditionSelection", self.rendition_selection.as_ref(), |e, at, v| e.known(at, v));
        e.given("renditions", self.renditions.as_ref(), |e, at, v| {
            e.each(at, v, |e, at, v| e.known(at, v));
        });
    }
}

/// Creates a recording configuration; it is usable once ACTIVE.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateRecordingConfiguration {
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where recordings go.
    pub destination_configuration: DestinationConfiguration,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    /// Thumbnails. Default: every 60 s, at the source's size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail_configuration: Option<ThumbnailConfiguration>,
    /// Streams that reconnect within this many seconds (0 to 300) are merged into one recording. Default 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_reconnect_window_seconds: Option<i32>,
    /// Which renditions. Default: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rendition_configuration: Option<RenditionConfiguration>,
}

impl Check for CreateRecordingConfiguration {
    fn look(&self, e: &mut Findings) {
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.inside("destinationConfiguration", &self.destination_configuration);
        e.tags("tags", &self.tags);
        e.given("thumbnailConfiguration", self.thumbnail_configuration.as_ref(), |e, at, v| e.inside(at, v));
        e.given("recordingReconnectWindowSeconds", self.recording_reconnect_window_seconds.as_ref(), |e, at, v| {
            e.range(at, i64::from(*v), 0..=300)
        });
        e.given("renditionConfiguration", self.rendition_configuration.as_ref(), |e, at, v| e.inside(at, v));
    }
}

/// What [`CreateRecordingConfiguration`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRecordingConfigurationResponse {
    /// The recording configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_configuration: Option<RecordingConfiguration>,
}

/// Deletes a recording configuration that no channel uses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteRecordingConfiguration {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for DeleteRecordingConfiguration {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::RecordingConfiguration);
    }
}

/// Looks up a recording configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetRecordingConfiguration {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for GetRecordingConfiguration {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::RecordingConfiguration);
    }
}

/// What [`GetRecordingConfiguration`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetRecordingConfigurationResponse {
    /// The recording configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_configuration: Option<RecordingConfiguration>,
}

/// Lists recording configurations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListRecordingConfigurations {
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 100. Default 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListRecordingConfigurations {
    fn look(&self, e: &mut Findings) {
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=100));
    }
}

/// What [`ListRecordingConfigurations`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListRecordingConfigurationsResponse {
    /// The recording configurations.
    pub recording_configurations: Vec<RecordingConfigurationSummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}
