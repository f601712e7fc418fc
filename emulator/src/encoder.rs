//! What a broadcaster's software sends: a scenario says it, a session shows it.

use contract::stream_session::{AudioConfiguration, IngestConfiguration, IngestConfigurations, VideoConfiguration};
use serde::{Deserialize, Serialize};

/// An encoder and its settings. The default is OBS at 1080p30, well within what a STANDARD channel takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Encoder {
    /// What it calls itself.
    pub name: String,
    /// Pixels a line.
    pub width: i64,
    /// Lines.
    pub height: i64,
    /// Frames a second.
    pub framerate: i64,
    /// Bits a second of video.
    pub video_bitrate: i64,
    /// Bits a second of audio.
    pub audio_bitrate: i64,
    /// Audio samples a second.
    pub sample_rate: i64,
    /// Audio channels.
    pub audio_channels: i64,
    /// How many renditions it sends itself: more than one on a channel with multitrack input. 1 to 4.
    pub tracks: i64,
}

impl Default for Encoder {
    fn default() -> Self {
        Self {
            name: "obs-output module (libobs version 30.2.3)".to_owned(),
            width: 1920,
            height: 1080,
            framerate: 30,
            video_bitrate: 6_000_000,
            audio_bitrate: 160_000,
            sample_rate: 48_000,
            audio_channels: 2,
            tracks: 1,
        }
    }
}

impl Encoder {
    /// All tracks. Each after the first has half the lines and a third of the bits of the one before.
    pub(crate) fn tracks(&self) -> IngestConfigurations {
        IngestConfigurations {
            video_configurations: (0..self.tracks.clamp(1, 4)).map(|track| self.video(track)).collect(),
            audio_configurations: vec![self.audio()],
        }
    }

    /// The first track, as the deprecated member shows it: without the members that came with tracks.
    pub(crate) fn track_zero(&self) -> IngestConfiguration {
        let video = VideoConfiguration { level: None, track: None, profile: None, ..self.video(0) };
        IngestConfiguration { video: Some(video), audio: Some(AudioConfiguration { track: None, ..self.audio() }) }
    }

    fn video(&self, track: i64) -> VideoConfiguration {
        let (height, width) = (self.height >> track, self.width >> track);
        let (level, code) = level(height, self.framerate);
        VideoConfiguration {
            avc_profile: Some("High".to_owned()),
            avc_level: Some(level.to_owned()),
            codec: Some(format!("avc1.6400{code}")),
            encoder: Some(self.name.clone()),
            target_bitrate: Some((0..track).fold(self.video_bitrate, |bitrate, _| bitrate / 3)),
            target_framerate: Some(self.framerate),
            video_height: Some(height),
            video_width: Some(width),
            level: Some(level.to_owned()),
            track: Some(format!("Track{track}")),
            profile: Some("High".to_owned()),
        }
    }

    fn audio(&self) -> AudioConfiguration {
        AudioConfiguration {
            codec: Some("mp4a.40.2".to_owned()),
            target_bitrate: Some(self.audio_bitrate),
            sample_rate: Some(self.sample_rate),
            channels: Some(self.audio_channels),
            track: Some("Track0".to_owned()),
        }
    }
}

/// The H.264 level for a picture, and its code in RFC 6381.
const fn level(height: i64, framerate: i64) -> (&'static str, &'static str) {
    match (height, framerate > 30) {
        (..=480, _) => ("3.0", "1E"),
        (..=720, false) => ("3.1", "1F"),
        (..=720, true) => ("3.2", "20"),
        (_, false) => ("4.0", "28"),
        (_, true) => ("4.2", "2A"),
    }
}
