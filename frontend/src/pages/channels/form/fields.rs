//! The fields, in the order in which people decide: what it is called, what it does with the stream, who may watch.

use super::settings::PRIVATE;
use super::typed::Typed;
use crate::components::fields::{Choice, Choices, Choose, SelectField, Switch, TextField};
use crate::shared::resource_select::{Offer, ResourceSelect};
use crate::shared::resources::Offers;
use crate::view::prelude::*;

const fn choice(value: &'static str, label: &'static str, text: &'static str) -> Choice {
    Choice { value, label, text }
}

pub(super) const TYPES: &[Choice] = &[
    choice("STANDARD", "Standard", "Transcoded, adaptive. Takes 1080p at 8.5 Mb/s"),
    choice("ADVANCED_HD", "Advanced HD", "Transcoded, up to 720p. Takes 1080p at 8.5 Mb/s"),
    choice("ADVANCED_SD", "Advanced SD", "Transcoded, up to 480p. Takes 1080p at 8.5 Mb/s"),
    choice("BASIC", "Basic", "Delivered as sent. Takes 1080p at 3.5 Mb/s"),
];
pub(super) const PRESETS: &[Choice] = &[
    choice("HIGHER_BANDWIDTH_DELIVERY", "Higher bandwidth", "Better quality, more data for viewers"),
    choice("CONSTRAINED_BANDWIDTH_DELIVERY", "Constrained bandwidth", "Less data for each quality"),
];
pub(super) const LATENCIES: &[Choice] =
    &[choice("LOW", "Low", "Near real time, for interaction"), choice("NORMAL", "Normal", "Broadcast style, steadier on poor networks")];
pub(super) const PLAYBACK: &[Choice] =
    &[choice("", "Public", "Anyone with the playback URL"), choice(PRIVATE, "Private", "Only with a token that you sign")];
pub(super) const CONTAINERS: &[Choice] =
    &[choice("TS", "TS", "Plays everywhere; ads need it"), choice("FRAGMENTED_MP4", "Fragmented MP4", "Multitrack input needs it")];

/// `more`: are the rarer settings unfolded? `tags`: where they are typed.
pub(super) fn fields(typed: Typed, offers: Offers, more: bool, tags: View) -> View {
    view! {
        <TextField
            label="Name"
            path="name"
            value=typed.name
            example="studio-a"
            help="For people; it need not be unique. Letters, digits, - and _, at most 128."
        />
        <Choices label="Type" path="type" value=typed.kind choices=TYPES help="Decides the price, and how much the encoder may send at most: IVS ends a stream that sends more."/>
        {move || typed.advanced().then(|| view! { <Choices label="Preset" path="preset" value=typed.preset choices=PRESETS/> })}
        <Choices label="Latency" path="latencyMode" value=typed.latency choices=LATENCIES/>
        <Choices label="Playback" path="authorized" value=typed.playback choices=PLAYBACK/>
        {policy(typed, offers.policies)}
        <ResourceSelect
            label="Recording"
            path="recordingConfigurationArn"
            value=typed.recording
            none="Not recorded"
            offer=offers.recordings
        />
        {tags}
        <details class="section" open=more>
            <summary>"More settings" <small>"container, multitrack input, ads, failover slate, insecure ingest"</small></summary>
            <div>{rarer(typed, offers)}</div>
        </details>
    }
}

fn policy(typed: Typed, offer: Offer) -> View {
    let off = Signal::derive(move || typed.private().then(|| "IVS ignores it on private channels: the token decides there.".to_owned()));
    view! {
        <ResourceSelect
            label="Playback restriction policy"
            path="playbackRestrictionPolicyArn"
            value=typed.policy
            none="Watched from anywhere"
            offer=offer
            help="Which countries and web pages may watch."
            off=off
        />
    }
}

fn rarer(typed: Typed, offers: Offers) -> View {
    // What is on already can always be turned off, whatever it needs.
    let ads_off = Signal::derive(move || {
        (typed.fragmented() && typed.ads.with(String::is_empty)).then(|| "Ads need the container format TS.".to_owned())
    });
    view! {
        <Choices label="Container format" path="containerFormat" value=typed.container choices=CONTAINERS/>
        {multitrack(typed)}
        <ResourceSelect
            label="Ad configuration"
            path="adConfigurationArn"
            value=typed.ads
            none="No ads"
            offer=offers.ads
            off=ads_off
        />
        <ResourceSelect
            label="Failover slate"
            path="failoverSlateConfigurationArn"
            value=typed.slate
            none="None"
            offer=offers.slates
            help="What viewers see when the encoder fails."
        />
        <Switch
            label="Allow insecure ingest"
            path="insecureIngest"
            value=typed.insecure
            help="RTMP without TLS, and SRT without a passphrase. For encoders that know no better."
        />
    }
}

fn multitrack(typed: Typed) -> View {
    let off = Signal::derive(move || {
        (!typed.multitrack_fits() && !typed.multitrack.get())
            .then(|| "Needs the type Standard and the container format Fragmented MP4.".to_owned())
    });
    let choose = |value: &str, label: &str| Choose { value: value.to_owned(), label: label.to_owned() };
    let policies = vec![choose("ALLOW", "Allow: one rendition or several"), choose("REQUIRE", "Require: several, one alone is refused")];
    let sizes = vec![choose("SD", "SD, to 480 lines"), choose("HD", "HD, to 720 lines"), choose("FULL_HD", "Full HD, to 1080 lines")];
    view! {
        <Switch
            label="Multitrack input"
            path="multitrackInputConfiguration.enabled"
            value=typed.multitrack
            help="The encoder sends several renditions itself."
            off=off
        />
        {move || {
            typed
                .multitrack
                .get()
                .then(|| {
                    view! {
                        <SelectField
                            label="Multitrack policy"
                            path="multitrackInputConfiguration.policy"
                            value=typed.multitrack_policy
                            choices=policies.clone()
                        />
                        <SelectField
                            label="Largest rendition"
                            path="multitrackInputConfiguration.maximumResolution"
                            value=typed.multitrack_resolution
                            choices=sizes.clone()
                        />
                    }
                })
        }}
    }
}
