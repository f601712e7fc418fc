//! Where the behaviour of the real IVS is not known, and what the emulator does instead: each choice between two behaviours,
//! once, by name. Numbers that are not known, such as quotas and delays, can be set: `settings.rs`. `docs/emulator.md` lists all.
//!
//! Not modelled: the merging of recordings whose streams reconnect within the window (each has a start and an end of its
//! own, the end delayed by the window), and the audience: how many watch has nothing to do with who plays.
//!
//! One choice is made by the contract's types and has no switch: a member that the model lacks is refused. Services of
//! this kind ignore it; refusing shows a client's mistake.

use contract::Code;

/// Calls a second where no page gives a rate: ad and failover-slate configurations, InsertAdBreak.
pub const UNDOCUMENTED_RATE: u32 = 3;

/// PutMetadata: calls a second for each channel. Documented; here because the table holds the account's rate alone.
pub const PUT_METADATA_PER_CHANNEL: u32 = 5;

/// UpdateChannel on a live channel: the API reference says refused, a CLI text says allowed.
pub const UPDATE_WHILE_LIVE_IS_REFUSED: bool = true;

/// A channel made without multitrack settings shows `{enabled: false, maximumResolution: FULL_HD, policy: ALLOW}`, as a
/// CLI example does; the model says there is none.
pub const MULTITRACK_IS_ALWAYS_SHOWN: bool = true;

/// Multitrack settings that are given without `enabled` turn it off. The Rust SDK never writes `enabled: false`, since the
/// model's type is a plain boolean; if this were "unchanged", none of its users could turn multitrack off.
pub const MULTITRACK_WITHOUT_ENABLED_IS_OFF: bool = true;

/// The SRT passphrase is shown although insecure ingest is on, as in a CLI example; the guide says it is not needed then.
pub const PASSPHRASE_WITH_INSECURE_INGEST: bool = true;

/// A session's snapshot of its channel holds `srt`: the model allows it, the one example lacks it.
pub const SESSION_CHANNEL_HAS_SRT: bool = true;

/// A playback key pair's name may be used again, as the model says; one witness says not.
pub const KEY_PAIR_NAMES_MAY_REPEAT: bool = true;

/// The `code` of a batch's entry that was not found. Undocumented; revocation's example has `"403"`, a number as text.
pub const BATCH_NOT_FOUND_CODE: &str = "404";

/// `filterByName` wants the whole name ("match a specified name"), not its beginning.
pub const NAME_FILTER_IS_EXACT: bool = true;

/// An attached policy, ad configuration or slate cannot be deleted: the conflict is declared, its condition is not.
pub const ATTACHED_IS_NOT_DELETED: bool = true;

/// Only an ACTIVE recording configuration (or a CREATED slate) can be attached to a channel. No text says so.
pub const ONLY_READY_IS_ATTACHED: bool = true;

/// A recording configuration cannot be deleted while CREATING. No text says so.
pub const CREATING_IS_NOT_DELETED: bool = true;

/// A new stream key's tags are its own: the channel's are not copied. A CLI example shows it for a channel without tags.
pub const STREAM_KEY_INHERITS_TAGS: bool = false;

/// Buckets are not known here, so their names decide: one that begins so does not exist, and the configuration fails.
pub const MISSING_BUCKET: &str = "missing-";

/// A bucket whose name ends in the name of another region of IVS is in that region. In us-east-1 the configuration is
/// made and fails (documented for the CLI); elsewhere the call itself is refused, with `ValidationException`.
pub const BUCKET_REGION_IS_ITS_ENDING: bool = true;

/// InsertAdBreak on a live channel without an ad configuration, or without the container format TS. No text says which
/// error it is. A break's id may be used again, and a start in the past is now.
pub const AD_BREAK_WITHOUT_ADS: Code = Code::ValidationException;

/// What a playback that a token, an origin or a country is refused for is called. One witness has it for tokens; the text
/// `origin required` is that witness's too.
pub const PLAYBACK_REFUSED: &str = "playback_auth_error";

/// What the playback of a channel that is not live, or not there, is called. No text says so.
pub const PLAYBACK_NOT_FOUND: &str = "not_found";

/// What a signature without all of its parts is called, and its status, as API Gateway does.
pub const INCOMPLETE_SIGNATURE: (&str, u16) = ("IncompleteSignatureException", 403);

/// What a body larger than any request is called, and its status, as API Gateway does.
pub const TOO_LARGE: (&str, u16) = ("RequestEntityTooLargeException", 413);

/// The largest body that is read. The largest request of IVS is some 60 kB.
pub const LARGEST_BODY: usize = 1024 * 1024;

/// A known path with another method: `UnknownOperationException`, with this status and an `Allow` header.
pub const WRONG_METHOD_STATUS: u16 = 405;

/// The status of an error: the contract's, or the one chosen here.
pub(crate) fn status(code: &Code) -> u16 {
    [INCOMPLETE_SIGNATURE, TOO_LARGE]
        .into_iter()
        .find(|(name, _)| *name == code.as_str())
        .map_or_else(|| code.status(), |(_, status)| status)
}
