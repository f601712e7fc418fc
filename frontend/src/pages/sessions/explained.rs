//! What the events of a session mean, in plain words, and what to do: IVS's interface names them and says no more
//! (`docs/ivs-behaviour.md` 2.5 and 3.1). What is not in these lists shows as itself.

use crate::components::badge::Tone;

/// What something means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Explained {
    /// Is it as it should be?
    pub(super) tone: Tone,
    /// What happened.
    pub(super) means: &'static str,
    /// The next step; empty where there is none.
    pub(super) advice: &'static str,
}

const fn fine(means: &'static str) -> Explained {
    Explained { tone: Tone::Plain, means, advice: "" }
}

const fn good(means: &'static str) -> Explained {
    Explained { tone: Tone::Good, means, advice: "" }
}

const fn bad(means: &'static str, advice: &'static str) -> Explained {
    Explained { tone: Tone::Bad, means, advice }
}

const STATE: &str = "IVS Stream State Change";
const HEALTH: &str = "IVS Stream Health Change";
/// The type of an event whose name is that of a limit.
const LIMIT: &str = "IVS Limit Breach";
const RECORDING: &str = "IVS Recording State Change";
const AD_BREAK: &str = "IVS Ad Break State Change";

/// By type and name.
const EVENTS: &[(&str, &str, Explained)] = &[
    (STATE, "Session Created", fine("An encoder signed in with the channel's stream key.")),
    (STATE, "Stream Start", good("Video arrives: the channel is live, and viewers can watch.")),
    (
        STATE,
        "Stream End",
        fine("The stream is over: the encoder left, somebody stopped it, nothing came from it for 30 seconds, or it reached 48 hours."),
    ),
    (STATE, "Session Ended", fine("The encoder is signed out. If it signs in again, that is another session.")),
    (
        STATE,
        "Stream Failure",
        bad(
            "IVS could not process the stream, mostly because it had no capacity to transcode it at that moment.",
            "Start the encoder again. If it fails again, give the stream id to AWS's support.",
        ),
    ),
    (
        STATE,
        "Stream Takeover",
        Explained {
            tone: Tone::Warn,
            means: "Another encoder took the stream over: it signed in with the same stream key and a higher priority.",
            advice: "If nobody meant to, reset the stream key: somebody else has it.",
        },
    ),
    (
        STATE,
        "Stream Takeover Failure",
        bad(
            "Another encoder tried to take the stream over, and IVS refused it. The code says why.",
            "If nobody meant to, reset the stream key: somebody else has it.",
        ),
    ),
    (
        HEALTH,
        "Starvation Start",
        Explained {
            tone: Tone::Warn,
            means: "IVS gets too little from the encoder, or nothing. Viewers may see the picture stall.",
            advice: "Look at the encoder's uplink and the frames it drops; a lower bitrate helps on a weak line.",
        },
    ),
    (HEALTH, "Starvation End", good("The encoder sends enough again.")),
    (
        LIMIT,
        "Ingest Bitrate",
        bad(
            "The encoder sent more bits a second than this type of channel takes. IVS may disconnect it.",
            "Lower the bitrate in the encoder. What the type takes stands beside the tracks on this page.",
        ),
    ),
    (
        LIMIT,
        "Ingest Resolution",
        bad(
            "The encoder's picture is larger than this type of channel takes. IVS may disconnect it.",
            "Lower the resolution in the encoder. What the type takes stands beside the tracks on this page.",
        ),
    ),
    (
        LIMIT,
        "Concurrent Broadcasts",
        bad(
            "More channels of the account were live in this region than its quota allows.",
            "Stop streams that are not needed, or ask AWS for more in Service Quotas.",
        ),
    ),
    (
        LIMIT,
        "Concurrent Viewers",
        bad("More people watched the account's channels in this region than its quota allows.", "Ask AWS for more in Service Quotas."),
    ),
    (RECORDING, "Recording Start", good("IVS began to write the recording to the bucket.")),
    (RECORDING, "Recording End", fine("The recording is written. It ends after the reconnect window, so this may come after the session.")),
    (
        RECORDING,
        "Recording Start Failure",
        bad(
            "IVS could not begin to record. The stream is not affected, but nothing of it is kept.",
            "Look whether the bucket exists, is in this region and lets IVS write. The next stream is recorded again.",
        ),
    ),
    (
        RECORDING,
        "Recording End Failure",
        bad(
            "The recording ended with an error. The stream is not affected, but a part of it may be missing in the bucket.",
            "Look at what lies in the bucket, and whether it still lets IVS write.",
        ),
    ),
    (AD_BREAK, "Ad Break Inserted", fine("An ad break was inserted into the stream.")),
];

