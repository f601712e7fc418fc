//! The demo's channels, a row each.

use super::supplies::{Supplies, tags};
use contract::channel::{
    ChannelLatencyMode, ChannelType, ContainerFormat, CreateChannel, MultitrackInputConfiguration, MultitrackMaximumResolution,
    MultitrackPolicy,
};

/// A channel of the demo.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) region: &'static str,
    pub(super) name: &'static str,
    /// Tags: team, event, env, cost-centre.
    labels: [&'static str; 4],
    kind: Kind,
    pub(super) extras: &'static [Extra],
    /// One of [`crate::scenario::ENCODERS`].
    pub(super) encoder: &'static str,
    pub(super) show: Show,
    pub(super) air: Option<Air>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Basic,
    Standard,
    Sd,
    Hd,
}

/// What a channel has that others have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extra {
    /// The region's archive.
    Recorded,
    /// The slate.
    Slate,
    /// The policy of rights.
    Rights,
    /// Viewers need a token.
    Private,
    /// The ad configuration.
    Ads,
    /// Several renditions from the encoder.
    Multitrack,
    /// RTMP.
    Insecure,
    /// Broadcast-style latency.
    Normal,
    /// Its encoder signs in again by itself after StopStream.
    Reconnects,
}

/// When it was on air in the last two weeks, and will be in the next days. Hours are UTC.
#[derive(Clone, Copy, Debug)]
pub(super) enum Show {
    /// Never.
    Quiet,
    /// Each day at this hour, for so many minutes.
    Daily(u8, u16),
    /// Monday to Friday.
    Weekdays(u8, u16),
    /// Saturday and Sunday.
    Weekends(u8, u16),
    /// Once a week; 0 is Sunday.
    Weekly(u8, u8, u16),
}

/// On air now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Air {
    /// Since so many minutes.
    pub(super) since: u16,
    /// How many watch.
    pub(super) audience: u64,
    pub(super) trouble: Trouble,
}

/// What is wrong with what is on air.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nothing.
    None,
    /// The encoder's network is too slow.
    Starving,
    /// The recording failed.
    RecordingFailed,
}

impl Row {
    /// How it is created.
    pub(super) fn request(&self, supplies: &Supplies) -> CreateChannel {
        let has = |extra| self.extras.contains(&extra);
        let [team, event, env, cost_centre] = self.labels;
        let labels = [("team", team), ("event", event), ("env", env), ("cost-centre", cost_centre)];
        let labels: Vec<(&str, &str)> = labels.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let attached = |extra, arn: &String| has(extra).then(|| arn.clone());
        CreateChannel {
            name: Some(self.name.to_owned()),
            kind: Some(self.kind.channel_type()),
            latency_mode: has(Extra::Normal).then_some(ChannelLatencyMode::Normal),
            authorized: has(Extra::Private).then_some(true),
            insecure_ingest: has(Extra::Insecure).then_some(true),
            recording_configuration_arn: attached(Extra::Recorded, &supplies.archive),
            playback_restriction_policy_arn: attached(Extra::Rights, &supplies.policy),
            ad_configuration_arn: attached(Extra::Ads, &supplies.ads),
            failover_slate_configuration_arn: attached(Extra::Slate, &supplies.slate),
            container_format: has(Extra::Multitrack).then_some(ContainerFormat::FragmentedMp4),
            multitrack_input_configuration: has(Extra::Multitrack).then_some(MultitrackInputConfiguration {
                enabled: Some(true),
                policy: Some(MultitrackPolicy::Allow),
                maximum_resolution: Some(MultitrackMaximumResolution::FullHd),
            }),
            tags: tags(&labels),
            ..CreateChannel::default()
        }
    }
}

impl Kind {
    const fn channel_type(self) -> ChannelType {
        match self {
            Self::Basic => ChannelType::Basic,
            Self::Standard => ChannelType::Standard,
            Self::Sd => ChannelType::AdvancedSd,
            Self::Hd => ChannelType::AdvancedHd,
        }
    }
}

