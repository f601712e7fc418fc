//! The list operations of IVS, whose pages follow each other by token.

use contract::Call;
use serde::de::DeserializeOwned;

/// A list operation of IVS.
pub(crate) trait Paged: Call {
    /// What it lists.
    type Item: DeserializeOwned + Clone + Send + Sync + 'static;
    /// The member of its reply that holds them.
    const ITEMS: &'static str;
}

/// What a list has shown so far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pages<T> {
    /// In IVS's order.
    pub(crate) items: Vec<T>,
    /// Has the last page come?
    pub(crate) complete: bool,
}

/// Lists of the contract are read page by page in the same way; only the names of their members differ. A test holds
/// each name against the reply of the contract.
macro_rules! paged {
    ($($noun:ident: $request:ident, $items:literal of $item:ident;)*) => {
        $(impl Paged for contract::$noun::$request {
            type Item = contract::$noun::$item;
            const ITEMS: &'static str = $items;
        })*

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn each_reply_has_its_items_where_they_are_looked_for() {
                $({
                    let reply = <contract::$noun::$request as Call>::Response::default();
                    let reply = serde_json::to_value(reply).expect("JSON");
                    assert!(reply[$items].is_array(), "{}", $items);
                })*
            }
        }
    };
}

paged! {
    channel: ListChannels, "channels" of ChannelSummary;
    stream: ListStreams, "streams" of StreamSummary;
    stream_key: ListStreamKeys, "streamKeys" of StreamKeySummary;
    stream_session: ListStreamSessions, "streamSessions" of StreamSessionSummary;
    recording_configuration: ListRecordingConfigurations, "recordingConfigurations" of RecordingConfigurationSummary;
    playback_key_pair: ListPlaybackKeyPairs, "keyPairs" of PlaybackKeyPairSummary;
    playback_restriction_policy: ListPlaybackRestrictionPolicies, "playbackRestrictionPolicies" of PlaybackRestrictionPolicySummary;
    ad_configuration: ListAdConfigurations, "adConfigurations" of AdConfigurationSummary;
    failover_slate_configuration: ListFailoverSlateConfigurations, "failoverSlateConfigurations" of FailoverSlateConfigurationSummary;
}
