//! One row, one lie. Each is told by a provider that otherwise behaves, and each is seen through.

use crate::browser::Console;
use crate::provider::{CLIENT, IS_WEAK, Says, b64, parts};
use axum::Json;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use contract::session::SignInProblem::{self, GroupsLeftOut, NoAccess, NotVouchedFor, ProviderUnreachable};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

struct Lie(&'static str, SignInProblem, Says);

fn claims(name: &'static str, change: fn(&mut serde_json::Value)) -> Lie {
    Lie(name, NotVouchedFor, Says { claims: change, ..Says::default() })
}

fn token(name: &'static str, change: fn(String, &crate::provider::Provider) -> String) -> Lie {
    Lie(name, NotVouchedFor, Says { token: change, ..Says::default() })
}

fn groups(name: &'static str, problem: SignInProblem, groups: serde_json::Value) -> Lie {
    Lie(name, problem, Says { groups, ..Says::default() })
}

fn lies() -> Vec<Lie> {
    vec![
        claims("another issuer", |claims| claims["iss"] = json!("https://evil.example")),
        claims("an issuer with a slash more", |claims| claims["iss"] = json!(format!("{}/", claims["iss"].as_str().unwrap()))),
        claims("issuers in a list", |claims| claims["iss"] = json!([claims["iss"]])),
        claims("no issuer", |claims| drop(claims.as_object_mut().unwrap().remove("iss"))),
        claims("another audience", |claims| claims["aud"] = json!("another-client")),
        claims("no audience", |claims| drop(claims.as_object_mut().unwrap().remove("aud"))),
        claims("an empty list of audiences", |claims| claims["aud"] = json!([])),
        claims("an audience besides, without azp", |claims| claims["aud"] = json!([CLIENT, "another"])),
        claims("an audience besides, and azp is the other", |claims| {
            claims["aud"] = json!([CLIENT, "another"]);
            claims["azp"] = json!("another");
        }),
        claims("azp is another", |claims| claims["azp"] = json!("another")),
        claims("another nonce", |claims| claims["nonce"] = json!("another")),
        claims("no nonce", |claims| drop(claims.as_object_mut().unwrap().remove("nonce"))),
        claims("expired", |claims| claims["exp"] = json!(claims["iat"].as_i64().unwrap() - 1)),
        claims("no end", |claims| drop(claims.as_object_mut().unwrap().remove("exp"))),
        claims("an end in words", |claims| claims["exp"] = json!("2999-01-01T00:00:00Z")),
        claims("issued yesterday", |claims| claims["iat"] = json!(claims["iat"].as_i64().unwrap() - 86_400)),
        claims("issued tomorrow", |claims| claims["iat"] = json!(claims["iat"].as_i64().unwrap() + 86_400)),
        claims("no time of issue", |claims| drop(claims.as_object_mut().unwrap().remove("iat"))),
        claims("no subject", |claims| drop(claims.as_object_mut().unwrap().remove("sub"))),
        claims("an empty subject", |claims| claims["sub"] = json!("")),
        claims("a subject of two lines", |claims| claims["sub"] = json!("ann\nroot")),
        claims("a subject of 300 letters", |claims| claims["sub"] = json!("a".repeat(300))),
        claims("a subject that is a number", |claims| claims["sub"] = json!(7)),
        claims("the hash of another access token", |claims| claims["at_hash"] = json!(b64(&[0; 16]))),
        token("no signature", |token, _| {
            let (header, body, _) = parts(&token);
            format!("{}.{}.", b64(header.to_string().as_bytes()), b64(body.to_string().as_bytes()))
        }),
        token("algorithm none", |token, _| {
            let (_, body, _) = parts(&token);
            format!("{}.{}.", b64(br#"{"alg":"none"}"#), b64(body.to_string().as_bytes()))
        }),
        token("signed with the client's secret", |token, _| {
            let (_, mut body, _) = parts(&token);
            // Nothing else is wrong with it.
            drop(body.as_object_mut().unwrap().remove("at_hash"));
            let text = format!("{}.{}", b64(br#"{"alg":"HS256"}"#), b64(body.to_string().as_bytes()));
            let mut mac = Hmac::<Sha256>::new_from_slice(crate::provider::SECRET.as_bytes()).unwrap();
            mac.update(text.as_bytes());
            format!("{text}.{}", b64(&mac.finalize().into_bytes()))
        }),
        token("another body under the signature", |token, _| {
            let (header, mut body, signature) = parts(&token);
            body["groups"] = json!(["ivs-admins"]);
            format!("{}.{}.{signature}", b64(header.to_string().as_bytes()), b64(body.to_string().as_bytes()))
        }),
        token("a header that must be understood", |token, provider| {
            let (mut header, body, _) = parts(&token);
            header["crit"] = json!(["b64"]);
            header["b64"] = json!(false);
            provider.sign(&header, &body)
        }),
        token("an access token instead", |token, provider| {
            let (mut header, body, _) = parts(&token);
            header["typ"] = json!("at+jwt");
            provider.sign(&header, &body)
        }),
        token("no token", |_, _| String::new()),
        token("five parts, as if encrypted", |token, _| format!("{token}.a.b")),
        token("20 KiB", |token, provider| {
            let (header, mut body, _) = parts(&token);
            body["sub"] = json!("a".repeat(20 * 1024));
            provider.sign(&header, &body)
        }),
        Lie("a weak key", NotVouchedFor, Says { signs: (IS_WEAK, "key-2"), ..Says::default() }),
        Lie("a key for encryption", NotVouchedFor, Says { keys: |keys| keys["keys"][0]["use"] = json!("enc"), ..Says::default() }),
        Lie("no keys", NotVouchedFor, Says { keys: |keys| keys["keys"] = json!([]), ..Says::default() }),
        Lie("keys that are none", ProviderUnreachable, Says { keys: |keys| *keys = json!("keys"), ..Says::default() }),
        Lie(
            "fifty-one keys",
            ProviderUnreachable,
            Says { keys: |keys| keys["keys"] = json!(vec![keys["keys"][0].clone(); 51]), ..Says::default() },
        ),
        Lie("10 MB of keys", ProviderUnreachable, Says { keys: |keys| keys["x"] = json!("a".repeat(10_000_000)), ..Says::default() }),
        Lie(
            "a discovery for another",
            ProviderUnreachable,
            Says { discovery: |says| says["issuer"] = json!("https://evil.example"), ..Says::default() },
        ),
        Lie(
            "a token endpoint that sends elsewhere",
            NotVouchedFor,
            Says { answer: |_| (StatusCode::FOUND, [("location", "http://127.0.0.1:1/token")]).into_response(), ..Says::default() },
        ),
        Lie(
            "a token endpoint that says nothing of the kind",
            NotVouchedFor,
            Says { answer: |_| Json(json!({"hello": 1})).into_response(), ..Says::default() },
        ),
        Lie(
            "a token endpoint without an ID token",
            NotVouchedFor,
            Says { answer: |_| Json(json!({"access_token": "a", "token_type": "Bearer"})).into_response(), ..Says::default() },
        ),
        Lie(
            "a token endpoint of 1 MB",
            ProviderUnreachable,
            Says { answer: |_| Body::from(vec![b' '; 1_000_000]).into_response(), ..Says::default() },
        ),
        groups("another group", NoAccess, json!(["others"])),
        groups("groups as one text", NoAccess, json!("ivs-operators,ivs-admins")),
        groups("groups as a number", NoAccess, json!(7)),
        groups("groups in a group", NoAccess, json!([["ivs-operators"]])),
        groups("no groups", NoAccess, json!(null)),
        Lie(
            "too many groups for the token",
            GroupsLeftOut,
            Says {
                claims: |claims| {
                    claims.as_object_mut().unwrap().remove("groups");
                    claims["_claim_names"] = json!({"groups": "src1"});
                },
                ..Says::default()
            },
        ),
    ]
}

#[tokio::test]
async fn every_lie_is_seen_through() {
    let lies = lies();
    let count = lies.len();
    for Lie(name, problem, says) in lies {
        let console = Console::start().await;
        console.provider.says(says);
        let mut browser = console.browser();
        let first = browser.get("/auth/login?to=%2F").await;
        let answer = if first.status == 303 {
            let asked = url::Url::parse(first.headers["location"].to_str().unwrap()).unwrap().query_pairs().into_owned().collect();
            let code = console.provider.code(&asked);
            browser.back(&[("code", &code), ("state", &asked["state"])]).await
        } else {
            first
        };
        assert_eq!(answer.problem(), Some(problem), "{name}: {answer:?}");
        assert_eq!(browser.me().await, None, "{name}");
        let (_, _, said) = console.journaled().await.pop().unwrap_or_else(|| panic!("{name} is not journaled"));
        assert_eq!(said, problem.as_str(), "{name}");
    }
    println!("{count} lies of a provider");
}

/// The control: what the lies are told of is believed when it is true.
#[tokio::test]
async fn the_truth_is_believed() {
    let console = Console::start().await;
    let truths: [(&str, Says); 5] = [
        ("plain", Says::default()),
        ("azp is ours", Says { claims: |claims| claims["azp"] = json!(CLIENT), ..Says::default() }),
        ("ours alone in a list", Says { claims: |claims| claims["aud"] = json!([CLIENT]), ..Says::default() }),
        (
            "a clock that is half a minute ahead",
            Says { claims: |claims| claims["iat"] = json!(claims["iat"].as_i64().unwrap() + 30), ..Says::default() },
        ),
        (
            "5,000 groups",
            Says { groups: (0..5000).map(|at| json!(format!("g{at}"))).chain([json!("ivs-operators")]).collect(), ..Says::default() },
        ),
    ];
    for (name, says) in truths {
        console.provider.says(says);
        let mut browser = console.browser();
        let answer = browser.sign_in("/main/eu-west-1/channels?q=live").await;
        assert_eq!((answer.status.as_u16(), &*answer.hop()), (200, "/main/eu-west-1/channels?q=live"), "{name}: {answer:?}");
        assert_eq!(browser.me().await.unwrap()["rights"]["role"], "operator", "{name}");
    }
}
