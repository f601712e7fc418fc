//! Channels.

use super::wire::{IntoWire, empty_replies, enumerations, execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::channel::*;

execute! { BatchGetChannel { arns }, client => client.batch_get_channel().set_arns(Some(arns)) }
execute! {
    CreateChannel {
        name, latency_mode, kind, authorized, recording_configuration_arn, tags, insecure_ingest, preset,
        playback_restriction_policy_arn, multitrack_input_configuration, container_format, ad_configuration_arn,
        failover_slate_configuration_arn,
    },
    client => client
        .create_channel()
        .set_name(name)
        .set_latency_mode(latency_mode.wire())
        .set_type(kind.wire())
        .set_authorized(authorized)
        .set_recording_configuration_arn(recording_configuration_arn)
        .set_tags(tags.wire())
        .set_insecure_ingest(insecure_ingest)
        .set_preset(preset.wire())
        .set_playback_restriction_policy_arn(playback_restriction_policy_arn)
        .set_multitrack_input_configuration(multitrack_input_configuration.wire())
        .set_container_format(container_format.wire())
        .set_ad_configuration_arn(ad_configuration_arn)
        .set_failover_slate_configuration_arn(failover_slate_configuration_arn)
}
execute! { DeleteChannel { arn }, client => client.delete_channel().arn(arn) }
execute! { GetChannel { arn }, client => client.get_channel().arn(arn) }
execute! {
    ListChannels {
        filter_by_name, filter_by_recording_configuration_arn, filter_by_playback_restriction_policy_arn,
        filter_by_ad_configuration_arn, filter_by_failover_slate_configuration_arn, next_token, max_results,
    },
    client => client
        .list_channels()
        .set_filter_by_name(filter_by_name)
        .set_filter_by_recording_configuration_arn(filter_by_recording_configuration_arn)
        .set_filter_by_playback_restriction_policy_arn(filter_by_playback_restriction_policy_arn)
        .set_filter_by_ad_configuration_arn(filter_by_ad_configuration_arn)
        .set_filter_by_failover_slate_configuration_arn(filter_by_failover_slate_configuration_arn)
        .set_next_token(next_token)
        .set_max_results(max_results)
}
execute! {
    UpdateChannel {
        arn, name, latency_mode, kind, authorized, recording_configuration_arn, insecure_ingest, preset,
        playback_restriction_policy_arn, multitrack_input_configuration, container_format, ad_configuration_arn,
        failover_slate_configuration_arn,
    },
    client => client
        .update_channel()
        .arn(arn)
        .set_name(name)
        .set_latency_mode(latency_mode.wire())
        .set_type(kind.wire())
        .set_authorized(authorized)
        .set_recording_configuration_arn(recording_configuration_arn)
        .set_insecure_ingest(insecure_ingest)
        .set_preset(preset.wire())
        .set_playback_restriction_policy_arn(playback_restriction_policy_arn)
        .set_multitrack_input_configuration(multitrack_input_configuration.wire())
        .set_container_format(container_format.wire())
        .set_ad_configuration_arn(ad_configuration_arn)
        .set_failover_slate_configuration_arn(failover_slate_configuration_arn)
}

replies! {
    sdk::batch_get_channel::BatchGetChannelOutput => BatchGetChannelResponse { channels, errors }
    sdk::create_channel::CreateChannelOutput => CreateChannelResponse { channel, stream_key }
    sdk::get_channel::GetChannelOutput => GetChannelResponse { channel }
    sdk::list_channels::ListChannelsOutput => ListChannelsResponse { channels, next_token }
    sdk::update_channel::UpdateChannelOutput => UpdateChannelResponse { channel }

    types::Channel => Channel {
        arn, name, latency_mode, kind = r#type, recording_configuration_arn, ingest_endpoint, playback_url, authorized, tags,
        insecure_ingest, preset, srt, playback_restriction_policy_arn, multitrack_input_configuration, container_format,
        ad_configuration_arn, failover_slate_configuration_arn,
    }
    types::ChannelSummary => ChannelSummary {
        arn, name, latency_mode, authorized, recording_configuration_arn, tags, insecure_ingest, kind = r#type, preset,
        playback_restriction_policy_arn, ad_configuration_arn, failover_slate_configuration_arn,
    }
    types::Srt => Srt { endpoint, passphrase }
    types::MultitrackInputConfiguration => MultitrackInputConfiguration { enabled, policy, maximum_resolution }
    types::BatchError => BatchError { arn, code, message }
}
empty_replies! { sdk::delete_channel::DeleteChannelOutput }
enumerations! {
    ChannelLatencyMode ChannelType ContainerFormat TranscodePreset MultitrackMaximumResolution MultitrackPolicy
}

/// The SDK leaves `enabled: false` out of the request, which means the same to IVS.
impl IntoWire<types::MultitrackInputConfiguration> for MultitrackInputConfiguration {
    fn wire(self) -> types::MultitrackInputConfiguration {
        let Self { enabled, policy, maximum_resolution } = self;
        types::MultitrackInputConfiguration::builder()
            .set_enabled(enabled)
            .set_policy(policy.wire())
            .set_maximum_resolution(maximum_resolution.wire())
            .build()
    }
}
