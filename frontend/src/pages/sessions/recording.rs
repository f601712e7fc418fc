//! Where the recording of a session lies (`docs/ivs-behaviour.md` 2.7). IVS says the bucket; the path follows from the channel and
//! the time, but for the recording's own id, which its interface tells nobody.

use super::one::Shown;
use crate::components::copy::{CodeBox, CopyBox};
use crate::components::properties::{properties, property};
use crate::components::{locale, page};
use crate::routes::{At, Noun, Page};
use crate::shared::arn::called;
use crate::shared::as_code::quote;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::recording_configuration::RecordingConfiguration;
use contract::stream_session::StreamSession;

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    bucket: String,
    /// Of the minute at which the recording began, where that is known.
    minute: Option<String>,
    /// Of the day.
    day: String,
}

/// Year, month, day, hour and minute in UTC.
fn utc(millis: f64) -> [i64; 5] {
    #[expect(clippy::cast_possible_truncation, reason = "minutes since 1970")]
    let minutes = (millis / 60_000.0).floor() as i64;
    // Days to a date, as Howard Hinnant's `civil_from_days` does it: years begin in March, so that a leap day is the last.
    let days = minutes.div_euclid(1_440) + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (of_month, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = year + era * 400 + i64::from(month <= 2);
    [year, month, of_month, minutes.rem_euclid(1_440) / 60, minutes.rem_euclid(60)]
}

/// By the snapshot of the configuration, the channel's ARN, and when it began; `None` where one of them is missing.
fn place(configuration: &RecordingConfiguration, channel: &str, began: Option<f64>, session: f64) -> Option<Place> {
    let bucket = configuration.destination_configuration.s3.as_ref()?.bucket_name.clone();
    let Arn { account, id, .. } = Arn::parse(channel)?;
    let of = |parts: &[i64]| {
        let path = parts.iter().map(|part| format!("{part}/")).collect::<String>();
        format!("ivs/v1/{account}/{id}/{path}")
    };
    // IVS pads no number.
    Some(Place { bucket, minute: began.map(|began| of(&utc(began))), day: of(&utc(began.unwrap_or(session))[..3]) })
}

/// When an event of this name was, the first time.
fn when(session: &StreamSession, name: &str) -> Option<f64> {
    let event = session.truncated_events.iter().rev().find(|event| event.name.as_deref() == Some(name))?;
    locale::parse_time(event.event_time.as_deref()?)
}

fn list(scope_region: &str, bucket: &str, prefix: &str) -> String {
    format!("aws s3 ls --recursive {} --region {}", quote(&format!("s3://{bucket}/{prefix}")), quote(scope_region))
}

/// The card.
pub(super) fn card(shown: Shown) -> View {
    let configuration = Memo::new(move |_| shown.session.with(|session| session.recording_configuration.clone()));
    let began = Memo::new(move |_| shown.session.with(|session| when(session, "Recording Start")));
    let failed = Memo::new(move |_| shown.session.with(|session| when(session, "Recording Start Failure").is_some()));
    let body = move || match configuration.get() {
        None => view! { <p class="soft">{not_recorded(shown)}</p> },
        Some(_) if failed.get() && began.get().is_none() => {
            view! { <p class="soft">"The recording did not start, so there is none. The events say more."</p> }
        }
        Some(configuration) => recorded(shown, &configuration, began.get()),
    };
    page::card("Recording", View::Nothing, body.into_view())
}

fn not_recorded(shown: Shown) -> &'static str {
    let named = shown.session.with(|session| {
        session.channel.as_ref().and_then(|channel| channel.recording_configuration_arn.as_ref()).is_some_and(|arn| !arn.is_empty())
    });
    if named {
        "The channel had a recording configuration, and IVS did not keep which bucket it wrote to."
    } else {
        "Not recorded: the channel had no recording configuration."
    }
}

