//! Where the recording of a session lies (`docs/ivs-behaviour.md` 2.7). IVS says the bucket; the path follows from the channel and
//! the time, but for the recording's own id, which its interface tells nobody.

use super::one::Shown;
use crate::components::copy::{CodeBox, CopyBox};
use crate::components::properties::{properties, property};
use crate::components::{locale, page};
use crate::routes::{At, Noun, Page};
use crate::shared::arn::called;
use crate::shared::as_code::quote;
use crate::shared::recording_path::recording_path;
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

/// By the snapshot of the configuration, the channel's ARN, and when the recording and the session began, in UTC; `None` where one of
/// them is missing.
fn place(configuration: &RecordingConfiguration, channel: &str, began: Option<[u32; 5]>, session: [u32; 5]) -> Option<Place> {
    let bucket = configuration.destination_configuration.s3.as_ref()?.bucket_name.clone();
    let Arn { account, id, .. } = Arn::parse(channel)?;
    let of = |time: &[u32]| recording_path(&account, &id, time);
    Some(Place { bucket, minute: began.map(|began| of(&began)), day: of(&began.unwrap_or(session)[..3]) })
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
    let place = channel
        .zip(shown.started())
        .and_then(|(channel, started)| place(configuration, &channel, began.map(locale::utc_parts), locale::utc_parts(started)));
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
        // ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs in IVS's own example.
        let began = [2020, 6, 23, 20, 12];
        let found = place(&configuration(Some("my-bucket")), CHANNEL, Some(began), began).expect("all is known");
        assert_eq!(found.minute.as_deref(), Some("ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/"));
        assert_eq!(found.day, "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/");
        let command = list("us-west-2", &found.bucket, &found.day);
        assert_eq!(command, "aws s3 ls --recursive s3://my-bucket/ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/ --region us-west-2");
    }

    #[test]
    fn what_is_not_known_is_not_made_up() {
        let found = place(&configuration(Some("b")), CHANNEL, None, [1970, 1, 1, 0, 0]).expect("the day is known");
        assert_eq!((found.minute, found.day.as_str()), (None, "ivs/v1/123456789012/AbCdef1G2hij/1970/1/1/"));
        assert_eq!(place(&configuration(None), CHANNEL, Some([1970, 1, 1, 0, 0]), [1970, 1, 1, 0, 0]), None);
        assert_eq!(place(&configuration(Some("b")), "abc", Some([1970, 1, 1, 0, 0]), [1970, 1, 1, 0, 0]), None);
        assert!(list("eu-west-1", "b; rm -rf x", "p/").contains("'s3://b; rm -rf x/p/'"), "nothing in it is run by a shell");
    }
}