/// By code: why, and what to do.
const CODES: &[(&str, &str, &str)] = &[
    (
        "StreamTakeoverMediaMismatch",
        "What the second encoder sent differs from what the first sends, such as in codec, resolution or the kind of its tracks.",
        "Give both encoders the same settings.",
    ),
    (
        "StreamTakeoverInvalidPriority",
        "The second encoder's priority was not higher than that of the first, or not from 1 to 2,147,483,647.",
        "Append a higher one to its stream key, such as ?priority=2.",
    ),
    (
        "StreamTakeoverLimitBreached",
        "This stream was taken over as often as IVS allows.",
        "Stop the stream, then start the encoder that is to go on.",
    ),
    (
        "MultitrackInputNotAllowed",
        "The encoder wanted to send several renditions, and multitrack input is off for this channel.",
        "Switch it off in the encoder, or on for the channel.",
    ),
    (
        "MultitrackInputRequired",
        "The encoder sent one rendition, and this channel requires several.",
        "Switch multitrack video on in the encoder, or let the channel's policy be ALLOW.",
    ),
    (
        "InvalidGetClientConfigurationStreamKey",
        "The stream key that the encoder got with its multitrack settings is invalid, expired or damaged.",
        "Start the encoder's stream anew, so that it gets another one.",
    ),
    (
        "GetClientConfigurationStreamKeyRequired",
        "The encoder sent several renditions without the stream key that comes with the multitrack settings.",
        "Let the encoder ask for its multitrack settings, instead of typing them in.",
    ),
    (
        "InvalidMultitrackInputTrackCount",
        "The encoder sent a number of tracks that IVS does not take.",
        "Let the encoder choose the tracks by itself.",
    ),
    (
        "InvalidMultitrackInputVideoTrackMediaProperties",
        "A track had a codec, resolution, bitrate or frame rate that IVS does not take.",
        "Let the encoder choose the tracks by itself, and compare them with the limits on this page.",
    ),
];

/// What an event means; `None` for one that is not known here.
pub(super) fn event(kind: &str, name: &str) -> Option<Explained> {
    EVENTS.iter().find(|(of, called, _)| *of == kind && *called == name).map(|(.., explained)| *explained)
}

/// What a code means, all of them being reasons why something was refused.
pub(super) fn code(code: &str) -> Option<Explained> {
    CODES.iter().find(|(called, ..)| *called == code).map(|(_, means, advice)| bad(means, advice))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of `docs/ivs-behaviour.md` that says which values a detail-type has, as its own words.
    fn named_in_the_documentation() -> Vec<(String, String)> {
        let text = include_str!("../../../../docs/ivs-behaviour.md");
        let rows = text.lines().filter(|line| line.starts_with("| IVS "));
        let of = |row: &str| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let bare = |value: &str| value.split(" (").next().unwrap_or_default().trim().to_owned();
            cells[3].split(',').map(|value| (cells[1].to_owned(), bare(value))).collect::<Vec<_>>()
        };
        rows.flat_map(of).collect()
    }

    #[test]
    fn every_event_of_the_documentation_is_explained_and_no_other() {
        let named = named_in_the_documentation();
        assert_eq!(named.len(), EVENTS.len(), "{named:?}");
        for (kind, name) in named {
            assert!(event(&kind, &name).is_some(), "{kind}: {name}");
        }
    }

    #[test]
    fn every_code_of_the_documentation_is_explained_and_no_other() {
        let text = include_str!("../../../../docs/ivs-behaviour.md");
        let line = text.lines().find(|line| line.starts_with("- StreamEvent codes")).expect("the line of the codes");
        let word = |word: &str| word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()).to_owned();
        let long = |word: &String| word.len() > 20 && word.chars().all(|letter| letter.is_ascii_alphanumeric());
        let named: Vec<String> = line.split_whitespace().map(word).filter(long).collect();
        assert_eq!(named.len(), CODES.len(), "{named:?}");
        for name in named {
            assert!(code(&name).is_some(), "{name}");
        }
    }

    #[test]
    fn what_went_wrong_says_what_to_do_and_what_is_not_known_says_nothing() {
        for (kind, name, explained) in EVENTS {
            assert!(explained.means.ends_with('.'), "{name}");
            let wrong = matches!(explained.tone, Tone::Warn | Tone::Bad);
            assert_eq!(wrong, explained.advice.ends_with('.'), "{name}");
            assert!(*kind != LIMIT && !name.ends_with("Failure") || explained.tone == Tone::Bad, "{name}");
        }
        assert_eq!(event(STATE, "Starvation Start"), None, "the name of another type");
        assert_eq!((event("IVS Weather Change", "Rain"), code("Rain")), (None, None));
    }
}