fn recorded(shown: Shown, configuration: &RecordingConfiguration, began: Option<f64>) -> View {
    let to = Page::Resource(shown.scope.get(), Noun::Recording, At::One(Arn::short(&configuration.arn).to_owned())).path();
    let name = called(configuration.name.as_deref(), &configuration.arn).to_owned();
    let window = configuration.recording_reconnect_window_seconds.unwrap_or_default();
    let channel =
        shown.session.with(|session| session.channel.as_ref().and_then(|channel| channel.arn.clone())).or_else(|| shown.arn.get());
    let place = channel.zip(shown.started()).and_then(|(channel, started)| place(configuration, &channel, began, started));
    let configured = properties(vec![property("Configuration", view! { <a class="link" href=to>{name}</a> })]);
    let Some(Place { bucket, minute, day }) = place else {
        return view! { {configured} <p class="soft">"IVS does not say which bucket it wrote to."</p> };
    };
    let prefix = minute.clone().unwrap_or_else(|| day.clone());
    let region = shown.scope.get().region;
    let merged = (window > 0).then(|| view! { <p class="soft small">{format!("It merges streams that come back within {window} s: what belongs to an earlier stream lies under the time of that one.")}</p> });
    let about = if minute.is_some() {
        "Behind it comes the recording's id, which IVS tells nobody. The path has the minute of its start in UTC; if nothing lies there, look through the day:"
    } else {
        "When the recording began is not among the events, so this is the whole day, in UTC. Behind it come hour, minute and the recording's id."
    };
    let by_minute = minute
        .is_some()
        .then(|| view! { <CodeBox name="Copy command for the minute" text=Signal::stored(list(&region, &bucket, &prefix))/> });
    view! {
        <div class="stack">
            {configured}
            <CopyBox label="S3 bucket" text=Signal::stored(bucket.clone())/>
            <CopyBox label="Prefix" text=Signal::stored(prefix)/>
            {by_minute}
            <p class="soft small">{about}</p>
            <CodeBox name="Copy command for the day" text=Signal::stored(list(&region, &bucket, &day))/>
            {merged}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::recording_configuration::{DestinationConfiguration, S3DestinationConfiguration};

    const CHANNEL: &str = "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij";

    fn configuration(bucket: Option<&str>) -> RecordingConfiguration {
        let s3 = bucket.map(|bucket| S3DestinationConfiguration { bucket_name: bucket.into() });
        RecordingConfiguration { destination_configuration: DestinationConfiguration { s3 }, ..RecordingConfiguration::default() }
    }

    #[test]
    fn the_path_is_that_of_the_documentation() {
        // 2020-06-23T20:12:32Z: ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs in IVS's own example.
        let began = 1_592_943_152_000.0;
        let found = place(&configuration(Some("my-bucket")), CHANNEL, Some(began), began).expect("all is known");
        assert_eq!(found.minute.as_deref(), Some("ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/"));
        assert_eq!(found.day, "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/");
        let command = list("us-west-2", &found.bucket, &found.day);
        assert_eq!(command, "aws s3 ls --recursive s3://my-bucket/ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/ --region us-west-2");
    }

    #[test]
    fn what_is_not_known_is_not_made_up() {
        let found = place(&configuration(Some("b")), CHANNEL, None, 0.0).expect("the day is known");
        assert_eq!((found.minute, found.day.as_str()), (None, "ivs/v1/123456789012/AbCdef1G2hij/1970/1/1/"));
        assert_eq!(place(&configuration(None), CHANNEL, Some(0.0), 0.0), None);
        assert_eq!(place(&configuration(Some("b")), "abc", Some(0.0), 0.0), None);
        assert!(list("eu-west-1", "b; rm -rf x", "p/").contains("'s3://b; rm -rf x/p/'"), "nothing in it is run by a shell");
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = 86_400_000.0;
        assert_eq!(utc(0.0), [1970, 1, 1, 0, 0]);
        assert_eq!(utc(-60_000.0), [1969, 12, 31, 23, 59]);
        assert_eq!(utc(951_782_400_000.0), [2000, 2, 29, 0, 0]);
        assert_eq!(utc(951_782_400_000.0 + day), [2000, 3, 1, 0, 0]);
        assert_eq!(utc(1_798_761_599_999.0), [2026, 12, 31, 23, 59]);
    }
}
