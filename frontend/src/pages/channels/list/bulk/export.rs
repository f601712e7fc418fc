//! The channels that are selected or that show, as a file: what the list knows of each, or what IVS says of each alone.

use super::super::rows::Source;
use crate::api::{self, Paged, client};
use crate::shared::export::{Export, Full};
use crate::view::prelude::*;
use contract::channel::{BatchGetChannel, ListChannels};
use std::sync::Arc;

/// What the list knows, and whether each is live.
const HEAD: &str = "name,arn,state,health,viewerCount,type,latencyMode,authorized,insecureIngest,preset,recordingConfigurationArn,\
                    playbackRestrictionPolicyArn,adConfigurationArn,failoverSlateConfigurationArn,tags";

/// What IVS says of a channel alone. A passphrase is in no reply.
const MORE: &str = ",containerFormat,multitrackInputConfiguration.enabled,multitrackInputConfiguration.policy,\
                    multitrackInputConfiguration.maximumResolution,ingestEndpoint,srt.endpoint,playbackUrl";

/// What is exported.
pub(super) fn export(source: Source) -> Export {
    let full = Full {
        scope: source.scope,
        choice: Some("With all fields"),
        help: "Endpoints, container and multitrack too: each is looked up, 50 to a call.",
        more: MORE,
        at_once: BatchGetChannel::MOST,
        ask: |scope, arns| client::once(scope, &BatchGetChannel { arns }),
    };
    Export {
        file: Signal::derive(move || format!("channels-{}", source.scope.with(|scope| scope.region.clone()))),
        called: ("channel", "channels"),
        member: ListChannels::ITEMS,
        head: HEAD,
        state: source.table,
        row: Arc::new(move |index| {
            source.channels.with(|all| all.get(index).map(|channel| api::write(&channel.summary)).unwrap_or_default())
        }),
        beside: Some(Arc::new(move |index| stream(source, index))),
        full: Some(full),
    }
}

/// Its stream, as IVS lists it; without one it is offline, where all live streams could be looked up.
fn stream(source: Source, index: usize) -> String {
    let arn = source.channels.with(|all| all.get(index).map(|channel| channel.arn().to_owned())).unwrap_or_default();
    let none = || if source.all_known.get() { r#"{"state":"OFFLINE"}"# } else { "{}" }.to_owned();
    source.streams.with(|streams| streams.get(&arn).map(api::write)).unwrap_or_else(none)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tree;
    use crate::shared::as_code::tests::{channel, leaves};

    #[test]
    fn every_member_of_a_channel_is_a_column_but_its_passphrase() {
        let mut found = Vec::new();
        leaves(&tree(&api::write(&channel())), "", &mut found);
        let mut missing: Vec<String> = found.into_iter().map(|(path, _)| path).filter(|path| !path.starts_with("tags.")).collect();
        missing.retain(|path| !HEAD.split(',').chain(MORE.split(',')).any(|column| column == path));
        assert_eq!(missing, ["srt.passphrase"]);
    }
}
