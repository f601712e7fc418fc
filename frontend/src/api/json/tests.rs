use super::*;
use contract::access::Rights;
use contract::call::{CallFailure, Receipt};
use contract::channel::{Channel, GetChannelResponse};
use contract::job::{Job, Jobs};
use contract::session::Me;
use std::fmt::Debug;

fn said<T: DeserializeOwned + Debug>(text: &str) -> String {
    parse(text).and_then(read::<T>).map_or_else(|error| error.to_string(), |value| panic!("{value:?}"))
}

/// Reads as `serde_json` itself does.
#[track_caller]
fn same<T: DeserializeOwned + Debug + PartialEq>(text: &str) {
    let expected: T = serde_json::from_str(text).expect("JSON of the contract");
    assert_eq!(parse(text).and_then(read::<T>).expect("the same"), expected);
}

#[test]
fn a_reply_is_read_as_serde_json_reads_it() {
    same::<GetChannelResponse>("{}");
    same::<GetChannelResponse>(
        r#"{"channel":{"type":"STANDARD","tags":{"team":"a","b":""},"authorized":true,"newOfIvs":[{"x":1}],
        "multitrackInputConfiguration":{"enabled":false,"policy":"NEW"},"srt":{"endpoint":"e"},"arn":null}}"#,
    );
    same::<Receipt>(r#"{"millis":7,"at":1700000000000,"operation":"GetChannel","outcome":"done","attempts":1}"#);
    same::<CallFailure>(r#"{"error":{"code":"Busy","message":"m","fields":[{"field":"f","message":"m"}],"retryAfter":3}}"#);
    same::<Me>(
        r#"{"name":"n","subject":"s","rights":{"role":"admin","grants":["secret-reader"]},"demo":true,"version":"1","operationTag":false,"jobs":true,
        "accounts":[{"name":"a","regions":["eu-west-1","us-east-1"]}]}"#,
    );
    same::<Jobs>(
        r#"{"jobs":[{"id":"1","person":"p","at":1,"account":"a","region":"r","state":"running","total":1,"done":0,"refused":0,
        "unknown":0,"task":{"kind":"TagResources","arns":["a"],"tags":{"k":"v"}}}]}"#,
    );
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(said::<Receipt>(r#"{"operation":"GetChannel","outcome":"done","attempts":1,"at":1}"#), "millis is missing");
    assert_eq!(
        said::<Me>(r#"{"name":"n","subject":"s","rights":{},"demo":true,"accounts":[{"name":"a"}]}"#),
        "accounts: regions is missing"
    );
}

#[test]
fn what_is_of_another_type_is_named() {
    assert_eq!(said::<Channel>(r#"{"name":1}"#), "name: is not a text");
    assert_eq!(said::<GetChannelResponse>(r#"{"channel":{"tags":[]}}"#), "channel: tags: is not an object");
    assert_eq!(said::<GetChannelResponse>("[]"), "is not an object");
    assert_eq!(said::<Receipt>(r#"{"operation":"Fly"}"#), "operation: Fly is no operation of IVS");
    assert_eq!(said::<Rights>(r#"{"role":"king"}"#), "role: king is not known");
    assert_eq!(said::<Receipt>(r#"{"attempts":-1}"#), "operation is missing");
    assert!(said::<Job>("<html>").starts_with("expected value at line 1"));
}
