//! Where in the bucket a recording will lie (`docs/ivs-behaviour.md` 2.7).

use super::facts::Kept;
use crate::api::Scope;
use crate::components::copy::CodeBox;
use crate::components::locale;
use crate::components::page::card;
use crate::shared::recording_path::recording_path;
use crate::shared::session;
use crate::view::prelude::*;
use js_sys::Date;

/// The paths, as one text. `began`: year, month, day, hour and minute in UTC.
fn paths(bucket: &str, account: &str, began: [u32; 5], kept: Kept) -> String {
    let path = recording_path(account, "CHANNEL_ID", &began);
    let bucket = if bucket.is_empty() { "BUCKET" } else { bucket };
    let mut text =
        format!("s3://{bucket}/{path}RECORDING_ID/\n  events/recording-started.json, recording-ended.json or recording-failed.json\n");
    if kept.video {
        text.push_str("  media/hls/master.m3u8\n  media/hls/RENDITION/playlist.m3u8\n");
    }
    if kept.every {
        text.push_str("  media/thumbnails/thumbN.jpg\n");
    }
    if kept.latest {
        text.push_str("  media/latest_thumbnail/thumb.jpg\n");
    }
    text
}

/// The card.
pub(super) fn preview(scope: Memo<Scope>, bucket: Signal<String>, kept: Signal<Kept>) -> View {
    let account = move || {
        let known = session::me().and_then(|me| me.accounts.into_iter().find(|account| account.name == scope.get().account)?.id);
        known.unwrap_or_else(|| "ACCOUNT".to_owned())
    };
    let began = locale::utc_parts(Date::now());
    let text = Signal::derive(move || paths(&bucket.get(), &account(), began, kept.get()));
    let body = view! {
        <CodeBox name="Copy paths" text=text/>
        <p class="soft">"One that begins now: the day and the minute are in UTC, without leading zeros. Each rendition that is kept has a folder of its own, such as 720p30; thumbnails that are all kept are numbered."</p>
    };
    card("Where a recording will lie", View::Nothing, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_has_no_place() {
        let kept = Kept { video: true, every: false, latest: true };
        let text = paths("vod", "123456789012", [2026, 1, 2, 3, 4], kept);
        assert!(text.starts_with("s3://vod/ivs/v1/123456789012/CHANNEL_ID/2026/1/2/3/4/RECORDING_ID/"), "{text}");
        assert!(text.contains("latest_thumbnail") && !text.contains("media/thumbnails"));
        assert!(text.contains("media/hls/RENDITION/playlist.m3u8"), "which there are depends on the stream: {text}");
        let text = paths("", "1", [2026, 1, 2, 3, 4], Kept { video: false, every: true, latest: false });
        assert!(text.starts_with("s3://BUCKET/") && text.contains("media/thumbnails") && !text.contains("media/hls"), "{text}");
    }
}
