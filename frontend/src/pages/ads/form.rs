//! The fields, and the requests that are made from them.

use crate::api::query;
use crate::components::action::{Action, Look};
use crate::components::copy::CopyBox;
use crate::components::fields::{TextField, whole};
use crate::shared::sheet::{Setting, as_it_is, trimmed};
use crate::shared::{channels, place};
use crate::view::prelude::*;
use contract::ad_configuration::{
    AdConfiguration, CreateAdConfiguration, MediaTailorPlaybackConfiguration, PostRollConfiguration, UpdateAdConfiguration,
};
use contract::channel::GetChannel;
use contract::tag::Tags;
use contract::{FieldError, FieldErrors};

/// IVS wants a length also where there is no post-roll; this is its default.
const NO_POST_ROLL: PostRollConfiguration = PostRollConfiguration { duration_seconds: 15, enabled: false };

fn seconds(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { format!("{text} s") }
}

/// In the order of the form; 1 to 3 are one list on IVS's wire.
pub(super) const SETTINGS: [Setting; 5] = [
    Setting { label: "Name", path: "name", read: trimmed, said: as_it_is },
    Setting {
        label: "MediaTailor, default",
        path: "mediaTailorPlaybackConfigurations[0].playbackConfigurationArn",
        read: trimmed,
        said: as_it_is,
    },
    Setting {
        label: "MediaTailor, second",
        path: "mediaTailorPlaybackConfigurations[1].playbackConfigurationArn",
        read: trimmed,
        said: as_it_is,
    },
    Setting {
        label: "MediaTailor, third",
        path: "mediaTailorPlaybackConfigurations[2].playbackConfigurationArn",
        read: trimmed,
        said: as_it_is,
    },
    Setting { label: "Post-roll", path: "postRollConfiguration.durationSeconds", read: trimmed, said: seconds },
];

/// Of an ad configuration.
pub(super) fn texts(ads: &AdConfiguration) -> Vec<String> {
    let tailor = |at: usize| {
        let given = ads.media_tailor_playback_configurations.get(at);
        given.and_then(|given| given.playback_configuration_arn.clone()).unwrap_or_default()
    };
    let roll = ads.post_roll_configuration.as_ref().filter(|roll| roll.enabled);
    let roll = roll.map(|roll| roll.duration_seconds.to_string()).unwrap_or_default();
    vec![ads.name.clone().unwrap_or_default(), tailor(0), tailor(1), tailor(2), roll]
}

/// What would be sent to make one, and what of it cannot be read.
pub(super) fn create(texts: &[String], tags: Tags) -> (CreateAdConfiguration, FieldErrors) {
    let (update, errors) = update(String::new(), texts, &[0, 1, 4]);
    let request = CreateAdConfiguration {
        name: update.name.filter(|name| !name.is_empty()),
        media_tailor_playback_configurations: update.media_tailor_playback_configurations.unwrap_or_default(),
        post_roll_configuration: update.post_roll_configuration.filter(|roll| roll.enabled),
        tags,
    };
    (request, errors)
}

/// What would be sent to change one. The list is sent whole.
pub(super) fn update(arn: String, texts: &[String], settings: &[usize]) -> (UpdateAdConfiguration, FieldErrors) {
    let mut errors = FieldErrors::default();
    let mut update = UpdateAdConfiguration { arn, ..UpdateAdConfiguration::default() };
    for setting in settings {
        match setting {
            0 => update.name = Some(texts[0].trim().to_owned()),
            1..=3 => update.media_tailor_playback_configurations = Some(tailors(&texts[1..=3])),
            _ => {
                let length = whole(SETTINGS[4].path, &texts[4], &mut errors);
                update.post_roll_configuration =
                    Some(length.map_or(NO_POST_ROLL, |duration_seconds| PostRollConfiguration { duration_seconds, enabled: true }));
            }
        }
    }
    if update.media_tailor_playback_configurations.is_some() {
        errors.0.extend(gaps(&texts[1..=3]));
    }
    (update, errors)
}

fn tailors(texts: &[String]) -> Vec<MediaTailorPlaybackConfiguration> {
    let given = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
    given.map(|arn| MediaTailorPlaybackConfiguration { playback_configuration_arn: Some(arn.to_owned()) }).collect()
}

/// An empty one before another, and one that stands twice.
fn gaps(texts: &[String]) -> Vec<FieldError> {
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
    let error = |at: usize, message: &str| FieldError { field: SETTINGS[at + 1].path.to_owned(), message: message.to_owned() };
    let mut errors = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        if text.is_empty() && (at == 0 || texts[at + 1..].iter().any(|later| !later.is_empty())) {
            errors.push(error(at, if at == 0 { "Is required: it is the default." } else { "Fill this one in before the next." }));
        } else if !text.is_empty() && texts[..at].contains(text) {
            errors.push(error(at, "This one stands above already."));
        }
    }
    errors
}

