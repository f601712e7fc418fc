//! The settings of a channel as the form has them, each a text: so what was there, what is there now and what a person
//! typed are compared in one way.

use contract::channel::{Channel, ChannelLatencyMode, ChannelType, ContainerFormat, MultitrackInputConfiguration, UpdateChannel};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Name,
    Kind,
    Preset,
    Latency,
    Playback,
    Policy,
    Recording,
    Container,
    Multitrack,
    Ads,
    Slate,
    Insecure,
}

/// The value of a choice that makes a channel private.
pub(super) const PRIVATE: &str = "private";

/// The value of a switch that is on; off is `""`.
pub(super) const ON: &str = "on";

impl Setting {
    /// In the order of the form.
    pub(super) const ALL: [Self; 12] = [
        Self::Name,
        Self::Kind,
        Self::Preset,
        Self::Latency,
        Self::Playback,
        Self::Policy,
        Self::Recording,
        Self::Container,
        Self::Multitrack,
        Self::Ads,
        Self::Slate,
        Self::Insecure,
    ];

    /// As the form calls it, and its place on IVS's wire.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("Name", "name"),
            Self::Kind => ("Type", "type"),
            Self::Preset => ("Preset", "preset"),
            Self::Latency => ("Latency", "latencyMode"),
            Self::Playback => ("Playback", "authorized"),
            Self::Policy => ("Playback restriction policy", "playbackRestrictionPolicyArn"),
            Self::Recording => ("Recording", "recordingConfigurationArn"),
            Self::Container => ("Container format", "containerFormat"),
            Self::Multitrack => ("Multitrack input", "multitrackInputConfiguration.enabled"),
            Self::Ads => ("Ad configuration", "adConfigurationArn"),
            Self::Slate => ("Failover slate", "failoverSlateConfigurationArn"),
            Self::Insecure => ("Insecure ingest", "insecureIngest"),
        }
    }

    /// What the form calls it.
    pub(super) const fn label(self) -> &'static str {
        self.names().0
    }

    /// Where its errors stand.
    pub(super) const fn path(self) -> &'static str {
        self.names().1
    }

    /// The member that it is, or is in.
    pub(super) fn member(self) -> &'static str {
        top(self.path())
    }

    /// Is this error about it, or about what may no longer fit when it is changed?
    pub(super) fn concerns(self, path: &str) -> bool {
        let about = |other: Self| top(path) == other.member();
        about(self)
            || matches!(self, Self::Kind | Self::Container) && about(Self::Multitrack)
            || self == Self::Container && about(Self::Ads)
    }

    /// Of a channel. What IVS leaves out is at its default.
    fn of(self, channel: &Channel) -> String {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let switch = |on: Option<bool>, value: &str| if on == Some(true) { value.to_owned() } else { String::new() };
        match self {
            Self::Name => text(channel.name.as_deref()),
            Self::Kind => channel.kind.as_ref().unwrap_or(&ChannelType::Standard).as_str().to_owned(),
            Self::Preset => text(channel.preset.as_ref().map(|preset| preset.as_str())),
            Self::Latency => channel.latency_mode.as_ref().unwrap_or(&ChannelLatencyMode::Low).as_str().to_owned(),
            Self::Playback => switch(channel.authorized, PRIVATE),
            Self::Policy => text(channel.playback_restriction_policy_arn.as_deref()),
            Self::Recording => text(channel.recording_configuration_arn.as_deref()),
            Self::Container => channel.container_format.as_ref().unwrap_or(&ContainerFormat::Ts).as_str().to_owned(),
            Self::Multitrack => channel.multitrack_input_configuration.as_ref().map(multitrack).unwrap_or_default(),
            Self::Ads => text(channel.ad_configuration_arn.as_deref()),
            Self::Slate => text(channel.failover_slate_configuration_arn.as_deref()),
            Self::Insecure => switch(channel.insecure_ingest, ON),
        }
    }

    /// Puts it into an update.
    fn put(self, text: &str, update: &mut UpdateChannel) {
        let arn = || Some(text.to_owned());
        match self {
            Self::Name => update.name = Some(text.to_owned()),
            Self::Kind => update.kind = Some(text.into()),
            Self::Preset => update.preset = Some(text.into()),
            Self::Latency => update.latency_mode = Some(text.into()),
            Self::Playback => update.authorized = Some(text == PRIVATE),
            Self::Policy => update.playback_restriction_policy_arn = arn(),
            Self::Recording => update.recording_configuration_arn = arn(),
            Self::Container => update.container_format = Some(text.into()),
            Self::Multitrack => update.multitrack_input_configuration = Some(multitrack_of(text)),
            Self::Ads => update.ad_configuration_arn = arn(),
            Self::Slate => update.failover_slate_configuration_arn = arn(),
            Self::Insecure => update.insecure_ingest = Some(text == ON),
        }
    }
}

/// `multitrackInputConfiguration.enabled` is in `multitrackInputConfiguration`.
fn top(path: &str) -> &str {
    path.split_once('.').map_or(path, |(top, _)| top)
}

