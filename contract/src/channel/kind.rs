//! The values that a channel's settings take.

use crate::open::open_enum;

open_enum! {
    /// How near to real time viewers are.
    ChannelLatencyMode {
        /// Broadcast style, steadier on poor networks.
        Normal = "NORMAL",
        /// Near real time, for interaction. The default.
        Low = "LOW",
    }
}

open_enum! {
    /// What IVS does with the stream it receives; decides the input limits and the price.
    ChannelType {
        /// Delivered as sent, one rendition: to 1080p at 3.5 Mb/s, or 480p at 1.5 Mb/s.
        Basic = "BASIC",
        /// Transcoded to several renditions; input to 1080p60 and 8.5 Mb/s. The default.
        Standard = "STANDARD",
        /// Transcoded, output to 480p; input to 1080p60 and 8.5 Mb/s.
        AdvancedSd = "ADVANCED_SD",
        /// Transcoded, output to 720p; input to 1080p60 and 8.5 Mb/s.
        AdvancedHd = "ADVANCED_HD",
    }
}

open_enum! {
    /// How segments are packed for viewers.
    ContainerFormat {
        /// MPEG transport stream. The default; ads need it.
        Ts = "TS",
        /// Fragmented MP4; multitrack input needs it.
        FragmentedMp4 = "FRAGMENTED_MP4",
    }
}

open_enum! {
    /// The trade of quality against viewers' bandwidth on the ADVANCED types. `""` on the others.
    TranscodePreset {
        /// Better quality at more bandwidth. The default of the ADVANCED types.
        HigherBandwidthDelivery = "HIGHER_BANDWIDTH_DELIVERY",
        /// Less bandwidth for each quality.
        ConstrainedBandwidthDelivery = "CONSTRAINED_BANDWIDTH_DELIVERY",
    }
}

open_enum! {
    /// The largest rendition that an encoder may send itself.
    MultitrackMaximumResolution {
        /// To 480 lines.
        Sd = "SD",
        /// To 720 lines.
        Hd = "HD",
        /// To 1080 lines.
        FullHd = "FULL_HD",
    }
}

open_enum! {
    /// Whether encoders may or must send several renditions.
    MultitrackPolicy {
        /// One rendition or several.
        Allow = "ALLOW",
        /// Several only; a single one is refused.
        Require = "REQUIRE",
    }
}
