//! Playlists (RFC 8216), and segments that are of the right kind and empty.

use super::path::Path;
use crate::clock::{Millis, SECOND};
use crate::encoder::Encoder;
use contract::channel::{Channel, ChannelType};
use std::fmt::Write as _;

/// How long a segment is.
const SEGMENT: Millis = 2 * SECOND;
/// So many segments stand in a playlist.
const WINDOW: u64 = 5;

/// What a rendition has lines and bits a second of.
type Rendition = (i64, i64);

/// Below the encoder's own picture, what IVS makes of it.
const LADDER: [Rendition; 5] = [(1080, 6_000_000), (720, 3_000_000), (480, 1_400_000), (360, 700_000), (160, 230_000)];

/// What a channel offers; a token may cap it.
pub(super) fn renditions(channel: &Channel, encoder: &Encoder, cap: Option<&str>) -> Vec<Rendition> {
    let most = match cap {
        Some("SD") => 480,
        Some("HD") => 720,
        Some("FULL_HD") => 1080,
        None | Some(_) => i64::MAX,
    };
    let own = (encoder.height, encoder.video_bitrate + encoder.audio_bitrate);
    let made = LADDER.into_iter().filter(|(lines, _)| *lines < encoder.height && channel.kind != Some(ChannelType::Basic));
    let all: Vec<Rendition> = std::iter::once(own).chain(made).collect();
    let capped: Vec<Rendition> = all.iter().copied().filter(|(lines, _)| *lines <= most).collect();
    // A cap below all that there is leaves the least.
    if capped.is_empty() { all.into_iter().last().into_iter().collect() } else { capped }
}

/// Where the playlists of the renditions are.
pub(super) fn multivariant(path: &Path, viewing: &str, renditions: &[Rendition]) -> String {
    let mut text = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-INDEPENDENT-SEGMENTS\n".to_owned();
    for (lines, bits) in renditions {
        let width = lines * 16 / 9 / 2 * 2;
        let at = path.playlist(viewing, &format!("{lines}p"));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "#EXT-X-STREAM-INF:BANDWIDTH={bits},RESOLUTION={width}x{lines},CODECS=\"avc1.640028,mp4a.40.2\"\n{at}");
    }
    text
}

/// The number of the newest segment, so long after the stream began.
pub(super) fn newest(since: Millis) -> u64 {
    u64::try_from(since / SEGMENT).unwrap_or_default()
}

/// The newest segments of a rendition.
pub(super) fn media(path: &Path, viewing: &str, rendition: &str, since: Millis) -> String {
    let newest = newest(since);
    let first = (newest + 1).saturating_sub(WINDOW);
    let seconds = SEGMENT / SECOND;
    let mut text = format!("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:{seconds}\n#EXT-X-MEDIA-SEQUENCE:{first}\n");
    for number in first..=newest {
        let _ = writeln!(text, "#EXTINF:{seconds}.000,\n{}", path.segment(viewing, rendition, number));
    }
    text
}

/// Null packets of an MPEG transport stream (ISO/IEC 13818-1): what players skip.
pub(super) fn segment() -> Vec<u8> {
    let mut packet = [0xff; 188];
    packet[..4].copy_from_slice(&[0x47, 0x1f, 0xff, 0x10]);
    packet.repeat(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_caps_what_is_offered() {
        let lines = |kind: ChannelType, cap| {
            let channel = Channel { kind: Some(kind), ..Channel::default() };
            renditions(&channel, &Encoder::default(), cap).into_iter().map(|(lines, _)| lines).collect::<Vec<_>>()
        };
        assert_eq!(lines(ChannelType::Standard, None), [1080, 720, 480, 360, 160]);
        assert_eq!(lines(ChannelType::Standard, Some("HD")), [720, 480, 360, 160]);
        assert_eq!(lines(ChannelType::Standard, Some("SD")), [480, 360, 160]);
        assert_eq!(lines(ChannelType::Basic, None), [1080]);
        assert_eq!(lines(ChannelType::Basic, Some("SD")), [1080], "there is nothing else");
    }

    #[test]
    fn a_playlist_goes_on_with_the_stream() {
        let path = Path::parse("/playback/h/api/video/v1/r.1.channel.c.m3u8").expect("a path");
        assert!(
            media(&path, "v", "720p", 0).ends_with("#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:2.000,\n/playback/h/v1/segment/r.1.v.720p.0.ts\n")
        );
        let later = media(&path, "v", "720p", 61 * SECOND);
        assert!(later.contains("MEDIA-SEQUENCE:26\n") && later.contains("720p.30.ts") && later.matches("#EXTINF").count() == 5, "{later}");
    }
}