/// All fields.
pub(super) fn fields([name, first, second, third, roll]: [RwSignal<String>; 5]) -> View {
    let swap = move |other: RwSignal<String>| {
        let (a, b) = (first.get_untracked(), other.get_untracked());
        first.set(b);
        other.set(a);
    };
    let lead = move |other: RwSignal<String>, which: &'static str| {
        move || {
            let there = other.with(|text| !text.trim().is_empty());
            there.then(|| view! { <p class="field-action"><Action label="Make it the default" name=format!("Make it the default: {which}") look=Look::Quiet on=move |()| swap(other)/></p> })
        }
    };
    view! {
        <TextField label="Name" path=SETTINGS[0].path value=name example="mid-rolls" help="For people; it need not be unique. Letters, digits, - and _, at most 128."/>
        <TextField
            label=SETTINGS[1].label
            path=SETTINGS[1].path
            value=first
            example="arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/0a1b2c3d"
            help="Its content source is the beginning of your playback URLs, its insertion mode PLAYER_SELECT."
        />
        {source()}
        <TextField label=SETTINGS[2].label path=SETTINGS[2].path value=second help="A viewer's token may choose it by its name."/>
        {lead(second, "second")}
        <TextField label=SETTINGS[3].label path=SETTINGS[3].path value=third/>
        {lead(third, "third")}
        <TextField label="Post-roll, in seconds" path=SETTINGS[4].path kind="number" value=roll help="1 to 300: ads when a stream ends. Empty for none."/>
    }
}

/// The beginning that the playback URLs of a region have in common.
fn beginning(url: &str) -> Option<String> {
    let host = "live-video.net/";
    url.find(host).map(|at| url[..at + host.len()].to_owned())
}

/// What the content source has to be, by the first channel that there is.
fn source() -> View {
    let scope = place::scope();
    let list = channels::channels(move || scope.get());
    let one = Memo::new(move |_| list.with(|state| state.value()?.items.first()?.arn.clone()));
    let channel = query::call(move || Some((scope.get(), GetChannel { arn: one.get()? })));
    let url = Memo::new(move |_| channel.with(|state| beginning(state.value()?.channel.as_ref()?.playback_url.as_deref()?)));
    let show =
        move || url.get().map(|url| view! { <div class="field-action"><CopyBox label="Content source" text=Signal::stored(url)/></div> });
    show.into_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts_of(arns: [&str; 3], roll: &str) -> Vec<String> {
        ["", arns[0], arns[1], arns[2], roll].map(ToOwned::to_owned).to_vec()
    }

    #[test]
    fn the_list_is_sent_whole_whichever_of_it_changed() {
        let (request, errors) = update("arn".into(), &texts_of(["a", "b", ""], ""), &[2]);
        assert_eq!(errors, FieldErrors::default());
        assert_eq!(request.media_tailor_playback_configurations.map(|all| all.len()), Some(2));
        assert_eq!((request.name, request.post_roll_configuration), (None, None));
    }

    #[test]
    fn the_content_source_is_the_beginning_of_a_playback_url() {
        let url = "https://0a1b.eu-west-1.playback.live-video.net/api/video/v1/x.m3u8";
        assert_eq!(beginning(url).as_deref(), Some("https://0a1b.eu-west-1.playback.live-video.net/"));
        assert_eq!(beginning("https://example.com/"), None);
    }

    #[test]
    fn gaps_and_doubles_are_said_at_their_fields() {
        let errors = update("arn".into(), &texts_of(["", "b", ""], ""), &[1]).1;
        assert!(errors.at(SETTINGS[1].path).is_some());
        let errors = update("arn".into(), &texts_of(["a", "", "c"], ""), &[1]).1;
        assert!(errors.at(SETTINGS[2].path).is_some() && errors.at(SETTINGS[1].path).is_none());
        let errors = update("arn".into(), &texts_of(["a", "a", ""], ""), &[1]).1;
        assert!(errors.at(SETTINGS[2].path).is_some());
    }

    #[test]
    fn no_post_roll_is_said_as_ivs_wants_it() {
        assert_eq!(update("arn".into(), &texts_of(["a", "", ""], ""), &[4]).0.post_roll_configuration, Some(NO_POST_ROLL));
        assert_eq!(create(&texts_of(["a", "", ""], ""), Tags::new()).0.post_roll_configuration, None);
        let on = update("arn".into(), &texts_of(["a", "", ""], "20"), &[4]).0.post_roll_configuration;
        assert_eq!(on, Some(PostRollConfiguration { duration_seconds: 20, enabled: true }));
    }
}
