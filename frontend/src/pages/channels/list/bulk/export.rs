//! The channels that are selected or that show, as a file of comma-separated values (RFC 4180): IVS's own names in its first line, and what
//! the list knows of each in one more.

use super::super::rows::{Channel, Source};
use crate::shared::csv;
use contract::channel::ChannelSummary;
use contract::stream::StreamSummary;
use contract::tag::given;
use std::sync::Arc;

const HEAD: &str = "name,arn,state,health,viewerCount,type,latencyMode,authorized,insecureIngest,preset,recordingConfigurationArn,\
                    playbackRestrictionPolicyArn,adConfigurationArn,failoverSlateConfigurationArn,tags\r\n";

/// Saves it where the browser saves files.
pub(super) fn save(source: Source, channels: &[Arc<Channel>]) {
    let (known, region) = (source.all_known.get_untracked(), source.scope.with_untracked(|scope| scope.region.clone()));
    let lines = source.streams.with_untracked(|streams| {
        channels.iter().map(|channel| line(&channel.summary, streams.get(channel.arn()), known)).collect::<String>()
    });
    csv::save(&format!("channels-{region}"), &format!("{HEAD}{lines}"));
}

fn line(channel: &ChannelSummary, stream: Option<&StreamSummary>, known: bool) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let yes = |value: Option<bool>| value.map(|value| value.to_string()).unwrap_or_default();
    let state = match (stream, known) {
        (Some(_), _) => "LIVE",
        (None, true) => "OFFLINE",
        // Not every live stream could be looked up.
        (None, false) => "",
    };
    let tags: Vec<String> = given(&channel.tags).iter().map(|(key, value)| format!("{key}={value}")).collect();
    let cells = [
        text(&channel.name),
        text(&channel.arn),
        state.to_owned(),
        stream.and_then(|stream| stream.health.as_ref()).map(|health| health.as_str().to_owned()).unwrap_or_default(),
        stream.and_then(|stream| stream.viewer_count).map(|count| count.to_string()).unwrap_or_default(),
        channel.kind.as_ref().map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        channel.latency_mode.as_ref().map(|mode| mode.as_str().to_owned()).unwrap_or_default(),
        yes(channel.authorized),
        yes(channel.insecure_ingest),
        channel.preset.as_ref().map(|preset| preset.as_str().to_owned()).unwrap_or_default(),
        text(&channel.recording_configuration_arn),
        text(&channel.playback_restriction_policy_arn),
        text(&channel.ad_configuration_arn),
        text(&channel.failover_slate_configuration_arn),
        // No tag has a semicolon in it.
        tags.join("; "),
    ];
    csv::line(&cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::tag::Tags;

    #[test]
    fn a_channel_is_a_line_and_none_of_its_cells_a_formula() {
        let channel = ChannelSummary {
            name: Some("-x".to_owned()),
            arn: Some("arn:aws:ivs:eu-west-1:123456789012:channel/a".to_owned()),
            authorized: Some(true),
            tags: Tags::from([("=HYPERLINK".to_owned(), "a".to_owned()), ("tally:op".to_owned(), "1".to_owned())]),
            ..ChannelSummary::default()
        };
        let text = line(&channel, Some(&StreamSummary { viewer_count: Some(-1), ..StreamSummary::default() }), true);
        let expected =
            r#""'-x","arn:aws:ivs:eu-west-1:123456789012:channel/a","LIVE","","-1","","","true","","","","","","","'=HYPERLINK=a""#;
        assert_eq!(text, format!("{expected}\r\n"));
        assert_eq!(HEAD.split(',').count(), text.split(',').count());
        assert!(line(&channel, None, true).contains("\"OFFLINE\"") && line(&channel, None, false).contains(",\"\",\"\",\"\","));
    }
}
