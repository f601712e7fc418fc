//! What an encoder is told: the settings that the two most used want, within what the channel takes.

use crate::components::copy::CodeBox;
use crate::view::prelude::*;
use contract::channel::{Channel, ChannelType};

/// What IVS takes at most (`docs/ivs-behaviour.md` 2.3), and a bitrate for the picture, in kb/s, that stays below it with
/// sound and some room.
fn limits(kind: Option<&ChannelType>) -> (&'static str, u32) {
    match kind {
        Some(ChannelType::Basic) => {
            ("A Basic channel takes at most 1080p at 3,500 kb/s, and up to 480p at most 1,500 kb/s, sound included.", 3_000)
        }
        Some(ChannelType::Standard | ChannelType::AdvancedHd | ChannelType::AdvancedSd) => {
            ("The channel takes at most 1080p with 60 frames a second at 8,500 kb/s; 6,000 kb/s suits most.", 4_500)
        }
        Some(ChannelType::Unknown(_)) | None => ("Stay below what the channel's type takes.", 3_000),
    }
}

/// As one would paste it into a shell that has the key.
fn ffmpeg(server: &str, bitrate: u32) -> String {
    format!(
        "ffmpeg -re -i input.mp4 \\\n  \
         -c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p \\\n  \
         -b:v {bitrate}k -maxrate {bitrate}k -bufsize {}k \\\n  \
         -g 60 -keyint_min 60 -sc_threshold 0 \\\n  \
         -c:a aac -b:a 160k -ar 48000 \\\n  \
         -f flv \"{server}$STREAM_KEY\"",
        2 * bitrate
    )
}

/// The settings, each folded but the first where `open` says so.
pub(crate) fn settings(channel: Signal<Channel>, server: Signal<String>, open: bool) -> View {
    let limits = Memo::new(move |_| channel.with(|channel| limits(channel.kind.as_ref())));
    let command = Signal::derive(move || ffmpeg(&server.get(), limits.get().1));
    view! {
        <div class="encoders">
            <details open=open>
                <summary>"OBS Studio"</summary>
                <p>"Settings, Stream: service Custom, with this server and stream key. Output: rate control CBR, keyframe interval 2\u{a0}s, profile main."</p>
                <p>{move || limits.get().0}</p>
            </details>
            <details>
                <summary>"ffmpeg"</summary>
                <p>
                    "Put the stream key into the variable STREAM_KEY first. "
                    "A keyframe every 2\u{a0}s is -g 60 at 30 frames a second, and -g 120 at 60."
                </p>
                <CodeBox name="Copy ffmpeg command" text=command/>
            </details>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kilobits a second of sound in the command.
    const SOUND: u32 = 160;

    #[test]
    fn what_is_advised_is_what_ivs_takes() {
        let most = |kind: &ChannelType| if *kind == ChannelType::Basic { 3_500 } else { 8_500 };
        for kind in [ChannelType::Basic, ChannelType::Standard, ChannelType::AdvancedHd, ChannelType::AdvancedSd] {
            let (words, bitrate) = limits(Some(&kind));
            assert!(bitrate + SOUND <= most(&kind), "{kind}");
            assert!(words.contains(if kind == ChannelType::Basic { "3,500 kb/s" } else { "8,500 kb/s" }), "{kind}");
        }
    }

    #[test]
    fn the_command_has_the_server_and_no_key() {
        let command = ffmpeg("rtmps://a:443/app/", 3_000);
        assert!(command.ends_with("\"rtmps://a:443/app/$STREAM_KEY\""), "{command}");
        assert!(command.contains("-b:v 3000k -maxrate 3000k -bufsize 6000k"), "{command}");
    }
}
