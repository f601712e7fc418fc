//! Every limit of the model, from just inside and from just outside; and nothing that is typed makes a panic.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

mod support;

use contract::{Call, Check};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{item, members, model, sample};

/// Values of one member that are just inside and just outside what the model allows.
#[derive(Default)]
struct Edges {
    inside: Vec<Value>,
    outside: Vec<Value>,
}

/// A text of a length, made of what the member's pattern allows.
fn long(model: &Value, shape: &str, length: usize) -> String {
    let usual = support::text(model, shape);
    match (usual.rfind('/'), usual.strip_prefix("st-")) {
        (Some(slash), _) if usual.starts_with("arn:") => {
            let head = &usual[..=slash];
            format!("{head}{}", "a".repeat(length.saturating_sub(head.len())))
        }
        (_, Some(_)) => format!("st-{}", "a".repeat(length.saturating_sub(3))),
        _ => "a".repeat(length),
    }
}

fn edges(model: &Value, shape: &str) -> Edges {
    let facts = &model["shapes"][shape];
    let (least, most) = (facts["min"].as_i64(), facts["max"].as_i64());
    let size = |limit: i64| usize::try_from(limit).unwrap();
    let mut edges = Edges::default();
    match facts["type"].as_str().unwrap() {
        "string" if facts["enum"].is_array() => {
            edges.outside.push(json!("NO_SUCH_VALUE"));
            edges.outside.push(json!(""));
        }
        "string" => {
            let pattern = facts["pattern"].as_str().unwrap_or_default();
            if let Some(most) = most {
                edges.inside.push(json!(long(model, shape, size(most))));
                edges.outside.push(json!(long(model, shape, size(most) + 1)));
            }
            if let Some(least) = least.filter(|least| *least > 0 && !pattern.contains("arn:")) {
                edges.inside.push(json!(long(model, shape, size(least))));
                edges.outside.push(json!(long(model, shape, size(least) - 1)));
            }
            if pattern.starts_with("^$|") {
                edges.inside.push(json!(""));
            }
            if !pattern.is_empty() && shape != "ResourceArn" {
                edges.outside.push(json!(format!("{}!", support::text(model, shape))));
                edges.outside.push(json!(format!("{}\u{1F600}", support::text(model, shape))));
            }
        }
        "integer" | "long" => {
            for limit in [least, most].into_iter().flatten() {
                edges.inside.push(json!(limit));
            }
            edges.outside.extend(least.map(|least| json!(least - 1)));
            edges.outside.extend(most.map(|most| json!(most + 1)));
        }
        "list" => {
            let one = sample(model, item(model, shape), true);
            if let Some(most) = most {
                edges.inside.push(json!(vec![&one; size(most)]));
                edges.outside.push(json!(vec![&one; size(most) + 1]));
            }
            if let Some(least) = least.filter(|least| *least > 0) {
                edges.outside.push(json!(vec![&one; size(least) - 1]));
            }
            let inner = edges_of_item(model, shape);
            edges.outside.extend(inner.outside.into_iter().map(|value| json!([value])));
        }
        "map" => {
            let tags = |count: usize| Value::Object((0..count).map(|n| (format!("key{n}"), json!("v"))).collect());
            edges.inside.extend([tags(50), json!({ "k".repeat(128): "v".repeat(256) }), json!({ "Größe/1 +-@=": "ä._:" })]);
            edges.outside.extend([
                tags(51),
                json!({ "k".repeat(129): "v" }),
                json!({ "k": "v".repeat(257) }),
                json!({ "": "v" }),
                json!({ "aws:x": "v" }),
            ]);
            edges.outside.extend([json!({ "a!": "v" }), json!({ "a": "v#" }), json!({ "\u{1F600}": "v" })]);
        }
        _ => {}
    }
    edges
}

fn edges_of_item(model: &Value, list: &str) -> Edges {
    let shape = item(model, list);
    if model["shapes"][shape]["type"] == "structure" { Edges::default() } else { edges(model, shape) }
}

/// Every place in a request where a member of a structure stands: the pointer to it and its shape.
fn places(model: &Value, shape: &str, at: &str, found: &mut Vec<(String, String)>) {
    match model["shapes"][shape]["type"].as_str().unwrap() {
        "structure" => {
            for (name, shape) in members(model, shape) {
                found.push((format!("{at}/{name}"), shape.to_owned()));
                places(model, shape, &format!("{at}/{name}"), found);
            }
        }
        "list" => places(model, item(model, shape), &format!("{at}/0"), found),
        _ => {}
    }
}

fn verdict<C: Call>(document: &Value) -> Result<(), contract::FieldErrors> {
    contract::parse::parse::<C>(document.to_string().as_bytes())?.check()
}

