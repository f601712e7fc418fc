//! The fields, and the requests that are made from them.

use super::countries::codes;
use super::picker::picker;
use crate::components::fields::{Choice, Choices, TextArea, TextField};
use crate::components::locale;
use crate::shared::sheet::{Setting, as_it_is, trimmed};
use crate::view::prelude::*;
use contract::origin::is_origin;
use contract::playback_restriction_policy::{CreatePlaybackRestrictionPolicy, PlaybackRestrictionPolicy, UpdatePlaybackRestrictionPolicy};
use contract::tag::Tags;
use contract::{FieldError, FieldErrors};

/// The value of strict enforcement that is on.
const STRICT: &str = "on";

fn all_or(text: &str) -> String {
    if text.is_empty() { "all".to_owned() } else { text.replace('\n', ", ") }
}

fn by_code(text: &str) -> String {
    codes(text).join(" ")
}

fn by_name(text: &str) -> String {
    let codes = codes(text);
    if codes.is_empty() { "all".to_owned() } else { locale::countries(&codes).join(", ") }
}

/// Each once, in the order in which they were typed.
fn lines(text: &str) -> String {
    let mut origins = Vec::new();
    for origin in text.split_whitespace() {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    origins.join("\n")
}

fn when(text: &str) -> String {
    if text == STRICT { "on" } else { "off" }.to_owned()
}

/// In the order of the form.
pub(super) const SETTINGS: [Setting; 4] = [
    Setting { label: "Name", path: "name", read: trimmed, said: as_it_is },
    Setting { label: "Countries", path: "allowedCountries", read: by_code, said: by_name },
    Setting { label: "Origins", path: "allowedOrigins", read: lines, said: all_or },
    Setting { label: "Strict origin enforcement", path: "enableStrictOriginEnforcement", read: trimmed, said: when },
];

const ENFORCEMENT: &[Choice] = &[
    Choice { value: "", label: "Off", text: "The Origin is checked with the first playlist alone, when playback starts" },
    Choice {
        value: STRICT,
        label: "On",
        text: "Players must send the Origin with each playlist and segment; on iOS only a video element with crossorigin does",
    },
];

/// Of a policy.
pub(super) fn texts(policy: &PlaybackRestrictionPolicy) -> Vec<String> {
    let strict = if policy.enable_strict_origin_enforcement == Some(true) { STRICT } else { "" };
    vec![
        policy.name.clone().unwrap_or_default(),
        codes(&policy.allowed_countries.join(" ")).join(" "),
        policy.allowed_origins.join("\n"),
        strict.to_owned(),
    ]
}

/// What would be sent to make one, and what of it cannot be.
pub(super) fn create(texts: &[String], tags: Tags) -> (CreatePlaybackRestrictionPolicy, FieldErrors) {
    let (update, errors) = update(String::new(), texts, &[0, 1, 2, 3]);
    let some = |list: Option<Vec<String>>| list.filter(|list| !list.is_empty());
    let request = CreatePlaybackRestrictionPolicy {
        name: update.name.filter(|name| !name.is_empty()),
        allowed_countries: some(update.allowed_countries),
        allowed_origins: some(update.allowed_origins),
        enable_strict_origin_enforcement: update.enable_strict_origin_enforcement.filter(|on| *on),
        tags,
    };
    (request, errors)
}

/// What would be sent to change one. An empty list allows all again.
pub(super) fn update(arn: String, texts: &[String], settings: &[usize]) -> (UpdatePlaybackRestrictionPolicy, FieldErrors) {
    let mut errors = FieldErrors::default();
    let mut update = UpdatePlaybackRestrictionPolicy { arn, ..UpdatePlaybackRestrictionPolicy::default() };
    for setting in settings {
        let text = texts[*setting].trim();
        match setting {
            0 => update.name = Some(text.to_owned()),
            1 => update.allowed_countries = Some(codes(text)),
            2 => {
                let origins: Vec<String> = lines(text).lines().map(ToOwned::to_owned).collect();
                if let Some(wrong) = origins.iter().find(|origin| !is_origin(origin)) {
                    let message = format!(
                        "{wrong} is no origin. One looks like https://www.example.com or https://example.com:8443: no path, no slash at its end."
                    );
                    errors.0.push(FieldError { field: SETTINGS[2].path.to_owned(), message });
                }
                update.allowed_origins = Some(origins);
            }
            _ => update.enable_strict_origin_enforcement = Some(text == STRICT),
        }
    }
    (update, errors)
}

/// All fields.
pub(super) fn fields([name, countries, origins, strict]: [RwSignal<String>; 4]) -> View {
    view! {
        <TextField label="Name" path=SETTINGS[0].path value=name example="eu-only" help="For people; it need not be unique. Letters, digits, - and _, at most 128."/>
        {picker("Countries that may watch", SETTINGS[1].path, countries)}
        <TextArea
            label="Origins of the web pages that may play"
            path=SETTINGS[2].path
            value=origins
            example="https://www.example.com"
            help="One a line. Empty allows every page. Players that are no browsers can say any origin they like."
        />
        <Choices label=SETTINGS[3].label path=SETTINGS[3].path value=strict choices=ENFORCEMENT/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_allows_all_and_an_update_says_so() {
        let texts = ["", "", "", ""].map(ToOwned::to_owned);
        let (update, errors) = update("arn".into(), &texts, &[1, 2]);
        assert_eq!((update.allowed_countries, update.allowed_origins, update.name), (Some(Vec::new()), Some(Vec::new()), None));
        assert_eq!(errors, FieldErrors::default());
        assert_eq!(create(&texts, Tags::new()).0, CreatePlaybackRestrictionPolicy::default());
    }

    #[test]
    fn what_is_no_origin_is_said_at_its_field() {
        let texts = ["", "", "https://a.example\nexample.com/x", ""].map(ToOwned::to_owned);
        assert!(create(&texts, Tags::new()).1.at("allowedOrigins").is_some_and(|error| error.contains("example.com/x")));
    }
}
