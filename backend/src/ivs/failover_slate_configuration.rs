//! Failover slates.

use super::wire::{IntoWire, empty_replies, enumerations, execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::failover_slate_configuration::*;

execute! {
    CreateFailoverSlateConfiguration {
        name, activation_threshold_seconds, min_slate_display_seconds, max_slate_display_seconds, tags,
    },
    client => client
        .create_failover_slate_configuration()
        .set_name(name)
        .set_activation_threshold_seconds(activation_threshold_seconds)
        .set_min_slate_display_seconds(min_slate_display_seconds)
        .set_max_slate_display_seconds(max_slate_display_seconds)
        .set_tags(tags.wire())
}
execute! { DeleteFailoverSlateConfiguration { arn }, client => client.delete_failover_slate_configuration().arn(arn) }
execute! { GetFailoverSlateConfiguration { arn }, client => client.get_failover_slate_configuration().arn(arn) }
execute! {
    ListFailoverSlateConfigurations { next_token, max_results },
    client => client.list_failover_slate_configurations().set_next_token(next_token).set_max_results(max_results)
}
execute! {
    UpdateFailoverSlateConfiguration {
        arn, name, activation_threshold_seconds, min_slate_display_seconds, max_slate_display_seconds,
    },
    client => client
        .update_failover_slate_configuration()
        .arn(arn)
        .set_name(name)
        .set_activation_threshold_seconds(activation_threshold_seconds)
        .set_min_slate_display_seconds(min_slate_display_seconds)
        .set_max_slate_display_seconds(max_slate_display_seconds)
}

replies! {
    sdk::create_failover_slate_configuration::CreateFailoverSlateConfigurationOutput =>
        CreateFailoverSlateConfigurationResponse { failover_slate_configuration }
    sdk::get_failover_slate_configuration::GetFailoverSlateConfigurationOutput =>
        GetFailoverSlateConfigurationResponse { failover_slate_configuration }
    sdk::list_failover_slate_configurations::ListFailoverSlateConfigurationsOutput =>
        ListFailoverSlateConfigurationsResponse { failover_slate_configurations, next_token }
    sdk::update_failover_slate_configuration::UpdateFailoverSlateConfigurationOutput =>
        UpdateFailoverSlateConfigurationResponse { failover_slate_configuration }

    types::FailoverSlateConfiguration => FailoverSlateConfiguration {
        arn, name, activation_threshold_seconds, min_slate_display_seconds, max_slate_display_seconds, state, tags,
    }
    types::FailoverSlateConfigurationSummary => FailoverSlateConfigurationSummary {
        arn, name, activation_threshold_seconds, min_slate_display_seconds, max_slate_display_seconds, state, tags,
    }
}
empty_replies! { sdk::delete_failover_slate_configuration::DeleteFailoverSlateConfigurationOutput }
enumerations! { FailoverSlateConfigurationState }

/// Required by the model; the SDK fills in what a reply leaves out for texts, and we for this structure.
impl IntoWire<FailoverSlateConfiguration> for Option<types::FailoverSlateConfiguration> {
    fn wire(self) -> FailoverSlateConfiguration {
        self.map(IntoWire::wire).unwrap_or_default()
    }
}