fn limits<C: Call>(model: &Value) -> usize {
    let input = model["operations"][C::OPERATION.name()]["input"].as_str().unwrap();
    let mut found = Vec::new();
    places(model, input, "", &mut found);
    let mut tried = 0;
    for (pointer, shape) in found {
        let edges = edges(model, &shape);
        let with = |value: &Value| {
            let mut document = sample(model, input, true);
            *document.pointer_mut(&pointer).expect("the sample has every member") = value.clone();
            document
        };
        for value in &edges.inside {
            verdict::<C>(&with(value)).unwrap_or_else(|errors| panic!("{} refuses {pointer} = {value}: {errors}", C::OPERATION));
        }
        for value in &edges.outside {
            let errors = verdict::<C>(&with(value)).expect_err(&format!("{} accepts {pointer} = {value}", C::OPERATION));
            let field = pointer[1..].replace("/0", "[0]").replace('/', ".");
            assert!(errors.at(&field).is_some(), "{} blames {errors} for {field} = {value}", C::OPERATION);
        }
        tried += edges.inside.len() + edges.outside.len();
    }
    tried
}

macro_rules! limits_of_all { ($($noun:ident $op:ident;)*) => { |model: &Value| -> usize { [$(limits::<contract::$noun::$op>(model)),*].into_iter().sum() } }; }

#[test]
fn every_limit_from_both_sides() {
    let tried = contract::for_each_operation!(limits_of_all)(&model());
    println!("{tried} values tried");
    assert!(tried > 500, "only {tried} values tried");
}

#[test]
fn tag_characters_are_those_of_the_pattern() {
    let model = model();
    let pattern = regex::Regex::new(&format!("^(?:{})$", model["shapes"]["TagValue"]["pattern"].as_str().unwrap())).unwrap();
    // The table is of Unicode 14; what was assigned later is known to one side only.
    let assigned = regex::Regex::new(r"^\p{Age=14.0}$").unwrap();
    let mut buffer = [0; 4];
    let mut differ = Vec::new();
    for c in ('\0'..='\u{1FFFF}').filter(|c| assigned.is_match(c.encode_utf8(&mut [0; 4]))) {
        let ours = contract::tag::TagResource { resource_arn: support::arn("channel"), tags: [("k".to_owned(), c.to_string())].into() };
        if ours.check().is_ok() != pattern.is_match(c.encode_utf8(&mut buffer)) {
            differ.push(c);
        }
    }
    assert!(differ.is_empty(), "{} characters differ, the first is U+{:04X}", differ.len(), differ[0] as u32);
}

#[test]
fn what_is_wrong_is_said_at_its_member() {
    let say = |text: &str| contract::parse::parse::<contract::channel::CreateChannel>(text.as_bytes()).map(|_| ()).unwrap_err().0.remove(0);
    assert_eq!(say(r#"{"nam":"x"}"#).field, "nam");
    assert_eq!(say(r#"{"authorized":"yes"}"#).field, "authorized");
    assert_eq!(say(r#"{"multitrackInputConfiguration":{"enable":true}}"#).field, "multitrackInputConfiguration.enable");
    assert_eq!(say("{").message, "Is not JSON.");
    assert_eq!(say("{} x").message, "Is not JSON.");
    for (text, field, message) in [
        ("[]", "", "Must be an object."),
        (r#"["name"]"#, "", "Must be an object."),
        (r#"{"tags":["a"]}"#, "tags", "Must be an object."),
        (r#"{"multitrackInputConfiguration":[true]}"#, "multitrackInputConfiguration", "Must be an object."),
        (r#"{"name":5}"#, "name", "Must be a string."),
        (r#"{"authorized":"yes"}"#, "authorized", "Must be true or false."),
        (r#"{"name":"a","name":"b"}"#, "name", "Stands there twice."),
    ] {
        let found = say(text);
        assert_eq!((found.field.as_str(), found.message.as_str()), (field, message), "{text}");
    }
    let missing = contract::parse::parse::<contract::channel::GetChannel>(b"{}").unwrap_err();
    assert_eq!((missing.0[0].field.as_str(), missing.0[0].message.as_str()), ("arn", "Is required."));
}

proptest! {
    #[test]
    fn no_text_makes_a_panic(text in ".{0,300}", field in prop::sample::select(vec!["name", "recordingConfigurationArn", "type", "tags"])) {
        let document = if field == "tags" { json!({ "tags": { text.clone(): text } }) } else { json!({ field: text }) };
        let _ = verdict::<contract::channel::CreateChannel>(&document);
    }

    #[test]
    fn arns_print_as_they_parse(region in "[a-z0-9-]{1,20}", account in "[0-9]{1,12}", id in "[a-zA-Z0-9-]{1,40}", kind in 0usize..7) {
        let text = format!("arn:aws:ivs:{region}:{account}:{}/{id}", contract::arn::Resource::ALL[kind].as_str());
        prop_assert_eq!(contract::arn::Arn::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn what_is_no_arn_does_not_parse(text in ".{0,140}") {
        if let Some(arn) = contract::arn::Arn::parse(&text) {
            prop_assert_eq!(arn.to_string(), text);
        }
    }

    #[test]
    fn times_are_told_from_other_text(text in "[0-9TZ:+.-]{0,30}") {
        let pattern = regex::Regex::new(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$").unwrap();
        prop_assert!(!contract::time::is_rfc3339(&text) || pattern.is_match(&text));
    }
}
