//! The table and the types agree with the pinned service model: every operation, member, kind, required mark, enum value,
//! error, status, rate and secret.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

mod support;

use contract::{Call, Code, Open, Operation};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use support::{item, members, model, required, sample};

/// What the model and we say differently, with the reason. Nothing else may differ.
const NAMED_EXCEPTIONS: [(&str, &str); 2] = [
    ("shape ResourceArn", "its pattern allows one character before the slash and so matches no real ARN; not enforced"),
    ("operation PutMetadata", "its rate is 155 for an account and 5 for a channel; the table holds the account's"),
];

#[test]
fn the_named_exceptions_are_real() {
    let model = model();
    let pattern = regex::Regex::new(&format!("^(?:{})$", model["shapes"]["ResourceArn"]["pattern"].as_str().unwrap())).unwrap();
    assert!(!pattern.is_match(&support::arn("channel")), "{} no longer holds", NAMED_EXCEPTIONS[0].0);
    assert_eq!(model["extensions"]["tpsOther"]["PutMetadata"]["perAccount"], Operation::PutMetadata.rate().unwrap());
}

#[test]
fn operations_methods_paths_statuses_errors_rates_and_secrets() {
    let model = model();
    let theirs: BTreeSet<&str> = model["operations"].as_object().unwrap().keys().map(String::as_str).collect();
    let ours: BTreeSet<&str> = Operation::ALL.iter().map(|operation| operation.name()).collect();
    assert_eq!(ours, theirs);
    for operation in Operation::ALL {
        let facts = &model["operations"][operation.name()];
        assert_eq!(operation.wire(), (facts["method"].as_str().unwrap(), facts["uri"].as_str().unwrap()));
        assert_eq!(u64::from(operation.success()), facts["successStatus"].as_u64().unwrap(), "{operation}");
        let errors: BTreeMap<String, u64> = operation.errors().map(|code| (code.to_string(), u64::from(code.status()))).collect();
        let declared: BTreeMap<String, u64> =
            facts["errors"].as_object().unwrap().iter().map(|(code, status)| (code.clone(), status.as_u64().unwrap())).collect();
        assert_eq!(errors, declared, "{operation}");
        assert_eq!(operation.secret(), facts["sensitiveOutput"].as_array().is_some_and(|paths| !paths.is_empty()), "{operation}");
        if *operation != Operation::PutMetadata {
            assert_eq!(
                operation.rate().map(u64::from),
                model["extensions"]["tpsPerAccountRegion"][operation.name()].as_u64(),
                "{operation}"
            );
        }
        assert_eq!(operation.name().parse(), Ok(*operation));
    }
}

#[test]
fn errors_and_their_statuses() {
    let model = model();
    for (name, facts) in model["errors"].as_object().unwrap() {
        let code = Code::from(name.as_str());
        assert!(code.known(), "{name}");
        assert_eq!(u64::from(code.status()), facts["status"].as_u64().unwrap(), "{name}");
    }
}

/// The leaves of a shape, in the words of `walk::leaves`.
fn expected(model: &Value, shape: &str, path: &str, found: &mut BTreeMap<String, String>) {
    let facts = &model["shapes"][shape];
    match facts["type"].as_str().unwrap() {
        "structure" => {
            for (name, shape) in members(model, shape) {
                expected(model, shape, &if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }, found);
            }
        }
        "list" => expected(model, item(model, shape), &format!("{path}[]"), found),
        "map" => {
            expected(model, facts["value"].as_str().or_else(|| facts["value"]["shape"].as_str()).unwrap(), &format!("{path}{{}}"), found)
        }
        // RFC 3339 text on IVS's wire.
        "timestamp" => drop(found.insert(path.to_owned(), "string".to_owned())),
        kind => drop(found.insert(path.to_owned(), kind.to_owned())),
    }
}

fn compare<C: Call>(model: &Value) {
    let facts = &model["operations"][C::OPERATION.name()];
    for (side, shape, leaves) in
        [("request", &facts["input"], support::walk::leaves::<C>()), ("reply", &facts["output"], support::walk::leaves::<C::Response>())]
    {
        let mut theirs = BTreeMap::new();
        if let Some(shape) = shape.as_str() {
            expected(model, shape, "", &mut theirs);
        }
        let ours: BTreeMap<String, String> = leaves.into_iter().map(|(path, kind)| (path, kind.to_owned())).collect();
        assert_eq!(ours, theirs, "{side} of {}", C::OPERATION);
    }
}

macro_rules! compare_all { ($($noun:ident $op:ident;)*) => { |model: &Value| { $(compare::<contract::$noun::$op>(model);)* } }; }

#[test]
fn members_and_their_kinds() {
    contract::for_each_operation!(compare_all)(&model());
}

/// Parses and checks a document as a request.
fn accepts<C: Call>(document: &Value) -> Result<(), contract::FieldErrors> {
    contract::parse::parse::<C>(document.to_string().as_bytes())?.check()
}

