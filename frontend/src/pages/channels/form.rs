//! The forms that make a channel and change one: the same fields, with IVS's rules between them.

mod bring_back;
mod draft;
mod edit;
mod fields;
mod new;
mod said;
mod settings;
mod typed;

pub(crate) use edit::Edit;
pub(crate) use new::New;

use contract::channel::{Channel, ChannelSummary};

/// What the list will say of it, so that it is there before the list is looked at again.
fn summary(channel: Channel) -> ChannelSummary {
    ChannelSummary {
        arn: channel.arn,
        name: channel.name,
        latency_mode: channel.latency_mode,
        authorized: channel.authorized,
        recording_configuration_arn: channel.recording_configuration_arn,
        tags: channel.tags,
        insecure_ingest: channel.insecure_ingest,
        kind: channel.kind,
        preset: channel.preset,
        playback_restriction_policy_arn: channel.playback_restriction_policy_arn,
        ad_configuration_arn: channel.ad_configuration_arn,
        failover_slate_configuration_arn: channel.failover_slate_configuration_arn,
    }
}
