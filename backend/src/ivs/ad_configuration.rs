//! Ad configurations.

use super::wire::{IntoWire, empty_replies, execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::ad_configuration::*;

execute! {
    CreateAdConfiguration { name, media_tailor_playback_configurations, post_roll_configuration, tags },
    client => client
        .create_ad_configuration()
        .set_name(name)
        .set_media_tailor_playback_configurations(Some(media_tailor_playback_configurations.wire()))
        .set_post_roll_configuration(post_roll_configuration.wire())
        .set_tags(tags.wire())
}
execute! { DeleteAdConfiguration { arn }, client => client.delete_ad_configuration().arn(arn) }
execute! { GetAdConfiguration { arn }, client => client.get_ad_configuration().arn(arn) }
execute! {
    ListAdConfigurations { next_token, max_results },
    client => client.list_ad_configurations().set_next_token(next_token).set_max_results(max_results)
}
execute! {
    UpdateAdConfiguration { arn, name, media_tailor_playback_configurations, post_roll_configuration },
    client => client
        .update_ad_configuration()
        .arn(arn)
        .set_name(name)
        .set_media_tailor_playback_configurations(media_tailor_playback_configurations.wire())
        .set_post_roll_configuration(post_roll_configuration.wire())
}

replies! {
    sdk::create_ad_configuration::CreateAdConfigurationOutput => CreateAdConfigurationResponse { ad_configuration }
    sdk::get_ad_configuration::GetAdConfigurationOutput => GetAdConfigurationResponse { ad_configuration }
    sdk::list_ad_configurations::ListAdConfigurationsOutput => ListAdConfigurationsResponse { ad_configurations, next_token }
    sdk::update_ad_configuration::UpdateAdConfigurationOutput => UpdateAdConfigurationResponse { ad_configuration }

    types::AdConfiguration => AdConfiguration { arn, name, media_tailor_playback_configurations, post_roll_configuration, tags }
    types::AdConfigurationSummary => AdConfigurationSummary {
        arn, name, media_tailor_playback_configurations, post_roll_configuration, tags,
    }
    types::MediaTailorPlaybackConfiguration => MediaTailorPlaybackConfiguration { playback_configuration_arn }
    types::PostRollConfiguration => PostRollConfiguration { duration_seconds, enabled }
}
empty_replies! { sdk::delete_ad_configuration::DeleteAdConfigurationOutput }

/// Required by the model; the SDK fills in what a reply leaves out for texts, and we for this structure.
impl IntoWire<AdConfiguration> for Option<types::AdConfiguration> {
    fn wire(self) -> AdConfiguration {
        self.map(IntoWire::wire).unwrap_or_default()
    }
}

impl IntoWire<types::MediaTailorPlaybackConfiguration> for MediaTailorPlaybackConfiguration {
    fn wire(self) -> types::MediaTailorPlaybackConfiguration {
        let Self { playback_configuration_arn } = self;
        types::MediaTailorPlaybackConfiguration::builder().set_playback_configuration_arn(playback_configuration_arn).build()
    }
}

impl IntoWire<types::PostRollConfiguration> for PostRollConfiguration {
    fn wire(self) -> types::PostRollConfiguration {
        let Self { duration_seconds, enabled } = self;
        types::PostRollConfiguration::builder()
            .duration_seconds(duration_seconds)
            .enabled(enabled)
            .build()
            .expect("both required members are set")
    }
}
