//! The channel as it was at go-live, and what of it is otherwise now.

use crate::routes::Noun;
use crate::shared::words;
use contract::channel::{Channel, MultitrackInputConfiguration};

/// A value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// In words.
    Text(String),
    /// What it is connected with, by ARN; empty where it is not.
    Of(Noun, String),
}

/// A setting: what it is called, what it was, and what it is now where that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) label: &'static str,
    pub(super) then: Value,
    pub(super) now: Option<Value>,
}

/// Reads a setting as IVS says it; `None` where it does not, which is not the same as another value.
type Read = fn(&Channel) -> Option<Value>;

/// What is compared.
const SETTINGS: &[(&str, Read)] = &[
    ("Name", |channel| channel.name.clone().map(Value::Text)),
    ("Type", |channel| channel.kind.as_ref().map(|kind| Value::Text(kind.to_string()))),
    ("Preset", |channel| channel.preset.as_ref().map(|preset| Value::Text(words::preset(preset)))),
    ("Latency", |channel| channel.latency_mode.as_ref().map(|mode| Value::Text(words::latency(mode)))),
    ("Playback", |channel| channel.authorized.map(|_| Value::Text(playback(channel).to_owned()))),
    ("Container", |channel| channel.container_format.as_ref().map(|format| Value::Text(format.to_string()))),
    ("Multitrack input", |channel| channel.multitrack_input_configuration.as_ref().map(multitrack)),
    ("Insecure ingest", |channel| channel.insecure_ingest.map(|insecure| text(insecure, "Allowed", "Refused"))),
    ("Restriction policy", |channel| of(Noun::Policy, channel.playback_restriction_policy_arn.as_ref())),
    ("Recording", |channel| of(Noun::Recording, channel.recording_configuration_arn.as_ref())),
    ("Ads", |channel| of(Noun::Ads, channel.ad_configuration_arn.as_ref())),
    ("Failover slate", |channel| of(Noun::Slate, channel.failover_slate_configuration_arn.as_ref())),
];

/// As the list and the channel's own page call it.
fn playback(channel: &Channel) -> &'static str {
    words::playback(channel.authorized, channel.playback_restriction_policy_arn.as_deref()).0
}

fn text(on: bool, yes: &str, no: &str) -> Value {
    Value::Text(if on { yes } else { no }.to_owned())
}

fn multitrack(input: &MultitrackInputConfiguration) -> Value {
    if input.enabled != Some(true) {
        return Value::Text("Off".to_owned());
    }
    let policy = input.policy.as_ref().map(ToString::to_string).unwrap_or_default();
    let most = input.maximum_resolution.as_ref().map(ToString::to_string).unwrap_or_default();
    Value::Text(format!("{policy} · up to {most}"))
}

/// IVS leaves out what a channel is not connected with, or says it is `""`.
fn of(noun: Noun, arn: Option<&String>) -> Option<Value> {
    Some(Value::Of(noun, arn.cloned().unwrap_or_default()))
}

/// All settings that IVS kept. Without a channel of now nothing differs.
pub(super) fn settings(then: &Channel, now: Option<&Channel>) -> Vec<Setting> {
    let setting = |(label, read): &(&'static str, Read)| {
        let then = read(then)?;
        let now = now.and_then(read).filter(|now| *now != then);
        Some(Setting { label, then, now })
    };
    SETTINGS.iter().filter_map(setting).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::channel::{ChannelLatencyMode, ChannelType};

    fn changed(then: &Channel, now: Option<&Channel>) -> Vec<&'static str> {
        settings(then, now).into_iter().filter(|setting| setting.now.is_some()).map(|setting| setting.label).collect()
    }

    #[test]
    fn only_what_differs_is_said_to() {
        let then = Channel { name: Some("a".into()), kind: Some(ChannelType::Basic), authorized: Some(false), ..Channel::default() };
        let now = Channel { name: Some("b".into()), authorized: Some(true), ..then.clone() };
        assert_eq!(changed(&then, Some(&now)), ["Name", "Playback"]);
        assert!(changed(&then, Some(&then)).is_empty() && changed(&then, None).is_empty());
        assert_eq!(settings(&then, None)[0], Setting { label: "Name", then: Value::Text("a".into()), now: None });
    }

    #[test]
    fn a_public_channel_with_a_policy_is_restricted() {
        let open = Channel { authorized: Some(false), ..Channel::default() };
        let restricted = Channel { playback_restriction_policy_arn: Some("arn".into()), ..open.clone() };
        let said =
            |channel: &Channel| settings(channel, None).into_iter().find(|setting| setting.label == "Playback").map(|setting| setting.then);
        assert_eq!(said(&open), Some(Value::Text("Public".into())));
        assert_eq!(said(&restricted), Some(Value::Text("Restricted".into())));
        assert_eq!(said(&Channel { authorized: Some(true), ..restricted }), Some(Value::Text("Private".into())));
        assert_eq!(said(&Channel::default()), None);
    }

    #[test]
    fn what_the_snapshot_leaves_out_has_not_changed() {
        let now = Channel { latency_mode: Some(ChannelLatencyMode::Low), insecure_ingest: Some(true), ..Channel::default() };
        assert!(changed(&Channel::default(), Some(&now)).is_empty());
    }

    #[test]
    fn a_connection_that_is_not_named_is_none() {
        let recorded = Channel { recording_configuration_arn: Some("arn".into()), ..Channel::default() };
        let empty = Channel { recording_configuration_arn: Some(String::new()), ..Channel::default() };
        assert_eq!(changed(&Channel::default(), Some(&recorded)), ["Recording"]);
        assert_eq!(changed(&recorded, Some(&empty)), ["Recording"]);
        assert!(changed(&empty, Some(&Channel::default())).is_empty());
    }
}
