//! A track of the encoder held against what the channel takes.

use contract::channel::{Channel, ChannelType, IngestLimits};
use contract::stream_session::VideoConfiguration;

/// A measure of a track: what it is, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// As the encoder says it; empty where it does not.
    pub(super) value: String,
    /// Which limit it is over.
    pub(super) over: Option<String>,
    /// The limit that it keeps, where there is one.
    pub(super) within: Option<String>,
}

/// What is measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) size: Measure,
    pub(super) framerate: Measure,
    pub(super) bitrate: Measure,
}

impl Held {
    /// Is anything over a limit?
    pub(super) fn over(&self) -> bool {
        [&self.size, &self.framerate, &self.bitrate].iter().any(|measure| measure.over.is_some())
    }
}

/// Bits a second for people.
pub(super) fn bits(bits: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "rounded to a tenth or less anyway")]
    let bits = bits as f64;
    if bits < 1_000_000.0 { format!("{} kb/s", trimmed(bits / 1_000.0)) } else { format!("{} Mb/s", trimmed(bits / 1_000_000.0)) }
}

/// At most two digits after the point, and none that say nothing.
fn trimmed(value: f64) -> String {
    format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A track of a channel as it was.
pub(super) fn held(channel: Option<&Channel>, track: &VideoConfiguration) -> Held {
    let size = track.video_width.zip(track.video_height);
    let lines = size.map(|(width, height)| width.min(height)).or(track.video_height);
    let limits = channel.and_then(|channel| channel.kind.as_ref()).and_then(|kind| kind.ingest(lines));
    Held {
        size: Measure {
            value: size.map(|(width, height)| format!("{width} × {height}")).unwrap_or_default(),
            ..picture(channel, limits, size, lines)
        },
        framerate: against(track.target_framerate, limits.and_then(|limits| limits.framerate), |frames| format!("{frames} a second")),
        bitrate: against(track.target_bitrate, limits.map(|limits| limits.bitrate), bits),
    }
}

fn against(value: Option<i64>, limit: Option<i64>, said: fn(i64) -> String) -> Measure {
    let over = value.zip(limit).is_some_and(|(value, limit)| value > limit);
    let said_limit = value.and(limit).map(said);
    Measure { value: value.map(said).unwrap_or_default(), over: said_limit.clone().filter(|_| over), within: said_limit.filter(|_| !over) }
}

/// The picture: of the channel's type, and of its multitrack input where that is on.
fn picture(channel: Option<&Channel>, limits: Option<IngestLimits>, size: Option<(i64, i64)>, lines: Option<i64>) -> Measure {
    let multitrack =
        channel.and_then(|channel| channel.multitrack_input_configuration.as_ref()).filter(|input| input.enabled == Some(true));
    let most = multitrack.and_then(|input| input.maximum_resolution.as_ref());
    let too_fine = most.filter(|most| lines.zip(most.lines()).is_some_and(|(lines, most)| lines > most));
    let too_large = |limits: &IngestLimits| {
        size.is_some_and(|(width, height)| width.max(height) > limits.edge || width.saturating_mul(height) > limits.pixels)
    };
    let hd = "1920 × 1080".to_owned();
    match (limits.filter(too_large), too_fine) {
        (Some(_), _) => Measure { over: Some(hd), ..Measure::default() },
        (None, Some(most)) => Measure { over: Some(format!("{most}, which its multitrack input allows")), ..Measure::default() },
        (None, None) => Measure { within: size.and(limits).map(|_| hd), ..Measure::default() },
    }
}

/// What the limits are those of: the type, or why there are none.
pub(super) fn of(kind: Option<&ChannelType>) -> String {
    match kind {
        Some(known) if known.ingest(None).is_some() => {
            let article = if known.as_str().starts_with('A') { "an" } else { "a" };
            format!("Held against what {article} {known} channel takes.")
        }
        Some(other) => format!("What a channel of type {other} takes is not known here, so nothing is marked."),
        None => "IVS does not say of which type the channel was, so nothing is marked.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::channel::{MultitrackInputConfiguration, MultitrackMaximumResolution};

    fn channel(kind: ChannelType) -> Channel {
        Channel { kind: Some(kind), ..Channel::default() }
    }

    fn track(width: i64, height: i64, framerate: i64, bitrate: i64) -> VideoConfiguration {
        VideoConfiguration {
            video_width: Some(width),
            video_height: Some(height),
            target_framerate: Some(framerate),
            target_bitrate: Some(bitrate),
            ..VideoConfiguration::default()
        }
    }

    #[test]
    fn what_a_type_takes_is_not_marked_and_one_more_is() {
        let standard = channel(ChannelType::Standard);
        let most = held(Some(&standard), &track(1920, 1080, 60, 8_500_000));
        assert!(!most.over(), "{most:?}");
        assert_eq!(most.bitrate, Measure { value: "8.5 Mb/s".into(), over: None, within: Some("8.5 Mb/s".into()) });
        assert_eq!(held(Some(&standard), &track(1920, 1080, 60, 8_500_001)).bitrate.over.as_deref(), Some("8.5 Mb/s"));
        assert_eq!(held(Some(&standard), &track(1920, 1080, 61, 1)).framerate.over.as_deref(), Some("60 a second"));
        assert_eq!(held(Some(&standard), &track(2560, 1440, 30, 1)).size.over.as_deref(), Some("1920 × 1080"));
        assert!(!held(Some(&standard), &track(1080, 1920, 30, 1)).over(), "held upright");
        assert!(held(Some(&standard), &track(2048, 858, 30, 1)).over(), "few lines, and too long an edge");
    }

    #[test]
    fn basic_takes_less_of_a_small_picture() {
        let basic = channel(ChannelType::Basic);
        assert_eq!(held(Some(&basic), &track(854, 480, 30, 2_000_000)).bitrate.over.as_deref(), Some("1.5 Mb/s"));
        assert!(!held(Some(&basic), &track(1280, 720, 120, 2_000_000)).over(), "IVS names no frame rate for it");
        assert_eq!(held(Some(&basic), &track(1280, 720, 30, 6_000_000)).bitrate.over.as_deref(), Some("3.5 Mb/s"));
    }

    #[test]
    fn a_rendition_is_held_against_the_multitrack_input() {
        let mut multi = channel(ChannelType::Standard);
        multi.multitrack_input_configuration = Some(MultitrackInputConfiguration {
            enabled: Some(true),
            policy: None,
            maximum_resolution: Some(MultitrackMaximumResolution::Hd),
        });
        assert!(held(Some(&multi), &track(1920, 1080, 30, 1)).size.over.is_some_and(|over| over.starts_with("HD,")));
        assert!(!held(Some(&multi), &track(1280, 720, 30, 1)).over());
    }

    #[test]
    fn a_type_has_its_article() {
        assert_eq!(of(Some(&ChannelType::AdvancedHd)), "Held against what an ADVANCED_HD channel takes.");
        assert_eq!(of(Some(&ChannelType::Basic)), "Held against what a BASIC channel takes.");
    }

    #[test]
    fn what_is_not_known_is_not_marked() {
        let huge = track(i64::MAX, i64::MAX, 1_000, i64::MAX);
        assert!(!held(None, &huge).over() && !held(Some(&channel(ChannelType::Unknown("ULTRA".into()))), &huge).over());
        assert!(held(Some(&channel(ChannelType::Standard)), &huge).over());
        let silent = held(Some(&channel(ChannelType::Basic)), &VideoConfiguration::default());
        assert_eq!(silent, Held::default());
        assert_eq!((bits(160_000), bits(2_345_678), bits(999)), ("160 kb/s".into(), "2.35 Mb/s".into(), "1 kb/s".into()));
    }
}
