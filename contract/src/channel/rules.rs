//! What IVS demands of a channel's settings together, and of its state.

use super::kind::{ChannelType, ContainerFormat, TranscodePreset};
use super::shape::{Channel, MultitrackInputConfiguration};
use crate::constraint::{Check, Findings};

/// The settings of a channel that limit each other (`docs/ivs-behaviour.md` 2.3), absent ones at their defaults. A create
/// checks what it sends; an update is checked after it is merged into the channel, by IVS and by the form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules<'a> {
    /// `type`
    pub kind: Option<&'a ChannelType>,
    /// `preset`
    pub preset: Option<&'a TranscodePreset>,
    /// `multitrackInputConfiguration`
    pub multitrack: Option<&'a MultitrackInputConfiguration>,
    /// `containerFormat`
    pub container: Option<&'a ContainerFormat>,
    /// `adConfigurationArn`
    pub ad_configuration: Option<&'a str>,
}

impl<'a> Rules<'a> {
    /// Those of a whole channel.
    pub fn of(channel: &'a Channel) -> Self {
        Self {
            kind: channel.kind.as_ref(),
            preset: channel.preset.as_ref(),
            multitrack: channel.multitrack_input_configuration.as_ref(),
            container: channel.container_format.as_ref(),
            ad_configuration: channel.ad_configuration_arn.as_deref(),
        }
    }
}

impl Check for Rules<'_> {
    fn look(&self, e: &mut Findings) {
        let kind = self.kind.unwrap_or(&ChannelType::Standard);
        let container = self.container.unwrap_or(&ContainerFormat::Ts);
        let advanced = matches!(kind, ChannelType::AdvancedSd | ChannelType::AdvancedHd);
        if self.preset.is_some_and(|preset| !preset.as_str().is_empty()) && !advanced {
            e.add("preset", "Only the ADVANCED types have a preset.");
        }
        if let Some(multitrack) = self.multitrack.filter(|multitrack| multitrack.enabled == Some(true)) {
            if *kind != ChannelType::Standard {
                e.add("multitrackInputConfiguration.enabled", "Multitrack input needs the type STANDARD.");
            }
            if *container != ContainerFormat::FragmentedMp4 {
                e.add("multitrackInputConfiguration.enabled", "Multitrack input needs the container format FRAGMENTED_MP4.");
            }
            if multitrack.policy.is_none() {
                e.add("multitrackInputConfiguration.policy", "Is required when multitrack input is on.");
            }
            if multitrack.maximum_resolution.is_none() {
                e.add("multitrackInputConfiguration.maximumResolution", "Is required when multitrack input is on.");
            }
        }
        if self.ad_configuration.is_some_and(|arn| !arn.is_empty()) && *container == ContainerFormat::FragmentedMp4 {
            e.add("adConfigurationArn", "Ads need the container format TS.");
        }
    }
}

/// Why a live channel cannot be changed or deleted, in IVS's own rule; `None` where it can.
pub fn locked(live: bool) -> Option<&'static str> {
    live.then_some("The channel is live. IVS changes and deletes only channels that are offline.")
}
