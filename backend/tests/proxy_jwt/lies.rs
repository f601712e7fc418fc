//! One row, one token that is none. Each lacks one thing alone: the same token without it gets in.

use crate::behind;
use crate::signer::{With, b64};
use crate::world::{AUDIENCE, Token, World, now};
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::{Value, json};

/// What is otherwise.
type Change = fn(&mut Token);

fn claim(token: &mut Token, name: &str, value: Value) {
    token.claims[name] = value;
}

fn without(token: &mut Token, name: &str) {
    token.claims.as_object_mut().unwrap().remove(name);
}

fn head(token: &mut Token, name: &str, value: Value) {
    token.header[name] = value;
}

const LIES: &[(&str, Change)] = &[
    ("signed with a key that nobody shows", |t| t.with = With::OthersRsa),
    ("signed with nothing", |t| t.with = With::Nothing),
    ("alg none", |t| (t.with, t.header["alg"]) = (With::Nothing, "none".into())),
    ("alg None", |t| (t.with, t.header["alg"]) = (With::Nothing, "None".into())),
    ("no alg", |t| drop(t.header.as_object_mut().unwrap().remove("alg"))),
    ("alg that is a list", |t| head(t, "alg", json!(["RS256"]))),
    ("the public key as a secret", |t| (t.with, t.header["alg"]) = (With::PublicAsSecret, "HS256".into())),
    ("an algorithm that is not expected", |t| (t.with, t.header["alg"], t.header["kid"]) = (With::Rsa384, "RS384".into(), "any".into())),
    ("another padding than expected", |t| (t.with, t.header["alg"], t.header["kid"]) = (With::Pss, "PS256".into(), "any".into())),
    ("another padding than it says", |t| t.with = With::Pss),
    ("another hash than it says", |t| t.with = With::Rsa384),
    ("an elliptic key for RSA", |t| head(t, "kid", "ec".into())),
    ("an RSA key for an elliptic curve", |t| (t.with, t.header["alg"]) = (With::Ec, "ES256".into())),
    ("another elliptic key", |t| (t.with, t.header["alg"], t.header["kid"]) = (With::OthersEc, "ES256".into(), "ec".into())),
    ("a key for another use", |t| head(t, "kid", "for-secrets".into())),
    ("a key that is weak", |t| (t.with, t.header["kid"]) = (With::WeakRsa, "weak".into())),
    ("a key's name that two have", |t| head(t, "kid", "twice".into())),
    ("a key that is not known", |t| head(t, "kid", "none".into())),
    ("no key's name", |t| drop(t.header.as_object_mut().unwrap().remove("kid"))),
    ("a key's name that is empty", |t| head(t, "kid", "".into())),
    ("a key's name that is a number", |t| head(t, "kid", 1.into())),
    ("a key's name that is a path", |t| head(t, "kid", "../../rsa".into())),
    ("a key's name that is an address", |t| head(t, "kid", "https://evil.example/rsa".into())),
    ("a key's name of 129 letters", |t| head(t, "kid", "r".repeat(129).into())),
    ("an access token", |t| head(t, "typ", "at+jwt".into())),
    ("an access token by its whole name", |t| head(t, "typ", "application/at+jwt".into())),
    ("the word of an end", |t| head(t, "typ", "logout+jwt".into())),
    ("a kind that is a list", |t| head(t, "typ", json!(["JWT"]))),
    ("an event", |t| claim(t, "events", json!({"http://schemas.openid.net/event/backchannel-logout": {}}))),
    ("crit", |t| head(t, "crit", json!(["exp"]))),
    ("crit of nothing", |t| head(t, "crit", json!([]))),
    ("b64 false", |t| head(t, "b64", false.into())),
    ("jku", |t| head(t, "jku", "https://evil.example/jwks".into())),
    ("jwk", |t| head(t, "jwk", json!({"kty": "RSA"}))),
    ("x5u", |t| head(t, "x5u", "https://evil.example/cert".into())),
    ("x5c", |t| head(t, "x5c", json!(["MII"]))),
    ("another issuer", |t| claim(t, "iss", "https://evil.example".into())),
    ("an issuer with a slash more", |t| t.claims["iss"] = format!("{}/", t.claims["iss"].as_str().unwrap()).into()),
    ("an issuer in capitals", |t| t.claims["iss"] = t.claims["iss"].as_str().unwrap().to_uppercase().into()),
    ("an issuer that is a list", |t| t.claims["iss"] = json!([t.claims["iss"]])),
    ("no issuer", |t| without(t, "iss")),
    ("another audience", |t| claim(t, "aud", "another".into())),
    ("a part of the audience", |t| claim(t, "aud", "tally".into())),
    ("more than the audience", |t| claim(t, "aud", format!("{AUDIENCE}2").into())),
    ("no audience", |t| without(t, "aud")),
    ("an audience that is empty", |t| claim(t, "aud", json!([]))),
    ("an audience that is an object", |t| claim(t, "aud", json!({ AUDIENCE: true }))),
    ("several audiences, and not said for which", |t| claim(t, "aud", json!([AUDIENCE, "another"]))),
    ("another party", |t| claim(t, "azp", "another".into())),
    ("several audiences, and another party", |t| (t.claims["aud"], t.claims["azp"]) = (json!([AUDIENCE, "another"]), "another".into())),
    ("over", |t| claim(t, "exp", (now() - 61).into())),
    ("over for long", |t| claim(t, "exp", 0.into())),
    ("over before time began", |t| claim(t, "exp", (-1).into())),
    ("no end", |t| without(t, "exp")),
    ("an end that is a text", |t| claim(t, "exp", "9999999999".into())),
    ("an end that is nothing", |t| claim(t, "exp", Value::Null)),
    ("an end that is true", |t| claim(t, "exp", true.into())),
    ("an end that is months away", |t| claim(t, "exp", (now() + 40 * 24 * 3600).into())),
    ("an end beyond all time", |t| claim(t, "exp", json!(1e300))),
    ("not yet", |t| claim(t, "nbf", (now() + 90).into())),
    ("a beginning that is a text", |t| claim(t, "nbf", "0".into())),
    ("made tomorrow", |t| claim(t, "iat", (now() + 3600).into())),
    ("made at a text", |t| claim(t, "iat", "0".into())),
    ("no subject", |t| without(t, "sub")),
    ("a subject that is empty", |t| claim(t, "sub", "".into())),
    ("a subject that is a number", |t| claim(t, "sub", 7.into())),
    ("a subject of two lines", |t| claim(t, "sub", "u-1\nroot".into())),
    ("a subject that turns text around", |t| claim(t, "sub", "\u{202e}1-u".into())),
    ("a subject of 256 letters", |t| claim(t, "sub", "u".repeat(256).into())),
];

