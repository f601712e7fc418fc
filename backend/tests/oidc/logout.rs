//! The provider says, from server to server, that a session there has ended.

use crate::browser::{Browser, Console, RULES};
use crate::provider::{CLIENT, Provider, Says, b64};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A token that ends the session of Ann's browser, before it is one.
struct Token {
    header: Value,
    claims: Value,
}

impl Token {
    fn good(provider: &Provider) -> Self {
        let now = jiff::Timestamp::now().as_second();
        Self {
            header: json!({"alg": "RS256", "typ": "logout+jwt", "kid": "key-0"}),
            claims: json!({
                "iss": provider.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": "once",
                "sub": "u-1", "sid": "session-at-the-provider", "events": { EVENT: {} },
            }),
        }
    }

    fn signed(&self, provider: &Provider) -> String {
        provider.sign(&self.header, &self.claims)
    }
}

/// Told as a provider tells: neither from the console's page nor with a cookie.
async fn told(console: &Console, token: &str) -> u16 {
    sent(console, &url::form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", token).finish()).await
}

async fn sent(console: &Console, form: &str) -> u16 {
    let request = Request::post("/auth/logout").header("host", crate::behind::HOST);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(Body::from(form.to_owned())).unwrap();
    let answer = console.browser().send(request).await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    answer.status.as_u16()
}

async fn signed_in<'a>(console: &'a Console, says: Says) -> Browser<'a> {
    console.provider.says(says);
    let mut browser = console.browser();
    browser.sign_in("/").await;
    assert!(browser.me().await.is_some());
    browser
}

#[tokio::test]
async fn what_was_made_of_a_session_at_the_provider_ends_with_it() {
    let console = Console::start().await;
    let mut ann = signed_in(&console, Says::default()).await;
    let other = |claims: &mut Value| claims["sid"] = "another-session".into();
    let mut elsewhere = signed_in(&console, Says { claims: other, ..Says::default() }).await;
    let mut bob = signed_in(&console, Says { subject: "u-2", ..Says::default() }).await;
    console.provider.says(Says::default());
    assert_eq!(told(&console, &Token::good(&console.provider).signed(&console.provider)).await, 200);
    assert!(ann.me().await.is_none(), "her session is over");
    assert!(elsewhere.me().await.is_some(), "that of her other browser is another one");
    assert!(bob.me().await.is_some(), "the same session of somebody else is another one");
    let subject = format!("{} u-1", console.provider.issuer);
    assert!(console.state.auth.held_of(&subject).is_some(), "who is still signed in goes on");

    let mut all = Token::good(&console.provider);
    all.claims.as_object_mut().unwrap().remove("sid");
    assert_eq!(told(&console, &all.signed(&console.provider)).await, 200);
    assert!(elsewhere.me().await.is_none(), "without a session, all of that person");
    assert!(console.state.auth.held_of(&subject).is_none(), "and what they began stops");

    let mut session = Token::good(&console.provider);
    session.claims.as_object_mut().unwrap().remove("sub");
    assert_eq!(told(&console, &session.signed(&console.provider)).await, 200);
    assert!(bob.me().await.is_none(), "without a person, all of that session");
    assert_eq!(told(&console, &session.signed(&console.provider)).await, 200, "told twice, it is still so");

    let journaled = console.journaled().await;
    let ended: Vec<_> = journaled.iter().filter(|(operation, ..)| operation == "SignOut").collect();
    assert_eq!(ended.len(), 3, "{journaled:?}");
}

#[tokio::test]
async fn what_was_ended_so_is_ended_after_a_restart_too() {
    let console = Console::start().await;
    let mut ann = signed_in(&console, Says::default()).await;
    let folder = crate::behind::copy(&console.folder);
    let provider = std::sync::Arc::clone(&console.provider);
    let again = Console::on(folder, std::sync::Arc::clone(&provider), "", RULES).await;
    assert_eq!(told(&again, &Token::good(&provider).signed(&provider)).await, 200, "a session of before the restart is known");
    let folder = crate::behind::copy(&again.folder);
    let last = Console::on(folder, provider, "", RULES).await;
    let mut browser = last.browser();
    browser.cookies.clone_from(&ann.cookies);
    assert!(browser.me().await.is_none());
    assert!(ann.me().await.is_some(), "where it was not told it goes on: the control");
}

