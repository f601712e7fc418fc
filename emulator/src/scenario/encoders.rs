//! Encoders as broadcasters use them, by a short name.

use crate::encoder::Encoder;

/// The names that [`encoder`] knows.
pub const ENCODERS: [&str; 9] = ["obs", "obs720", "ffmpeg", "vmix", "larix", "atem", "wirecast", "web", "multitrack"];

/// The encoder of a name.
pub fn encoder(name: &str) -> Option<Encoder> {
    let of = |name: &str, (width, height, framerate), video_bitrate, (audio_bitrate, sample_rate)| Encoder {
        name: name.to_owned(),
        width,
        height,
        framerate,
        video_bitrate,
        audio_bitrate,
        sample_rate,
        audio_channels: 2,
        tracks: 1,
    };
    let obs = "obs-output module (libobs version 31.0.3)";
    Some(match name {
        "obs" => of(obs, (1920, 1080, 60), 6_000_000, (160_000, 48_000)),
        "obs720" => of(obs, (1280, 720, 30), 3_000_000, (160_000, 48_000)),
        "ffmpeg" => of("Lavf61.7.100", (1280, 720, 25), 2_500_000, (128_000, 44_100)),
        "vmix" => of("vMix/28.0.0.40", (1920, 1080, 50), 8_000_000, (192_000, 48_000)),
        "larix" => of("Larix Broadcaster/1.3.24", (1280, 720, 30), 2_200_000, (96_000, 44_100)),
        "atem" => of("Blackmagic ATEM Mini Pro", (1920, 1080, 50), 6_000_000, (128_000, 48_000)),
        "wirecast" => of("Wirecast/FM 3.0", (1920, 1080, 30), 4_500_000, (160_000, 44_100)),
        // A browser that broadcasts over WHIP.
        "web" => of("WHIP", (1280, 720, 30), 3_500_000, (128_000, 48_000)),
        "multitrack" => Encoder { tracks: 3, ..of(obs, (1920, 1080, 60), 6_000_000, (160_000, 48_000)) },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_encoder_within_what_a_standard_channel_takes() {
        for name in ENCODERS {
            let encoder = encoder(name).expect(name);
            assert!(encoder.height <= 1080 && encoder.framerate <= 60 && encoder.video_bitrate <= 8_500_000, "{name}");
            assert_eq!(encoder.width * 9, encoder.height * 16, "{name}");
        }
        assert_eq!(encoder("potato"), None);
    }
}