/// What a signed token is made into.
type Bend = fn(&Token) -> String;

const BENT: &[(&str, Bend)] = &[
    ("nothing", |_| String::new()),
    ("a word", |_| "token".to_owned()),
    ("two parts", |t| t.signed().rsplit_once('.').unwrap().0.to_owned()),
    ("an empty signature", |t| format!("{}.", t.signed().rsplit_once('.').unwrap().0)),
    ("four parts", |t| format!("{}.", t.signed())),
    ("five parts, as if encrypted", |t| format!("{}.a.b", t.signed())),
    ("other claims under the signature", |t| {
        let mut other = t.clone();
        other.claims["sub"] = "root".into();
        let signature = t.signed().rsplit_once('.').unwrap().1.to_owned();
        format!("{}.{signature}", other.signed().rsplit_once('.').unwrap().0)
    }),
    ("another header over the signature", |t| {
        let mut other = t.clone();
        other.header["typ"] = "at+jwt".into();
        let signature = t.signed().rsplit_once('.').unwrap().1.to_owned();
        format!("{}.{signature}", other.signed().rsplit_once('.').unwrap().0)
    }),
    ("padding", |t| padded(t, &URL_SAFE)),
    ("the other base64", |t| padded(t, &STANDARD)),
    ("a claim that stands twice", |t| raw(t, r#""groups":["ivs-operators"],"#)),
    ("an issuer that stands twice", |t| raw(t, &format!("\"iss\":{},", t.claims["iss"]))),
    ("claims that are a list", |t| of(t, "[]")),
    ("claims that are no JSON", |t| of(t, "{")),
    ("claims with something behind", |t| of(t, &format!("{} {{}}", t.claims))),
    ("a blank before it", |t| format!(" {}", t.signed())),
    ("Bearer before it", |t| format!("Bearer {}", t.signed())),
    ("a signature that is longer", |t| format!("{}AA", t.signed())),
    ("two tokens", |t| format!("{},{}", t.signed(), t.signed())),
    ("more than 16 KiB", |t| {
        let mut long = t.clone();
        long.claims["more"] = "x".repeat(16 * 1024).into();
        long.signed()
    }),
];

fn padded(token: &Token, engine: &impl base64::Engine) -> String {
    let text = format!("{}.{}", engine.encode(format!("{} ", token.header)), engine.encode(format!("{}  ", token.claims)));
    assert!(text.contains(['=', '+', '/']));
    format!("{text}.{}", engine.encode(token.with.sign(text.as_bytes())))
}

/// The claims as this text, signed.
fn of(token: &Token, claims: &str) -> String {
    let text = format!("{}.{}", b64(token.header.to_string().as_bytes()), b64(claims.as_bytes()));
    format!("{text}.{}", b64(&token.with.sign(text.as_bytes())))
}

/// The claims with something before them, signed.
fn raw(token: &Token, before: &str) -> String {
    of(token, &token.claims.to_string().replacen('{', &format!("{{{before}"), 1))
}

#[tokio::test]
async fn no_token_that_lacks_anything_gets_in() {
    let world = World::generic().await;
    for (name, change) in LIES {
        let mut token = world.good();
        change(&mut token);
        let answer = world.shown(&token.signed()).await;
        assert_eq!((answer.status, answer.code()), (403, "ProxyRefused"), "{name}: {answer:?}");
    }
    for (name, bend) in BENT {
        let answer = world.shown(&bend(&world.good())).await;
        assert_eq!((answer.status, answer.code()), (403, "ProxyRefused"), "{name}: {answer:?}");
    }
    let good = world.good().signed();
    for (name, headers) in [
        ("no header", vec![]),
        ("the same twice", vec![("x-id-token", &*good), ("x-id-token", &good)]),
        ("a good one after a bad one", vec![("x-id-token", "a.b.c"), ("x-id-token", &good)]),
        ("one that looks like it beside", vec![("x-id-token", &*good), ("x_id_token", "a.b.c")]),
        ("in another header", vec![("authorization", &*good)]),
        ("in a cookie", vec![("cookie", &*good)]),
        ("Connection names it", vec![("x-id-token", &*good), ("connection", "x-id-token")]),
    ] {
        let answer = world.me(&headers).await;
        assert_eq!((answer.status, answer.code()), (403, "ProxyRefused"), "{name}: {answer:?}");
    }
    println!("{} tokens that are none refused", LIES.len() + BENT.len() + 7);
    let control = world.shown(&good).await;
    assert_eq!((control.status, &control.json["rights"]["role"]), (200, &"operator".into()), "the control: {control:?}");
    let journaled = behind::journaled(&world.folder).await;
    let violations = journaled.iter().filter(|(operation, ..)| operation == "ProxyViolation").count();
    assert_eq!(violations, 1, "of one address, one in a minute: {journaled:?}");
    let logged = std::fs::read(world.folder.path().join("journal.db")).unwrap();
    let signature = good.rsplit_once('.').unwrap().1;
    assert!(!logged.windows(signature.len()).any(|window| window == signature.as_bytes()), "no token is journaled");
}

#[tokio::test]
async fn what_may_be_otherwise_may_be_otherwise() {
    let world = World::generic().await;
    let changes: [(&str, Change); 9] = [
        ("an elliptic key", |t| (t.with, t.header["alg"], t.header["kid"]) = (With::Ec, "ES256".into(), "ec".into())),
        ("a key that says no algorithm", |t| head(t, "kid", "any".into())),
        ("an audience in a list of one", |t| claim(t, "aud", json!([AUDIENCE]))),
        ("several audiences, and the party is us", |t| {
            (t.claims["aud"], t.claims["azp"]) = (json!([AUDIENCE, "another"]), AUDIENCE.into())
        }),
        ("over, as far as another clock goes", |t| claim(t, "exp", (now() - 50).into())),
        ("not yet, as far as another clock goes", |t| claim(t, "nbf", (now() + 50).into())),
        ("times with a fraction", |t| claim(t, "exp", json!(f64::from(u32::try_from(now() + 300).unwrap()) + 0.5))),
        ("no beginning", |t| {
            without(t, "nbf");
            without(t, "iat");
        }),
        ("no typ", |t| drop(t.header.as_object_mut().unwrap().remove("typ"))),
    ];
    for (name, change) in changes {
        let mut token = world.good();
        change(&mut token);
        let answer = world.shown(&token.signed()).await;
        assert_eq!(answer.status, 200, "{name}: {answer:?}");
    }
    assert_eq!(world.signer.times(), 1, "its keys are asked for once");
}