/// The policy and the largest rendition, and nothing while it is off: IVS keeps both for later.
fn multitrack(input: &MultitrackInputConfiguration) -> String {
    if input.enabled != Some(true) {
        return String::new();
    }
    let policy = input.policy.as_ref().map_or("", |policy| policy.as_str());
    format!("{policy} {}", input.maximum_resolution.as_ref().map_or("", |most| most.as_str()))
}

fn multitrack_of(text: &str) -> MultitrackInputConfiguration {
    let Some((policy, most)) = text.split_once(' ') else {
        return MultitrackInputConfiguration { enabled: Some(false), ..MultitrackInputConfiguration::default() };
    };
    MultitrackInputConfiguration { enabled: Some(true), policy: Some(policy.into()), maximum_resolution: Some(most.into()) }
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settings(Vec<String>);

impl From<Vec<String>> for Settings {
    /// In the order of [`Setting::ALL`].
    fn from(texts: Vec<String>) -> Self {
        Self(texts)
    }
}

impl Settings {
    /// Those of a channel.
    pub(super) fn of(channel: &Channel) -> Self {
        Self(Setting::ALL.map(|setting| setting.of(channel)).into())
    }

    /// Each as a text, in the order of [`Setting::ALL`].
    pub(super) fn texts(self) -> Vec<String> {
        self.0
    }

    /// One of them.
    pub(super) fn get(&self, setting: Setting) -> &str {
        &self.0[setting as usize]
    }

    /// An update of these members to what they are here. `""` ends an association.
    pub(super) fn update(&self, arn: &str, members: &[Setting]) -> UpdateChannel {
        let mut update = UpdateChannel { arn: arn.to_owned(), ..UpdateChannel::default() };
        for setting in members {
            setting.put(self.get(*setting), &mut update);
        }
        update
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::channel::{MultitrackMaximumResolution, MultitrackPolicy, TranscodePreset};

    fn whole() -> Channel {
        Channel {
            name: Some("finals".into()),
            kind: Some(ChannelType::AdvancedHd),
            preset: Some(TranscodePreset::ConstrainedBandwidthDelivery),
            latency_mode: Some(ChannelLatencyMode::Normal),
            authorized: Some(true),
            recording_configuration_arn: Some("recording".into()),
            container_format: Some(ContainerFormat::FragmentedMp4),
            multitrack_input_configuration: Some(MultitrackInputConfiguration {
                enabled: Some(true),
                policy: Some(MultitrackPolicy::Require),
                maximum_resolution: Some(MultitrackMaximumResolution::Unknown("UHD".into())),
            }),
            insecure_ingest: Some(true),
            ..Channel::default()
        }
    }

    #[test]
    fn what_is_read_from_a_channel_goes_back_as_it_was() {
        let channel = whole();
        let update = Settings::of(&channel).update("arn", &Setting::ALL);
        assert_eq!(
            (&update.name, &update.kind, &update.preset, &update.latency_mode, update.authorized, update.insecure_ingest),
            (&channel.name, &channel.kind, &channel.preset, &channel.latency_mode, Some(true), Some(true))
        );
        assert_eq!(update.multitrack_input_configuration, channel.multitrack_input_configuration);
        assert_eq!(update.container_format, channel.container_format);
        assert_eq!(update.recording_configuration_arn.as_deref(), Some("recording"));
        assert_eq!(update.ad_configuration_arn.as_deref(), Some(""), "an association that is none is ended");
    }

    #[test]
    fn only_the_members_that_are_named_are_in_an_update() {
        let update = Settings::of(&whole()).update("arn", &[Setting::Latency]);
        let latency_mode = Some(ChannelLatencyMode::Normal);
        assert_eq!(update, UpdateChannel { arn: "arn".into(), latency_mode, ..UpdateChannel::default() });
    }

    #[test]
    fn an_error_concerns_what_is_changed_and_what_that_must_fit() {
        assert!(Setting::Multitrack.concerns("multitrackInputConfiguration.policy"));
        assert!(Setting::Container.concerns("adConfigurationArn") && Setting::Kind.concerns("multitrackInputConfiguration.enabled"));
        assert!(!Setting::Name.concerns("type") && !Setting::Kind.concerns("adConfigurationArn"));
    }

    #[test]
    fn multitrack_that_is_off_is_one_value_whatever_ivs_remembers() {
        let off = MultitrackInputConfiguration { enabled: Some(false), policy: Some(MultitrackPolicy::Allow), maximum_resolution: None };
        let settings = Settings::of(&Channel { multitrack_input_configuration: Some(off), ..Channel::default() });
        assert_eq!(settings.get(Setting::Multitrack), "");
        assert_eq!(settings, Settings::of(&Channel::default()));
        let update = settings.update("arn", &[Setting::Multitrack]).multitrack_input_configuration;
        assert_eq!(update, Some(MultitrackInputConfiguration { enabled: Some(false), policy: None, maximum_resolution: None }));
    }
}
