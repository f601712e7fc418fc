//! What the encoder sent, track by track, held against what the channel takes.

use super::limits::{Measure, held, of};
use super::one::Shown;
use crate::components::badge::{Tone, badge};
use crate::components::page;
use crate::components::properties::{properties, property};
use crate::view::prelude::*;
use contract::channel::Channel;
use contract::stream_session::{AudioConfiguration, StreamSession, VideoConfiguration};

/// The tracks: of the deprecated member, which knows the first alone, where the other says none.
fn tracks(session: &StreamSession) -> (Vec<VideoConfiguration>, Vec<AudioConfiguration>) {
    if let Some(all) = session.ingest_configurations.as_ref()
        && !(all.video_configurations.is_empty() && all.audio_configurations.is_empty())
    {
        return (all.video_configurations.clone(), all.audio_configurations.clone());
    }
    let first = session.ingest_configuration.clone().unwrap_or_default();
    (first.video.into_iter().collect(), first.audio.into_iter().collect())
}

/// The card.
pub(super) fn card(shown: Shown) -> View {
    let tracks = Memo::new(move |_| shown.session.with(tracks));
    let channel = Memo::new(move |_| shown.session.with(|session| session.channel.clone()));
    let body = move || {
        let (video, audio) = tracks.get();
        if video.is_empty() && audio.is_empty() {
            return view! { <p class="soft">"IVS does not say what the encoder sent."</p> };
        }
        channel.with(|channel| {
            let kind = channel.as_ref().and_then(|channel| channel.kind.as_ref());
            let over = video.iter().any(|track| held(channel.as_ref(), track).over());
            let warning = over
                .then(|| view! { <p class="note warn" role="note">"More than the channel takes: IVS may disconnect such an encoder."</p> });
            let pictures = video.iter().map(|track| picture(channel.as_ref(), track)).collect::<View>();
            let sounds = audio.iter().map(sound).collect::<View>();
            view! { <div class="stack tracks">{warning}{pictures}{sounds}<p class="faint small">{of(kind)}</p></div> }
        })
    };
    page::card("Ingest", View::Nothing, body.into_view())
}

fn picture(channel: Option<&Channel>, track: &VideoConfiguration) -> View {
    let held = held(channel, track);
    let profile = track.profile.as_ref().or(track.avc_profile.as_ref());
    let level = track.level.as_ref().or(track.avc_level.as_ref()).map(|level| format!("level {level}"));
    let codec = [track.codec.clone(), profile.cloned(), level].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let list = vec![
        property("Picture", measure(held.size)),
        property("Frames", measure(held.framerate)),
        property("Bitrate", measure(held.bitrate)),
        property("Codec", or_not_said(codec)),
        property("Encoder", or_not_said(track.encoder.clone().unwrap_or_default())),
    ];
    section("Video", track.track.as_ref(), list)
}

fn sound(track: &AudioConfiguration) -> View {
    let number = |value: Option<i64>, unit: &str| value.map(|value| format!("{value} {unit}")).unwrap_or_default();
    let list = vec![
        property("Bitrate", or_not_said(track.target_bitrate.map(super::limits::bits).unwrap_or_default())),
        property("Samples", or_not_said(number(track.sample_rate, "Hz"))),
        property("Channels", or_not_said(number(track.channels, ""))),
        property("Codec", or_not_said(track.codec.clone().unwrap_or_default())),
    ];
    section("Audio", track.track.as_ref(), list)
}

fn section(what: &'static str, track: Option<&String>, list: Vec<View>) -> View {
    let name = track.filter(|track| !track.is_empty()).map_or_else(|| what.to_owned(), |track| format!("{what} · {track}"));
    view! { <section><h3>{name}</h3>{properties(list)}</section> }
}

fn measure(measure: Measure) -> View {
    let over = measure.over.map(|limit| badge(Tone::Bad, format!("over {limit}")));
    let within = measure.within.map(|limit| view! { <span class="faint">"of at most " {limit}</span> });
    view! { {or_not_said(measure.value)} {over} {within} }
}

fn or_not_said(text: String) -> View {
    if text.trim().is_empty() {
        view! { <span class="faint">"not said"</span> }
    } else {
        view! { <span>{text}</span> }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::stream_session::{IngestConfiguration, IngestConfigurations};

    #[test]
    fn the_deprecated_member_is_read_only_where_the_other_says_nothing() {
        let track = |name: &str| VideoConfiguration { track: Some(name.into()), ..VideoConfiguration::default() };
        let first = IngestConfiguration { video: Some(track("old")), audio: None };
        let mut session = StreamSession { ingest_configuration: Some(first), ..StreamSession::default() };
        let names = |session: &StreamSession| tracks(session).0.into_iter().filter_map(|track| track.track).collect::<Vec<_>>();
        assert_eq!(names(&session), ["old"]);
        session.ingest_configurations = Some(IngestConfigurations::default());
        assert_eq!(names(&session), ["old"]);
        session.ingest_configurations =
            Some(IngestConfigurations { video_configurations: vec![track("Track0"), track("Track1")], audio_configurations: Vec::new() });
        assert_eq!(names(&session), ["Track0", "Track1"]);
        assert_eq!(tracks(&StreamSession::default()), (Vec::new(), Vec::new()));
    }
}
