//! What is typed into the form, as it is typed; the request is made from it.

use super::settings::{ON, PRIVATE, Setting, Settings};
use crate::shared::session;
use crate::shared::tag_editor::TagsTyped;
use crate::view::prelude::*;
use contract::channel::{
    Channel, ChannelLatencyMode, ChannelType, ContainerFormat, CreateChannel, MultitrackMaximumResolution, MultitrackPolicy,
    TranscodePreset,
};
use contract::tag::Tags;
use contract::{Check, FieldErrors};

/// One signal for each thing one can choose.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) name: RwSignal<String>,
    pub(super) kind: RwSignal<String>,
    pub(super) preset: RwSignal<String>,
    pub(super) latency: RwSignal<String>,
    pub(super) playback: RwSignal<String>,
    pub(super) policy: RwSignal<String>,
    pub(super) recording: RwSignal<String>,
    pub(super) container: RwSignal<String>,
    pub(super) multitrack: RwSignal<bool>,
    pub(super) multitrack_policy: RwSignal<String>,
    pub(super) multitrack_resolution: RwSignal<String>,
    pub(super) ads: RwSignal<String>,
    pub(super) slate: RwSignal<String>,
    pub(super) insecure: RwSignal<bool>,
    pub(super) tags: TagsTyped,
}

impl Typed {
    /// IVS's own defaults.
    pub(super) fn new() -> Self {
        let ours = Signal::derive(|| usize::from(session::me().is_some_and(|me| me.operation_tag)));
        Self::with(&Settings::of(&Channel::default()), ours)
    }

    /// What a channel has. Its tags are not changed here.
    pub(super) fn of(settings: &Settings) -> Self {
        Self::with(settings, Signal::stored(0))
    }

    fn with(settings: &Settings, ours: Signal<usize>) -> Self {
        let text = |setting| RwSignal::new(settings.get(setting).to_owned());
        let chosen = |text: &str| RwSignal::new(text.to_owned());
        let typed = Self {
            name: text(Setting::Name),
            kind: text(Setting::Kind),
            preset: chosen(TranscodePreset::HigherBandwidthDelivery.as_str()),
            latency: text(Setting::Latency),
            playback: text(Setting::Playback),
            policy: text(Setting::Policy),
            recording: text(Setting::Recording),
            container: text(Setting::Container),
            multitrack: RwSignal::new(false),
            multitrack_policy: chosen(MultitrackPolicy::Allow.as_str()),
            multitrack_resolution: chosen(MultitrackMaximumResolution::FullHd.as_str()),
            ads: text(Setting::Ads),
            slate: text(Setting::Slate),
            insecure: RwSignal::new(false),
            tags: TagsTyped::new(&Tags::new(), ours),
        };
        for setting in [Setting::Preset, Setting::Multitrack, Setting::Insecure] {
            typed.put(setting, settings.get(setting));
        }
        typed
    }

    /// One of the settings, reactively.
    pub(super) fn text(self, setting: Setting) -> String {
        let on = |signal: RwSignal<bool>, text: &dyn Fn() -> String| if signal.get() { text() } else { String::new() };
        match setting {
            Setting::Name => self.name.get(),
            Setting::Kind => self.kind.get(),
            Setting::Preset => self.preset.get(),
            Setting::Latency => self.latency.get(),
            Setting::Playback => self.playback.get(),
            Setting::Policy => self.policy.get(),
            Setting::Recording => self.recording.get(),
            Setting::Container => self.container.get(),
            Setting::Multitrack => {
                on(self.multitrack, &|| format!("{} {}", self.multitrack_policy.get(), self.multitrack_resolution.get()))
            }
            Setting::Ads => self.ads.get(),
            Setting::Slate => self.slate.get(),
            Setting::Insecure => on(self.insecure, &|| ON.to_owned()),
        }
    }

    /// Sets one of them. What a channel without it would take next stays chosen.
    pub(super) fn put(self, setting: Setting, text: &str) {
        let put = |signal: RwSignal<String>| signal.set(text.to_owned());
        match setting {
            Setting::Name => put(self.name),
            Setting::Kind => put(self.kind),
            Setting::Preset if text.is_empty() => {}
            Setting::Preset => put(self.preset),
            Setting::Latency => put(self.latency),
            Setting::Playback => put(self.playback),
            Setting::Policy => put(self.policy),
            Setting::Recording => put(self.recording),
            Setting::Container => put(self.container),
            Setting::Multitrack => {
                self.multitrack.set(!text.is_empty());
                if let Some((policy, most)) = text.split_once(' ') {
                    self.multitrack_policy.set(policy.to_owned());
                    self.multitrack_resolution.set(most.to_owned());
                }
            }
            Setting::Ads => put(self.ads),
            Setting::Slate => put(self.slate),
            Setting::Insecure => self.insecure.set(!text.is_empty()),
        }
    }

    /// All of them, reactively.
    pub(super) fn settings(self) -> Settings {
        Setting::ALL.map(|setting| self.text(setting)).to_vec().into()
    }

    pub(super) fn private(self) -> bool {
        self.playback.with(|playback| playback == PRIVATE)
    }

    pub(super) fn advanced(self) -> bool {
        self.kind.with(|kind| matches!(ChannelType::from(kind.as_str()), ChannelType::AdvancedSd | ChannelType::AdvancedHd))
    }

    /// Does multitrack input fit the type and the container?
    pub(super) fn multitrack_fits(self) -> bool {
        self.kind.with(|kind| kind == ChannelType::Standard.as_str()) && self.fragmented()
    }

    pub(super) fn fragmented(self) -> bool {
        self.container.with(|container| container == ContainerFormat::FragmentedMp4.as_str())
    }

    /// The request without its tags.
    fn plain(self) -> CreateChannel {
        let given = self.settings().update("", &Setting::ALL);
        let some = |text: Option<String>| text.filter(|text| !text.is_empty());
        CreateChannel {
            name: some(given.name),
            latency_mode: given.latency_mode,
            kind: given.kind,
            authorized: given.authorized.filter(|on| *on),
            recording_configuration_arn: some(given.recording_configuration_arn),
            tags: Tags::new(),
            insecure_ingest: given.insecure_ingest.filter(|on| *on),
            preset: given.preset.filter(|_| self.advanced()),
            playback_restriction_policy_arn: some(given.playback_restriction_policy_arn).filter(|_| !self.private()),
            multitrack_input_configuration: given.multitrack_input_configuration.filter(|input| input.enabled == Some(true)),
            container_format: given.container_format.filter(|container| *container != ContainerFormat::Ts),
            ad_configuration_arn: some(given.ad_configuration_arn),
            failover_slate_configuration_arn: some(given.failover_slate_configuration_arn),
        }
    }

    /// What would be sent. What is as IVS has it anyway is left out.
    pub(super) fn request(self) -> CreateChannel {
        CreateChannel { tags: self.tags.tags(), ..self.plain() }
    }

    /// What is sent by somebody who typed nothing.
    pub(super) fn untouched(self) -> CreateChannel {
        let (latency_mode, kind) = (Some(ChannelLatencyMode::Low), Some(ChannelType::Standard));
        CreateChannel { latency_mode, kind, ..CreateChannel::default() }
    }

    /// What IVS would refuse. Tags are said by row, which the request no longer knows.
    pub(super) fn check(self) -> FieldErrors {
        let mut errors = self.plain().check().err().unwrap_or_default();
        errors.0.extend(self.tags.check().0);
        errors
    }
}