const fn row(region: &'static str, name: &'static str, labels: [&'static str; 4], encoder: &'static str, show: Show) -> Row {
    Row { region, name, labels, kind: Kind::Standard, extras: &[], encoder, show, air: None }
}

impl Row {
    const fn of(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    const fn with(self, extras: &'static [Extra]) -> Self {
        Self { extras, ..self }
    }

    const fn on_air(self, since: u16, audience: u64) -> Self {
        Self { air: Some(Air { since, audience, trouble: Trouble::None }), ..self }
    }

    const fn but(self, trouble: Trouble) -> Self {
        match self.air {
            Some(air) => Self { air: Some(Air { trouble, ..air }), ..self },
            None => self,
        }
    }
}

use Extra::{Ads, Insecure, Multitrack, Normal, Private, Reconnects, Recorded, Rights, Slate};
use Kind::{Basic, Hd, Sd};
use Show::{Daily, Quiet, Weekdays, Weekends, Weekly};

const EU: &str = "eu-west-1";
const US: &str = "us-west-2";
const CUP: &str = "autumn-cup";
const LEAGUE: &str = "rift-league";

/// All of them, in the order they were made.
pub(super) const CHANNELS: &[Row] = &[
    row(EU, "arena-main", ["sport", CUP, "prod", "4100"], "vmix", Weekends(15, 170)).with(&[Recorded, Slate, Rights]).on_air(96, 14_200),
    row(EU, "arena-pitch-side", ["sport", CUP, "prod", "4100"], "atem", Weekends(15, 170)).with(&[Recorded, Rights]).on_air(91, 2_350),
    row(EU, "arena-backup", ["sport", CUP, "prod", "4100"], "obs", Quiet).with(&[Slate, Rights]),
    row(EU, "arena-interview", ["sport", CUP, "prod", "4100"], "larix", Weekends(18, 40)).of(Hd),
    row(EU, "studio-a", ["news", "", "prod", "4200"], "vmix", Weekdays(17, 55)).with(&[Recorded, Slate]).on_air(22, 3_900),
    row(EU, "studio-b", ["news", "", "prod", "4200"], "vmix", Weekdays(12, 30)).with(&[Recorded]),
    row(EU, "studio-c-rehearsal", ["news", "", "staging", "4200"], "obs720", Weekly(4, 10, 75)).of(Basic),
    row(EU, "morning-show", ["news", "morning", "prod", "4210"], "wirecast", Weekdays(6, 175)).with(&[Recorded, Slate]),
    row(EU, "radio-visual", ["audio", "", "prod", "4300"], "obs720", Daily(7, 600)).of(Basic).on_air(348, 640),
    row(EU, "press-room", ["news", "", "prod", "4200"], "ffmpeg", Weekly(3, 10, 65)).with(&[Recorded]),
    row(EU, "council-chamber", ["civic", "sessions", "prod", "5100"], "ffmpeg", Weekly(2, 14, 190))
        .of(Hd)
        .with(&[Recorded, Normal])
        .on_air(64, 210)
        .but(Trouble::RecordingFailed),
    row(EU, "council-committee-1", ["civic", "sessions", "prod", "5100"], "ffmpeg", Weekly(3, 9, 120)).of(Sd).with(&[Recorded, Normal]),
    row(EU, "council-committee-2", ["civic", "sessions", "prod", "5100"], "ffmpeg", Weekly(4, 9, 120)).of(Sd).with(&[Recorded, Normal]),
    row(EU, "esports-eu-1", ["esports", LEAGUE, "prod", "6100"], "multitrack", Daily(16, 240)).with(&[Multitrack]).on_air(131, 9_800),
    row(EU, "esports-eu-2", ["esports", LEAGUE, "prod", "6100"], "obs", Daily(16, 240)).with(&[Recorded, Reconnects]).on_air(127, 4_100),
    row(EU, "esports-eu-3", ["esports", LEAGUE, "prod", "6100"], "obs", Weekends(16, 240)).with(&[Recorded]),
    row(EU, "esports-eu-observer", ["esports", LEAGUE, "prod", "6100"], "obs", Daily(16, 235)),
    row(EU, "worship-central", ["faith", "", "prod", "5200"], "atem", Weekly(0, 9, 80)).of(Hd).with(&[Recorded]),
    row(EU, "worship-riverside", ["faith", "", "prod", "5200"], "larix", Weekly(0, 10, 75)).of(Sd),
    row(EU, "lecture-hall-1", ["campus", "term-1", "prod", "5300"], "obs720", Weekdays(9, 90)).of(Sd).with(&[Recorded, Normal]),
    row(EU, "lecture-hall-2", ["campus", "term-1", "prod", "5300"], "obs720", Weekdays(11, 90)).of(Sd).with(&[Recorded, Normal]),
    row(EU, "lecture-hall-3", ["campus", "term-1", "prod", "5300"], "obs720", Weekdays(13, 90)).of(Sd).with(&[Recorded, Normal]),
    row(EU, "auction-room", ["commerce", "", "prod", "6200"], "web", Weekly(5, 13, 210)),
    row(EU, "auction-room-2", ["commerce", "", "prod", "6200"], "web", Weekly(5, 13, 205)),
    row(EU, "opera-house", ["culture", "season-26", "prod", "5400"], "vmix", Weekly(6, 18, 165)).with(&[Recorded, Rights, Normal]),
    row(EU, "festival-main-stage", ["culture", "harbour-festival", "prod", "5400"], "atem", Quiet).with(&[Recorded, Slate]),
    row(EU, "festival-tent", ["culture", "harbour-festival", "prod", "5400"], "obs", Quiet),
    row(EU, "field-cam-1", ["news", "", "prod", "4220"], "larix", Weekly(1, 11, 25)).of(Basic).with(&[Insecure]),
    row(EU, "field-cam-2", ["news", "", "prod", "4220"], "larix", Weekly(2, 11, 25))
        .of(Basic)
        .with(&[Insecure])
        .on_air(38, 87)
        .but(Trouble::Starving),
    row(EU, "cycling-moto-1", ["sport", "coast-tour", "prod", "4110"], "larix", Quiet).with(&[Insecure]),
    row(EU, "cycling-finish", ["sport", "coast-tour", "prod", "4110"], "vmix", Quiet).with(&[Recorded, Rights]),
    row(EU, "rowing-finish", ["sport", "", "prod", "4110"], "atem", Weekly(6, 8, 260)).with(&[Recorded]),
    row(EU, "town-hall-meeting", ["internal", "", "prod", "7100"], "web", Weekly(1, 15, 50)).with(&[Recorded]),
    row(EU, "product-launch", ["marketing", "launch-2026", "prod", "7200"], "vmix", Quiet).with(&[Recorded, Slate]),
    row(EU, "partner-preview", ["marketing", "launch-2026", "prod", "7200"], "obs", Weekly(4, 14, 45)).with(&[Private]),
    row(EU, "ops-canary", ["platform", "", "prod", "9000"], "ffmpeg", Daily(3, 10)).of(Basic),
    row(EU, "staging-studio", ["platform", "", "staging", "9000"], "obs", Weekly(2, 8, 15)),
    row(EU, "loadtest-1", ["platform", "", "dev", "9000"], "ffmpeg", Quiet).of(Basic).with(&[Insecure]),
    row(US, "stadium-main", ["sport", "gridiron", "prod", "4150"], "vmix", Weekends(19, 200)).with(&[Recorded, Ads]).on_air(74, 11_700),
    row(US, "stadium-sideline", ["sport", "gridiron", "prod", "4150"], "atem", Weekends(19, 200)).with(&[Recorded]),
    row(US, "esports-na-1", ["esports", LEAGUE, "prod", "6150"], "obs", Daily(22, 230)).with(&[Recorded]).on_air(143, 5_400),
    row(US, "esports-na-2", ["esports", LEAGUE, "prod", "6150"], "obs", Daily(22, 230)).with(&[Recorded]),
    row(US, "esports-na-observer", ["esports", LEAGUE, "prod", "6150"], "obs", Daily(22, 225)),
    row(US, "keynote", ["marketing", "summit-2026", "prod", "7250"], "vmix", Quiet).with(&[Recorded, Rights]),
    row(US, "keynote-backup", ["marketing", "summit-2026", "prod", "7250"], "obs", Quiet).with(&[Rights]),
    row(US, "breakout-1", ["marketing", "summit-2026", "prod", "7250"], "obs720", Quiet).of(Hd).with(&[Recorded]),
    row(US, "breakout-2", ["marketing", "summit-2026", "prod", "7250"], "obs720", Quiet).of(Hd).with(&[Recorded]),
    row(US, "breakout-3", ["marketing", "summit-2026", "prod", "7250"], "obs720", Quiet).of(Hd).with(&[Recorded]),
    row(US, "surf-cam-north", ["outdoor", "", "prod", "6300"], "ffmpeg", Daily(14, 600)).of(Basic).on_air(415, 320),
    row(US, "surf-cam-south", ["outdoor", "", "prod", "6300"], "ffmpeg", Daily(14, 590)).of(Basic),
    row(US, "fitness-live", ["lifestyle", "", "prod", "6400"], "obs", Weekdays(15, 45)).with(&[Recorded]),
    row(US, "cooking-live", ["lifestyle", "", "prod", "6400"], "wirecast", Weekly(3, 23, 60)).with(&[Recorded]),
    row(US, "shop-live", ["commerce", "", "prod", "6250"], "web", Weekdays(20, 120)).with(&[Reconnects]).on_air(17, 1_150),
    row(US, "radio-visual-west", ["audio", "", "prod", "4350"], "obs720", Weekdays(14, 240)).of(Basic),
    row(US, "campus-chapel", ["faith", "", "prod", "5250"], "atem", Weekly(0, 17, 70)).of(Sd),
    row(US, "lecture-hall-west", ["campus", "term-1", "prod", "5350"], "obs720", Weekdays(17, 80)).of(Sd).with(&[Recorded, Normal]),
    row(US, "press-room-west", ["news", "", "prod", "4250"], "ffmpeg", Weekly(2, 18, 50)).with(&[Recorded]),
    row(US, "board-briefing", ["internal", "", "prod", "7150"], "web", Weekly(1, 16, 55)).with(&[Private, Recorded]),
    row(US, "ops-canary-west", ["platform", "", "prod", "9000"], "ffmpeg", Daily(3, 10)).of(Basic),
    row(US, "staging-studio-west", ["platform", "", "staging", "9000"], "obs", Weekly(2, 16, 15)),
];