fn marks<C: Call>(model: &Value) {
    let operation = C::OPERATION;
    let facts = &model["operations"][operation.name()];
    let input = facts["input"].as_str().unwrap();
    for everything in [true, false] {
        let document = sample(model, input, everything);
        accepts::<C>(&document).unwrap_or_else(|errors| panic!("{operation} refuses {document}: {errors}"));
        let again = serde_json::to_value(contract::parse::parse::<C>(document.to_string().as_bytes()).unwrap()).unwrap();
        assert_eq!(again, document, "{operation} does not survive a round trip");
    }
    let must = required(model, input);
    for (name, _) in members(model, input) {
        let mut document = sample(model, input, true);
        document.as_object_mut().unwrap().remove(name);
        if name == "type" {
            // Without a type it is STANDARD, which has no preset.
            document.as_object_mut().unwrap().remove("preset");
        }
        let verdict = accepts::<C>(&document);
        if must.iter().any(|one| one == name) {
            let errors = verdict.expect_err(&format!("{operation} without {name}"));
            assert!(errors.at(name).is_some(), "{operation} without {name} blames {errors}");
        } else {
            verdict.unwrap_or_else(|errors| panic!("{operation} without optional {name}: {errors}"));
        }
    }
    if let Some(output) = facts["output"].as_str() {
        for everything in [true, false] {
            let document = sample(model, output, everything);
            serde_json::from_value::<C::Response>(document.clone())
                .unwrap_or_else(|error| panic!("{operation} answers {document}: {error}"));
        }
    }
}

macro_rules! marks_of_all { ($($noun:ident $op:ident;)*) => { |model: &Value| { $(marks::<contract::$noun::$op>(model);)* } }; }

#[test]
fn required_marks_and_round_trips() {
    contract::for_each_operation!(marks_of_all)(&model());
}

/// Puts a canary at a path of the model, such as `channels[].srt.passphrase`.
fn plant(document: &mut Value, path: &str) {
    match path.split_once('.') {
        _ if document.is_array() => document.as_array_mut().unwrap().iter_mut().for_each(|item| plant(item, path)),
        Some((member, rest)) => plant(&mut document[member.trim_end_matches("[]")], rest),
        None => document[path] = Value::from("CANARY"),
    }
}

/// Plants a canary wherever the model marks a reply as sensitive, redacts, and looks for it.
fn redacts<C: Call>(model: &Value) {
    let facts = &model["operations"][C::OPERATION.name()];
    let sensitive = facts["sensitiveOutput"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(!sensitive.is_empty(), C::OPERATION.secret(), "{}", C::OPERATION);
    for path in sensitive {
        let mut document = sample(model, facts["output"].as_str().unwrap(), true);
        plant(&mut document, path.as_str().unwrap());
        let mut reply: C::Response = serde_json::from_value(document).unwrap();
        assert!(serde_json::to_string(&reply).unwrap().contains("CANARY"), "{}: {path} is not there", C::OPERATION);
        assert!(!format!("{reply:?}").contains("CANARY"), "Debug of {}'s reply shows {path}", C::OPERATION);
        C::redact(&mut reply);
        assert!(!serde_json::to_string(&reply).unwrap().contains("CANARY"), "{}: {path}", C::OPERATION);
    }
}

macro_rules! redact_all { ($($noun:ident $op:ident;)*) => { |model: &Value| { $(redacts::<contract::$noun::$op>(model);)* } }; }

#[test]
fn every_secret_is_redacted() {
    contract::for_each_operation!(redact_all)(&model());
}

macro_rules! enums {
    ($($shape:ident: $($path:ident)::+;)*) => { fn our_enums() -> BTreeMap<&'static str, Vec<&'static str>> { BTreeMap::from([$((stringify!($shape), contract::$($path)::+::$shape::values()),)*]) } };
}

enums! {
    ChannelLatencyMode: channel;
    ChannelType: channel;
    ContainerFormat: channel;
    FailoverSlateConfigurationState: failover_slate_configuration;
    MultitrackMaximumResolution: channel;
    MultitrackPolicy: channel;
    RecordingConfigurationState: recording_configuration;
    RecordingMode: recording_configuration;
    RenditionConfigurationRendition: recording_configuration;
    RenditionConfigurationRenditionSelection: recording_configuration;
    StreamHealth: stream;
    StreamState: stream;
    ThumbnailConfigurationResolution: recording_configuration;
    ThumbnailConfigurationStorage: recording_configuration;
    TranscodePreset: channel;
}

#[test]
fn enum_values() {
    let model = model();
    let shapes = model["shapes"].as_object().unwrap();
    let theirs: BTreeMap<&str, Vec<&str>> = shapes
        .iter()
        .filter_map(|(name, facts)| Some((name.as_str(), facts["enum"].as_array()?.iter().map(|value| value.as_str().unwrap()).collect())))
        .collect();
    assert_eq!(our_enums(), theirs);
}

#[test]
fn an_unknown_enum_value_survives_and_is_refused_in_a_request() {
    let text = r#"{"channelArn":"arn:aws:ivs:eu-west-1:1:channel/a","state":"PAUSED"}"#;
    let stream: contract::stream::StreamSummary = serde_json::from_str(text).unwrap();
    assert_eq!(stream.state.as_ref().unwrap().to_string(), "PAUSED");
    assert_eq!(serde_json::to_string(&stream).unwrap(), text);
    let errors = accepts::<contract::channel::CreateChannel>(&serde_json::json!({ "type": "PREMIUM" })).unwrap_err();
    assert!(errors.at("type").unwrap().contains("BASIC, STANDARD, ADVANCED_SD, ADVANCED_HD"));
}