#[tokio::test]
async fn rights_that_were_taken_away_are_gone_elsewhere_though_the_last_session_was_ended_by_the_provider() {
    let console = Console::start().await;
    let admin = || Says { groups: json!(["ivs-admins"]), ..Says::default() };
    let mut first = signed_in(&console, Says { claims: |claims| claims["sid"] = "first".into(), ..admin() }).await;
    let _second = signed_in(&console, admin()).await;
    assert_eq!(told(&console, &Token::good(&console.provider).signed(&console.provider)).await, 200);
    assert_eq!(first.me().await.unwrap()["rights"]["role"], "admin", "the first is another session");
    let _third = signed_in(&console, Says::default()).await;
    assert!(first.me().await.is_none(), "she is no admin any more, in no browser");
}

/// What is otherwise.
type Change = fn(&mut Token);

const LIES: &[(&str, Change)] = &[
    ("another issuer", |t| t.claims["iss"] = "https://evil.example".into()),
    ("another audience", |t| t.claims["aud"] = "another".into()),
    ("no audience", |t| drop(t.claims.as_object_mut().unwrap().remove("aud"))),
    ("no event", |t| drop(t.claims.as_object_mut().unwrap().remove("events"))),
    ("another event", |t| t.claims["events"] = json!({"http://schemas.openid.net/event/other": {}})),
    ("an event that is a text", |t| t.claims["events"] = EVENT.into()),
    ("an event that is true", |t| t.claims["events"] = json!({ EVENT: true })),
    ("a nonce, as a sign-in has", |t| t.claims["nonce"] = "n".into()),
    ("no name of its own", |t| drop(t.claims.as_object_mut().unwrap().remove("jti"))),
    ("no time", |t| drop(t.claims.as_object_mut().unwrap().remove("iat"))),
    ("said an hour ago", |t| t.claims["iat"] = (t.claims["iat"].as_i64().unwrap() - 3600).into()),
    ("said tomorrow", |t| t.claims["iat"] = (t.claims["iat"].as_i64().unwrap() + 86_400).into()),
    ("over", |t| t.claims["exp"] = (t.claims["iat"].as_i64().unwrap() - 61).into()),
    ("neither session nor person", |t| {
        t.claims.as_object_mut().unwrap().remove("sub");
        t.claims.as_object_mut().unwrap().remove("sid");
    }),
    ("a person that is a list", |t| t.claims["sub"] = json!(["u-1"])),
    ("a session that is a number", |t| t.claims["sid"] = 7.into()),
    ("another kind of token", |t| t.header["typ"] = "at+jwt".into()),
    ("a key that is not known", |t| t.header["kid"] = "key-9".into()),
    ("algorithm none", |t| t.header["alg"] = "none".into()),
    ("a secret's algorithm", |t| t.header["alg"] = "HS256".into()),
];

#[tokio::test]
async fn nobody_else_ends_a_session() {
    let console = Console::start().await;
    let mut ann = signed_in(&console, Says::default()).await;
    for (name, lie) in LIES {
        let mut token = Token::good(&console.provider);
        lie(&mut token);
        assert_eq!(told(&console, &token.signed(&console.provider)).await, 400, "{name}");
    }
    let good = Token::good(&console.provider).signed(&console.provider);
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let unsigned = format!("{signed}.");
    let others = format!("{signed}.{}", b64(&[7; 256]));
    for form in [
        String::new(),
        "logout_token=".to_owned(),
        format!("logout_token={unsigned}"),
        format!("logout_token={others}"),
        format!("logout_token={good}&logout_token={good}"),
        format!("token={good}"),
        format!("logout_token={signed}.{signature}.{signature}"),
        format!("logout_token={}", "a".repeat(17 * 1024)),
    ] {
        assert_eq!(sent(&console, &form).await, 400, "{form}");
    }
    // What the sign-in itself was proved with ends nothing.
    let now = jiff::Timestamp::now().as_second();
    let id_token = json!({"iss": console.provider.issuer, "aud": CLIENT, "sub": "u-1", "iat": now, "exp": now + 300, "nonce": "n"});
    assert_eq!(told(&console, &console.provider.sign(&json!({"alg": "RS256", "kid": "key-0"}), &id_token)).await, 400);
    println!("{} words of an end that are none refused", LIES.len() + 9);
    assert!(ann.me().await.is_some());
    assert_eq!(told(&console, &good).await, 200, "the control");
    assert!(ann.me().await.is_none());
}
