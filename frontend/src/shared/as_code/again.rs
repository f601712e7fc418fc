//! What is there as the request that would make another like it: without what IVS makes of it, such as addresses and states, and
//! without what is as IVS has it anyway.

use super::kind::PEM;
use contract::Call;
use contract::ad_configuration::{AdConfiguration, CreateAdConfiguration};
use contract::channel::{Channel, ContainerFormat, CreateChannel};
use contract::failover_slate_configuration::{CreateFailoverSlateConfiguration, FailoverSlateConfiguration};
use contract::playback_key_pair::{ImportPlaybackKeyPair, PlaybackKeyPair};
use contract::playback_restriction_policy::{CreatePlaybackRestrictionPolicy, PlaybackRestrictionPolicy};
use contract::recording_configuration::{CreateRecordingConfiguration, RecordingConfiguration};
use contract::tag::given;

/// What another like it can be made from.
pub(crate) trait Again {
    /// What makes one.
    type Request: Call;

    /// The request.
    fn again(&self) -> Self::Request;
}

/// IVS says `""` for none.
fn some(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).cloned()
}

impl Again for Channel {
    type Request = CreateChannel;

    fn again(&self) -> CreateChannel {
        CreateChannel {
            name: some(self.name.as_ref()),
            latency_mode: self.latency_mode.clone(),
            kind: self.kind.clone(),
            authorized: self.authorized.filter(|on| *on),
            recording_configuration_arn: some(self.recording_configuration_arn.as_ref()),
            tags: given(&self.tags),
            insecure_ingest: self.insecure_ingest.filter(|on| *on),
            preset: self.preset.clone().filter(|preset| !preset.as_str().is_empty()),
            playback_restriction_policy_arn: some(self.playback_restriction_policy_arn.as_ref()),
            multitrack_input_configuration: self.multitrack_input_configuration.clone().filter(|input| input.enabled == Some(true)),
            container_format: self.container_format.clone().filter(|container| *container != ContainerFormat::Ts),
            ad_configuration_arn: some(self.ad_configuration_arn.as_ref()),
            failover_slate_configuration_arn: some(self.failover_slate_configuration_arn.as_ref()),
        }
    }
}

impl Again for RecordingConfiguration {
    type Request = CreateRecordingConfiguration;

    fn again(&self) -> CreateRecordingConfiguration {
        CreateRecordingConfiguration {
            name: some(self.name.as_ref()),
            destination_configuration: self.destination_configuration.clone(),
            tags: given(&self.tags),
            thumbnail_configuration: self.thumbnail_configuration.clone(),
            recording_reconnect_window_seconds: self.recording_reconnect_window_seconds.filter(|seconds| *seconds != 0),
            rendition_configuration: self.rendition_configuration.clone(),
        }
    }
}

impl Again for PlaybackKeyPair {
    type Request = ImportPlaybackKeyPair;

    fn again(&self) -> ImportPlaybackKeyPair {
        ImportPlaybackKeyPair { public_key_material: PEM.to_owned(), name: some(self.name.as_ref()), tags: given(&self.tags) }
    }
}

impl Again for PlaybackRestrictionPolicy {
    type Request = CreatePlaybackRestrictionPolicy;

    fn again(&self) -> CreatePlaybackRestrictionPolicy {
        let listed = |all: &Vec<String>| Some(all).filter(|all| !all.is_empty()).cloned();
        CreatePlaybackRestrictionPolicy {
            allowed_countries: listed(&self.allowed_countries),
            allowed_origins: listed(&self.allowed_origins),
            enable_strict_origin_enforcement: self.enable_strict_origin_enforcement.filter(|on| *on),
            name: some(self.name.as_ref()),
            tags: given(&self.tags),
        }
    }
}

impl Again for AdConfiguration {
    type Request = CreateAdConfiguration;

    fn again(&self) -> CreateAdConfiguration {
        CreateAdConfiguration {
            name: some(self.name.as_ref()),
            media_tailor_playback_configurations: self.media_tailor_playback_configurations.clone(),
            post_roll_configuration: self.post_roll_configuration.clone().filter(|post_roll| post_roll.enabled),
            tags: given(&self.tags),
        }
    }
}

impl Again for FailoverSlateConfiguration {
    type Request = CreateFailoverSlateConfiguration;

    fn again(&self) -> CreateFailoverSlateConfiguration {
        CreateFailoverSlateConfiguration {
            name: some(self.name.as_ref()),
            activation_threshold_seconds: self.activation_threshold_seconds,
            min_slate_display_seconds: self.min_slate_display_seconds,
            max_slate_display_seconds: self.max_slate_display_seconds,
            tags: given(&self.tags),
        }
    }
}
