//! What is typed into the form, as it is typed; the request is made from it.

use crate::shared::session;
use crate::shared::tag_editor::TagsTyped;
use crate::view::prelude::*;
use contract::channel::{
    ChannelLatencyMode, ChannelType, ContainerFormat, CreateChannel, MultitrackInputConfiguration, MultitrackMaximumResolution,
    MultitrackPolicy, TranscodePreset,
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

/// The value of a choice that makes a channel private.
pub(super) const PRIVATE: &str = "private";

impl Typed {
    /// IVS's own defaults.
    pub(super) fn new() -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        let ours = Signal::derive(|| usize::from(session::me().is_some_and(|me| me.operation_tag)));
        Self {
            name: text(""),
            kind: text(ChannelType::Standard.as_str()),
            preset: text(TranscodePreset::HigherBandwidthDelivery.as_str()),
            latency: text(ChannelLatencyMode::Low.as_str()),
            playback: text(""),
            policy: text(""),
            recording: text(""),
            container: text(ContainerFormat::Ts.as_str()),
            multitrack: RwSignal::new(false),
            multitrack_policy: text(MultitrackPolicy::Allow.as_str()),
            multitrack_resolution: text(MultitrackMaximumResolution::FullHd.as_str()),
            ads: text(""),
            slate: text(""),
            insecure: RwSignal::new(false),
            tags: TagsTyped::new(&Tags::new(), ours),
        }
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
        let arn = |arn: RwSignal<String>| Some(arn.get()).filter(|arn| !arn.is_empty());
        let multitrack = || MultitrackInputConfiguration {
            enabled: Some(true),
            policy: Some(self.multitrack_policy.with(|chosen| chosen.as_str().into())),
            maximum_resolution: Some(self.multitrack_resolution.with(|chosen| chosen.as_str().into())),
        };
        CreateChannel {
            name: Some(self.name.get()).filter(|name| !name.is_empty()),
            latency_mode: Some(self.latency.with(|chosen| chosen.as_str().into())),
            kind: Some(self.kind.with(|chosen| chosen.as_str().into())),
            authorized: self.private().then_some(true),
            recording_configuration_arn: arn(self.recording),
            tags: Tags::new(),
            insecure_ingest: self.insecure.get().then_some(true),
            preset: self.advanced().then(|| self.preset.with(|chosen| chosen.as_str().into())),
            playback_restriction_policy_arn: arn(self.policy).filter(|_| !self.private()),
            multitrack_input_configuration: self.multitrack.get().then(multitrack),
            container_format: self.fragmented().then_some(ContainerFormat::FragmentedMp4),
            ad_configuration_arn: arn(self.ads),
            failover_slate_configuration_arn: arn(self.slate),
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
