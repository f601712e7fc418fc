//! The pinned service model, and sample documents made from it.

// Each test binary uses its own part of this.
#![allow(dead_code, unreachable_pub, reason = "shared by several test binaries")]

pub mod walk;

use serde_json::{Map, Value, json};

/// `model/model.json`: botocore's service model, reduced.
pub fn model() -> Value {
    serde_json::from_str(include_str!("../../model/model.json")).expect("the pinned model is JSON")
}

/// A member of a structure that travels in the body, path or query (not in a header).
pub fn members<'m>(model: &'m Value, shape: &str) -> Vec<(&'m str, &'m str)> {
    let Some(members) = model["shapes"][shape]["members"].as_object() else { return Vec::new() };
    members
        .iter()
        .filter(|(_, member)| member["in"] != "header")
        .map(|(name, member)| (name.as_str(), member["shape"].as_str().expect("a member has a shape")))
        .collect()
}

pub fn required(model: &Value, shape: &str) -> Vec<String> {
    let list = model["shapes"][shape]["required"].as_array();
    list.into_iter().flatten().map(|name| name.as_str().expect("a name").to_owned()).collect()
}

/// The shape of a list's items.
pub fn item<'m>(model: &'m Value, shape: &str) -> &'m str {
    let member = &model["shapes"][shape]["member"];
    member.as_str().or_else(|| member["shape"].as_str()).expect("a list has items")
}

/// A text that a string shape allows, of its least length or a usual one.
pub fn text(model: &Value, shape: &str) -> String {
    let facts = &model["shapes"][shape];
    if let Some(values) = facts["enum"].as_array() {
        // IVS's rules between members: an ADVANCED type (the last) alone may have a preset, TS (the first) alone ads.
        let value = if shape == "ContainerFormat" { values.first() } else { values.last() };
        return value.and_then(Value::as_str).expect("an enum has values").to_owned();
    }
    match facts["pattern"].as_str().unwrap_or_default() {
        _ if shape == "ResourceArn" => arn("channel"),
        pattern if pattern.contains("mediatailor") => "arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/abc-1".into(),
        pattern if pattern.contains("arn:aws") => {
            arn(pattern.rsplit_once("/[").and_then(|(head, _)| head.rsplit(':').next()).expect("an ARN names a type"))
        }
        "st-[a-zA-Z0-9]+" => format!("st-{}", "A".repeat(23)),
        _ if shape == "PlaybackPublicKeyMaterial" => {
            use contract::public_key::{BEGIN, END, HEAD};
            format!("{BEGIN}\n{HEAD}{}\n{END}\n", "a".repeat(128))
        }
        _ => "a".repeat(usize::try_from(facts["min"].as_u64().unwrap_or(1).max(1)).expect("a length")),
    }
}

pub fn arn(kind: &str) -> String {
    format!("arn:aws:ivs:eu-west-1:123456789012:{kind}/abcdABCDefgh")
}

/// A document of a shape with every member, or with the required ones alone.
pub fn sample(model: &Value, shape: &str, everything: bool) -> Value {
    let facts = &model["shapes"][shape];
    match facts["type"].as_str().expect("a shape has a type") {
        "structure" => {
            let must = required(model, shape);
            let kept = members(model, shape).into_iter().filter(|(name, _)| everything || must.iter().any(|one| one == name));
            Value::Object(kept.map(|(name, shape)| (name.to_owned(), sample(model, shape, everything))).collect::<Map<_, _>>())
        }
        "list" => json!([sample(model, item(model, shape), everything)]),
        "map" => json!({ "team": "sports" }),
        "string" => json!(text(model, shape)),
        "timestamp" => json!("2026-05-05T21:55:38Z"),
        "boolean" => json!(false),
        _ => facts["min"].as_i64().map_or(json!(7), |least| json!(least)),
    }
}
