//! Recording configurations.

use super::wire::{IntoWire, empty_replies, enumerations, execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::recording_configuration::*;

execute! {
    CreateRecordingConfiguration {
        name, destination_configuration, tags, thumbnail_configuration, recording_reconnect_window_seconds, rendition_configuration,
    },
    client => client
        .create_recording_configuration()
        .set_name(name)
        .destination_configuration(destination_configuration.wire())
        .set_tags(tags.wire())
        .set_thumbnail_configuration(thumbnail_configuration.wire())
        .set_recording_reconnect_window_seconds(recording_reconnect_window_seconds)
        .set_rendition_configuration(rendition_configuration.wire())
}
execute! { DeleteRecordingConfiguration { arn }, client => client.delete_recording_configuration().arn(arn) }
execute! { GetRecordingConfiguration { arn }, client => client.get_recording_configuration().arn(arn) }
execute! {
    ListRecordingConfigurations { next_token, max_results },
    client => client.list_recording_configurations().set_next_token(next_token).set_max_results(max_results)
}

replies! {
    sdk::create_recording_configuration::CreateRecordingConfigurationOutput =>
        CreateRecordingConfigurationResponse { recording_configuration }
    sdk::get_recording_configuration::GetRecordingConfigurationOutput => GetRecordingConfigurationResponse { recording_configuration }
    sdk::list_recording_configurations::ListRecordingConfigurationsOutput =>
        ListRecordingConfigurationsResponse { recording_configurations, next_token }

    types::RecordingConfiguration => RecordingConfiguration {
        arn, name, destination_configuration, state, tags, thumbnail_configuration, recording_reconnect_window_seconds,
        rendition_configuration,
    }
    types::RecordingConfigurationSummary => RecordingConfigurationSummary { arn, name, destination_configuration, state, tags }
    types::DestinationConfiguration => DestinationConfiguration { s3 }
    types::S3DestinationConfiguration => S3DestinationConfiguration { bucket_name }
    types::ThumbnailConfiguration => ThumbnailConfiguration { recording_mode, target_interval_seconds, resolution, storage }
    types::RenditionConfiguration => RenditionConfiguration { rendition_selection, renditions }
}
empty_replies! { sdk::delete_recording_configuration::DeleteRecordingConfigurationOutput }
enumerations! {
    RecordingConfigurationState RecordingMode RenditionConfigurationRendition RenditionConfigurationRenditionSelection
    ThumbnailConfigurationResolution ThumbnailConfigurationStorage
}

/// Required by the model; the SDK fills in what a reply leaves out for texts, and we for this structure.
impl IntoWire<DestinationConfiguration> for Option<types::DestinationConfiguration> {
    fn wire(self) -> DestinationConfiguration {
        self.map(IntoWire::wire).unwrap_or_default()
    }
}

impl IntoWire<types::DestinationConfiguration> for DestinationConfiguration {
    fn wire(self) -> types::DestinationConfiguration {
        let Self { s3 } = self;
        types::DestinationConfiguration::builder().set_s3(s3.wire()).build()
    }
}

impl IntoWire<types::S3DestinationConfiguration> for S3DestinationConfiguration {
    fn wire(self) -> types::S3DestinationConfiguration {
        let Self { bucket_name } = self;
        types::S3DestinationConfiguration::builder().bucket_name(bucket_name).build().expect("its one required member is set")
    }
}

impl IntoWire<types::ThumbnailConfiguration> for ThumbnailConfiguration {
    fn wire(self) -> types::ThumbnailConfiguration {
        let Self { recording_mode, target_interval_seconds, resolution, storage } = self;
        types::ThumbnailConfiguration::builder()
            .set_recording_mode(recording_mode.wire())
            .set_target_interval_seconds(target_interval_seconds)
            .set_resolution(resolution.wire())
            .set_storage(storage.wire())
            .build()
    }
}

impl IntoWire<types::RenditionConfiguration> for RenditionConfiguration {
    fn wire(self) -> types::RenditionConfiguration {
        let Self { rendition_selection, renditions } = self;
        types::RenditionConfiguration::builder()
            .set_rendition_selection(rendition_selection.wire())
            .set_renditions(renditions.wire())
            .build()
    }
}
