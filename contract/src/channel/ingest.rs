//! What an encoder may send to a channel, by the channel's type (`docs/ivs-behaviour.md` 2.3).

use super::{ChannelType, MultitrackMaximumResolution};

/// The most that a channel takes of one video track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IngestLimits {
    /// Pixels of the longer edge.
    pub edge: i64,
    /// Pixels of the whole picture.
    pub pixels: i64,
    /// Frames a second; `None` where IVS names no limit.
    pub framerate: Option<i64>,
    /// Bits a second.
    pub bitrate: i64,
}

/// 1920 × 1080, whichever way it is held.
const FULL_HD: IngestLimits = IngestLimits { edge: 1920, pixels: 1920 * 1080, framerate: Some(60), bitrate: 8_500_000 };

impl ChannelType {
    /// What it takes of a picture with so many lines (the shorter edge); `None` for a type of tomorrow. BASIC takes less of a small
    /// picture: one whose size is not known is held against the larger limit.
    pub const fn ingest(&self, lines: Option<i64>) -> Option<IngestLimits> {
        match self {
            Self::Standard | Self::AdvancedSd | Self::AdvancedHd => Some(FULL_HD),
            Self::Basic => {
                let bitrate = if matches!(lines, Some(..=480)) { 1_500_000 } else { 3_500_000 };
                Some(IngestLimits { bitrate, framerate: None, ..FULL_HD })
            }
            Self::Unknown(_) => None,
        }
    }
}

impl MultitrackMaximumResolution {
    /// The lines of the largest rendition that it allows; `None` for a value of tomorrow.
    pub const fn lines(&self) -> Option<i64> {
        match self {
            Self::Sd => Some(480),
            Self::Hd => Some(720),
            Self::FullHd => Some(1080),
            Self::Unknown(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_takes_less_and_less_still_of_a_small_picture() {
        let bitrate = |kind: ChannelType, lines| kind.ingest(lines).map(|limits| limits.bitrate);
        assert_eq!(bitrate(ChannelType::Basic, Some(480)), Some(1_500_000));
        assert_eq!(bitrate(ChannelType::Basic, Some(481)), Some(3_500_000));
        assert_eq!(bitrate(ChannelType::Basic, None), Some(3_500_000));
        for kind in [ChannelType::Standard, ChannelType::AdvancedSd, ChannelType::AdvancedHd] {
            assert_eq!(bitrate(kind, Some(360)), Some(8_500_000));
        }
        assert_eq!(bitrate(ChannelType::Unknown("ULTRA".into()), Some(2160)), None);
    }
}
