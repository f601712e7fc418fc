//! The fields, and the requests that are made from them.

use crate::components::fields::{TextField, whole};
use crate::shared::sheet::{Setting, as_it_is, trimmed};
use crate::view::prelude::*;
use contract::failover_slate_configuration::{
    CreateFailoverSlateConfiguration, FailoverSlateConfiguration, UpdateFailoverSlateConfiguration,
};
use contract::tag::Tags;
use contract::{FieldError, FieldErrors};

fn seconds(text: &str) -> String {
    if text.is_empty() { "as IVS has it".to_owned() } else { format!("{text} s") }
}

/// In the order of the form.
pub(super) const SETTINGS: [Setting; 4] = [
    Setting { label: "Name", path: "name", read: trimmed, said: as_it_is },
    Setting { label: "Shown after", path: "activationThresholdSeconds", read: trimmed, said: seconds },
    Setting { label: "For at least", path: "minSlateDisplaySeconds", read: trimmed, said: seconds },
    Setting { label: "For at most", path: "maxSlateDisplaySeconds", read: trimmed, said: seconds },
];

/// Of a slate. What IVS leaves out is at its default.
pub(super) fn texts(slate: &FailoverSlateConfiguration) -> Vec<String> {
    let seconds = |seconds: Option<i32>, default: i32| seconds.unwrap_or(default).to_string();
    vec![
        slate.name.clone().unwrap_or_default(),
        seconds(slate.activation_threshold_seconds, 3),
        seconds(slate.min_slate_display_seconds, 3),
        seconds(slate.max_slate_display_seconds, 60),
    ]
}

/// What would be sent to make one, and what of it is no number.
pub(super) fn create(texts: &[String], tags: Tags) -> (CreateFailoverSlateConfiguration, FieldErrors) {
    // What is left empty gets IVS's default.
    let given: Vec<usize> = (0..SETTINGS.len()).filter(|setting| !texts[*setting].trim().is_empty()).collect();
    let (update, errors) = update(String::new(), texts, &given);
    let request = CreateFailoverSlateConfiguration {
        name: update.name.filter(|name| !name.is_empty()),
        activation_threshold_seconds: update.activation_threshold_seconds,
        min_slate_display_seconds: update.min_slate_display_seconds,
        max_slate_display_seconds: update.max_slate_display_seconds,
        tags,
    };
    (request, errors)
}

/// What would be sent to change one.
pub(super) fn update(arn: String, texts: &[String], settings: &[usize]) -> (UpdateFailoverSlateConfiguration, FieldErrors) {
    let mut errors = FieldErrors::default();
    let mut update = UpdateFailoverSlateConfiguration { arn, ..UpdateFailoverSlateConfiguration::default() };
    for setting in settings {
        let (text, path) = (texts[*setting].trim(), SETTINGS[*setting].path);
        // IVS leaves what it is not sent as it was.
        if *setting > 0 && text.is_empty() {
            errors.0.push(FieldError { field: path.to_owned(), message: "Is required.".to_owned() });
        }
        match setting {
            0 => update.name = Some(text.to_owned()),
            1 => update.activation_threshold_seconds = whole(path, text, &mut errors),
            2 => update.min_slate_display_seconds = whole(path, text, &mut errors),
            _ => update.max_slate_display_seconds = whole(path, text, &mut errors),
        }
    }
    (update, errors)
}

/// All fields.
pub(super) fn fields([name, after, least, most]: [RwSignal<String>; 4]) -> View {
    view! {
        <TextField label="Name" path=SETTINGS[0].path value=name example="standby" help="For people; it need not be unique. Letters, digits, - and _, at most 128."/>
        <TextField label="Shown after so many seconds" path=SETTINGS[1].path kind="number" value=after help="3 to 5: how long nothing has come from the encoder before viewers see the slate."/>
        <TextField label="For at least so many seconds" path=SETTINGS[2].path kind="number" value=least help="3 to 10, even if the encoder is back sooner."/>
        <TextField label="For at most so many seconds" path=SETTINGS[3].path kind="number" value=most help="60 to 180. What IVS does after that, it does not say."/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Check as _;

    #[test]
    fn only_the_settings_that_are_named_are_in_an_update() {
        let texts = texts(&FailoverSlateConfiguration { name: Some("a".into()), ..FailoverSlateConfiguration::default() });
        let (request, errors) = update("arn".into(), &texts, &[2]);
        assert_eq!(errors, FieldErrors::default());
        assert_eq!(
            request,
            UpdateFailoverSlateConfiguration {
                arn: "arn".into(),
                min_slate_display_seconds: Some(3),
                ..UpdateFailoverSlateConfiguration::default()
            }
        );
    }

    #[test]
    fn what_is_no_number_and_what_is_out_of_range_is_said_at_its_field() {
        let texts = ["", "x", "3", "300"].map(ToOwned::to_owned);
        let (request, errors) = create(&texts, Tags::new());
        assert!(errors.at("activationThresholdSeconds").is_some());
        assert!(request.check().is_err_and(|errors| errors.at("maxSlateDisplaySeconds").is_some()));
    }
}
