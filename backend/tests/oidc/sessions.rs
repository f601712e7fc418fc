//! Whose browser began a sign-in, what comes of it, and how a session ends.

use crate::behind::copy;
use crate::browser::{Console, RULES};
use crate::provider::{Provider, Says};
use contract::session::SignInProblem::{self, NotBegunHere, NotVouchedFor, ProviderRefused, ProviderUnreachable};
use serde_json::json;

const SESSION: &str = "__Host-Http-tally_s";
const LOGIN: &str = "__Host-Http-tally_l";

#[tokio::test]
async fn only_the_browser_that_began_a_sign_in_ends_it_and_only_once() {
    let console = Console::start().await;
    let mut ann = console.browser();
    let asked = ann.away("/").await;
    let code = console.provider.code(&asked);
    let query = [("code", &*code), ("state", &*asked["state"])];
    let mut mallory = console.browser();
    assert_eq!(mallory.back(&query).await.problem(), Some(NotBegunHere), "without a cookie");
    mallory.away("/").await;
    assert_eq!(mallory.back(&query).await.problem(), Some(NotBegunHere), "with a cookie of her own sign-in");
    assert_eq!(mallory.me().await, None);
    assert_eq!(console.provider.times("token"), 0, "the code was not even sent");
    assert_eq!(ann.back(&query).await.problem(), None);
    assert!(ann.me().await.is_some());
    assert_eq!(ann.back(&query).await.problem(), Some(NotBegunHere), "once more");
    assert!(ann.me().await.is_some(), "and that does not sign her out");
}

#[tokio::test]
async fn the_metrics_tell_of_sign_ins_and_of_nobody() {
    let console = Console::start().await;
    let page = async || backend::metrics::gather(&console.state, &backend::metrics::Requests::default()).await;
    assert!(!page().await.contains("\ntally_provider_keys_age_seconds"), "the provider was not asked yet");
    let mut ann = console.browser();
    ann.sign_in("/").await;
    assert_eq!(ann.back(&[("code", "x"), ("state", "y")]).await.problem(), Some(NotBegunHere));
    let page = page().await;
    for line in [
        "tally_sign_ins_total{outcome=\"ok\"} 1",
        "tally_sign_ins_total{outcome=\"not-begun-here\"} 1",
        "tally_sign_ins_total{outcome=\"no-access\"} 0",
        "tally_sessions 1",
    ] {
        assert!(page.lines().any(|said| said == line), "{line} is not in\n{page}");
    }
    let age = page.lines().find_map(|line| line.strip_prefix("tally_provider_keys_age_seconds ")).expect("its keys were read");
    assert!(age.parse::<u64>().is_ok_and(|age| age < 60), "{age}");
    let me = ann.me().await.expect("signed in");
    for part in [me["name"].as_str(), me["subject"].as_str(), Some(&*console.provider.issuer)] {
        let part = part.expect("text");
        assert!(part.len() > 3 && !page.contains(part), "{part} is in\n{page}");
    }
}

/// What comes back, made of the code and the state.
type Query = fn(&str, &str) -> Vec<(&'static str, String)>;

#[tokio::test]
async fn what_comes_back_is_looked_at_closely() {
    let console = Console::start().await;
    let rows: [(&str, Query, SignInProblem); 8] = [
        ("another state", |code, _| vec![("code", code.into()), ("state", "x".into())], NotBegunHere),
        ("no state", |code, _| vec![("code", code.into())], NotBegunHere),
        ("two states", |code, state| vec![("code", code.into()), ("state", state.into()), ("state", "x".into())], NotBegunHere),
        ("two codes", |code, state| vec![("code", code.into()), ("code", "x".into()), ("state", state.into())], NotVouchedFor),
        ("another code", |_, state| vec![("code", "x".into()), ("state", state.into())], NotVouchedFor),
        ("neither code nor error", |_, state| vec![("state", state.into())], NotVouchedFor),
        (
            "another issuer's answer",
            |code, state| vec![("code", code.into()), ("state", state.into()), ("iss", "https://evil.example".into())],
            NotVouchedFor,
        ),
        ("an error in markup", |_, state| vec![("error", "<script>alert(1)</script>".into()), ("state", state.into())], ProviderRefused),
    ];
    for (name, query, problem) in rows {
        let mut browser = console.browser();
        let asked = browser.away("/main/eu-west-1/channels").await;
        let code = console.provider.code(&asked);
        let query = query(&code, &asked["state"]);
        let query: Vec<_> = query.iter().map(|(name, value)| (*name, &**value)).collect();
        let answer = browser.back(&query).await;
        assert_eq!(answer.problem(), Some(problem), "{name}");
        assert!(!answer.text.contains("script"), "{name}: {answer:?}");
        assert!(browser.me().await.is_none() && browser.cookies.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn a_cookie_is_good_for_nothing_but_what_it_was_made_for() {
    let console = Console::start().await;
    let mut ann = console.browser();
    ann.away("/").await;
    let login = ann.cookies[LOGIN].clone();
    ann.sign_in("/").await;
    let session = ann.cookies[SESSION].clone();
    let mut other = console.browser();
    for cookie in [&login, "", "x", &session[1..], &format!("{session}x"), &session.to_lowercase()] {
        other.cookies.insert(SESSION.to_owned(), cookie.to_owned());
        assert_eq!(other.me().await, None, "{cookie}");
    }
    other.cookies.insert(SESSION.to_owned(), session.clone());
    assert!(other.me().await.is_some(), "the control");
    other.cookies.insert(SESSION.to_owned(), format!("{session}; {SESSION}={session}"));
    assert_eq!(other.me().await, None, "twice: nobody knows who set which");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_only_its_cookie() {
    let console = Console::start().await;
    let (mut ann, mut elsewhere) = (console.browser(), console.browser());
    ann.sign_in("/").await;
    elsewhere.sign_in("/").await;
    let stolen = ann.cookies.clone();
    assert_eq!(ann.post("/api/session/end", &json!({})).await.json(), json!({"ended": 1}));
    assert!(ann.cookies.is_empty());
    ann.cookies = stolen;
    assert_eq!(ann.me().await, None, "the cookie of before");
    assert!(elsewhere.me().await.is_some());
    ann.sign_in("/").await;
    assert_eq!(ann.post("/api/session/end", &json!({"everywhere": true})).await.json(), json!({"ended": 2}));
    assert_eq!(elsewhere.me().await, None);
}

#[tokio::test]
async fn people_see_their_sessions_and_admins_everyones() {
    let console = Console::start().await;
    let (mut ann, mut again) = (console.browser(), console.browser());
    ann.sign_in("/").await;
    again.sign_in("/").await;
    console.provider.says(Says { subject: "u-2", groups: json!(["ivs-admins"]), ..Says::default() });
    let mut admin = console.browser();
    admin.sign_in("/").await;
    let list = ann.post("/api/sessions", &json!({})).await.json();
    let sessions = list["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2, "{list}");
    assert_eq!(sessions.iter().filter(|session| session["current"] == json!(true)).count(), 1);
    assert_eq!(sessions[0]["userAgent"], "A browser");
    assert_eq!(ann.post("/api/sessions/all", &json!({})).await.status, 403);
    let all = admin.post("/api/sessions/all", &json!({})).await.json();
    assert_eq!(all["sessions"].as_array().unwrap().len(), 3);
    // Nobody ends another's by its id, and an operator nobody's at all.
    let theirs = sessions.iter().find(|session| session["current"] == json!(false)).unwrap();
    assert_eq!(admin.post("/api/sessions/end", &json!({"id": theirs["id"]})).await.status, 404);
    assert_eq!(again.post("/api/sessions/end-of", &json!({"subject": theirs["subject"]})).await.status, 403);
    assert_eq!(ann.post("/api/sessions/end", &json!({"id": theirs["id"]})).await.json(), json!({"ended": 1}));
    assert_eq!(again.me().await, None);
    assert!(ann.me().await.is_some());
    let ended = admin.post("/api/sessions/end-of", &json!({"subject": theirs["subject"], "reason": "left the company"})).await;
    assert_eq!(ended.json(), json!({"ended": 1}));
    assert_eq!(ann.me().await, None);
    assert_eq!(console.state.auth.held_of(theirs["subject"].as_str().unwrap()), None, "and their jobs stop");
}

#[tokio::test]
async fn a_restart_signs_nobody_out_and_other_rules_everybody() {
    let provider = Provider::start().await;
    let console = Console::on(tempfile::tempdir().unwrap(), provider.clone(), "", RULES).await;
    let (mut ann, mut gone) = (console.browser(), console.browser());
    ann.sign_in("/").await;
    gone.sign_in("/").await;
    let (kept, ended) = (ann.cookies.clone(), gone.cookies.clone());
    gone.post("/api/session/end", &json!({})).await;
    let Console { folder, state, .. } = console;
    drop(state);
    let console = Console::on(copy(&folder), provider.clone(), "", RULES).await;
    let mut browser = console.browser();
    browser.cookies = kept.clone();
    assert!(browser.me().await.is_some());
    browser.cookies = ended;
    assert_eq!(browser.me().await, None, "what was ended stays so");
    let console = Console::on(copy(&folder), provider, "", &RULES.replace("\"operator\"", "\"viewer\"")).await;
    let mut browser = console.browser();
    browser.cookies = kept;
    assert_eq!(browser.me().await, None, "the rules are others");
}

#[tokio::test]
async fn who_signs_in_anew_leaves_no_session_behind() {
    let console = Console::start().await;
    let mut ann = console.browser();
    ann.sign_in("/").await;
    let before = ann.cookies.clone();
    ann.sign_in("/").await;
    assert!(ann.me().await.is_some());
    let mut thief = console.browser();
    thief.cookies = before;
    assert_eq!(thief.me().await, None);
}

#[tokio::test]
async fn rules_hold_where_they_say() {
    let rules = r#"
[[auth.rules]]
claim = "groups"
equals = "ivs-operators"
role = "viewer"
accounts = ["main"]
[[auth.rules]]
claim = "groups"
equals = "ivs-operators"
role = "admin"
accounts = ["main"]
regions = ["us-west-2"]
"#;
    let console = Console::with("", rules).await;
    let mut ann = console.browser();
    ann.sign_in("/").await;
    let me = ann.me().await.unwrap();
    assert_eq!(me["accounts"].as_array().unwrap().len(), 1, "test is not hers to see: {me}");
    assert_eq!(me["places"].as_array().unwrap().len(), 2);
    let list = json!({"request": {}});
    let make = json!({"request": {"name": "a"}});
    for (place, look, create) in
        [("main/eu-west-1", 200, 403), ("main/us-west-2", 200, 200), ("test/eu-west-1", 403, 403), ("nowhere/eu-west-1", 403, 403)]
    {
        assert_eq!(ann.post(&format!("/api/ivs/{place}/ListChannels"), &list).await.status, look, "{place}");
        assert_eq!(ann.post(&format!("/api/ivs/{place}/CreateChannel"), &make).await.status, create, "{place}");
    }
    assert_eq!(ann.post("/api/sessions/all", &json!({})).await.status, 403, "an admin of one region is none of the console");
    assert_eq!(ann.post("/api/setup", &json!({})).await.status, 403);
}

#[tokio::test]
async fn userinfo_is_believed_beside_the_token_and_only_of_the_same_person() {
    let rows = [
        (json!({"sub": "u-1", "groups": ["ivs-operators"]}), None),
        (json!({"sub": "u-2", "groups": ["ivs-operators"]}), Some(ProviderUnreachable)),
        (json!({"groups": ["ivs-operators"]}), Some(ProviderUnreachable)),
        (json!({"sub": "u-1", "groups": ["others"]}), Some(SignInProblem::NoAccess)),
    ];
    for (userinfo, problem) in rows {
        let console = Console::with("userinfo = true", RULES).await;
        let claims: fn(&mut serde_json::Value) = |claims| drop(claims.as_object_mut().unwrap().remove("groups"));
        console.provider.says(Says { userinfo: userinfo.clone(), claims, ..Says::default() });
        assert_eq!(console.browser().sign_in("/").await.problem(), problem, "{userinfo}");
    }
    let console = Console::with("userinfo = true", RULES).await;
    console.provider.says(Says { userinfo: json!({"sub": "u-1", "groups": ["ivs-admins"]}), ..Says::default() });
    let mut browser = console.browser();
    browser.sign_in("/").await;
    assert_eq!(browser.me().await.unwrap()["rights"]["role"], "operator", "what the token says is not overruled");
}

#[tokio::test]
async fn a_provider_that_changes_its_keys_is_asked_again_and_not_more_often_than_is_fair() {
    let console = Console::start().await;
    console.browser().sign_in("/").await;
    assert_eq!(console.provider.times("jwks"), 1);
    console.provider.says(Says { signs: (1, "key-1"), ..Says::default() });
    let refused = console.browser().sign_in("/").await;
    assert_eq!(refused.problem(), Some(NotVouchedFor), "it was read half a minute ago at the most");
    assert_eq!(console.provider.times("jwks"), 1);
}

#[tokio::test]
async fn a_provider_that_is_away_is_called_so_and_keeps_nobody_out_who_is_in() {
    let console = Console::start().await;
    let mut ann = console.browser();
    ann.sign_in("/").await;
    console.provider.says(Says { answer: |_| axum::http::StatusCode::BAD_GATEWAY.into_response(), ..Says::default() });
    assert!(matches!(console.browser().sign_in("/").await.problem(), Some(ProviderUnreachable | NotVouchedFor)));
    assert!(ann.me().await.is_some());
}

use axum::response::IntoResponse as _;

#[tokio::test]
async fn every_sign_in_and_sign_out_is_journaled_with_who_it_was() {
    let console = Console::start().await;
    let mut ann = console.browser();
    ann.sign_in("/").await;
    ann.post("/api/session/end", &json!({})).await;
    console.provider.says(Says { groups: json!([]), ..Says::default() });
    ann.sign_in("/").await;
    let row = |operation: &str, person: &str, said: &str| (operation.to_owned(), person.to_owned(), said.to_owned());
    let expected = [row("SignIn", "Ann Operator", ""), row("SignOut", "Ann Operator", ""), row("SignIn", "Ann Operator", "no-access")];
    assert_eq!(console.journaled().await, expected);
}

#[tokio::test]
async fn the_pages_in_between_are_for_nobody_to_keep_and_for_no_frame() {
    let console = Console::start().await;
    let answer = console.browser().sign_in("/").await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(answer.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
    assert!(answer.headers["strict-transport-security"].to_str().unwrap().starts_with("max-age=63072000"));
    let login = console.browser().get("/auth/login").await;
    assert_eq!(login.headers["cache-control"], "no-store");
    let mut browser = console.browser();
    let asked = browser.away("/").await;
    assert_eq!(asked["redirect_uri"], "https://tally.example.com/auth/callback");
}

#[tokio::test]
async fn who_only_opens_the_address_again_and_again_fills_nothing() {
    let console = Console::start().await;
    let mut mallory = console.browser();
    mallory.from = Some([203, 0, 113, 7].into());
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..200 {
        let answer = mallory.get("/auth/callback?state=x&code=y").await;
        *seen.entry(answer.problem().map(SignInProblem::as_str)).or_insert(0) += 1;
    }
    assert_eq!(seen, [(Some("not-begun-here"), 60), (Some("too-often"), 140)].into());
    assert_eq!(console.journaled().await.len(), 1, "one a minute");
    assert_eq!(mallory.get("/auth/login").await.problem(), Some(SignInProblem::TooOften));
    let mut ann = console.browser();
    ann.from = Some([203, 0, 113, 8].into());
    assert_eq!(ann.sign_in("/").await.problem(), None, "nobody else is kept out");
}

#[tokio::test]
async fn rights_that_were_taken_away_are_gone_in_every_browser_once_the_provider_has_said_so() {
    for groups in [json!([]), json!(["ivs-admins"])] {
        let console = Console::start().await;
        let mut first = console.browser();
        first.sign_in("/").await;
        let mut same = console.browser();
        same.sign_in("/").await;
        assert!(first.me().await.is_some(), "the same again ends nothing");
        console.provider.says(Says { groups, ..Says::default() });
        console.browser().sign_in("/").await;
        assert_eq!((first.me().await, same.me().await), (None, None));
    }
}

#[tokio::test]
async fn another_provider_s_word_of_before_is_worth_nothing() {
    let console = Console::start().await;
    let mut ann = console.browser();
    ann.sign_in("/").await;
    let kept = ann.cookies.clone();
    let other = Console::on(copy(&console.folder), Provider::start().await, "", RULES).await;
    let mut browser = other.browser();
    browser.cookies = kept;
    assert_eq!(browser.me().await, None);
}

#[tokio::test]
async fn what_stands_beside_the_session_s_cookie_takes_nothing_away() {
    let console = Console::start().await;
    let mut ann = console.browser();
    ann.sign_in("/").await;
    ann.cookies.insert("who".to_owned(), "Müller".to_owned());
    assert!(ann.me().await.is_some());
}

#[tokio::test]
async fn a_token_where_there_is_none_fills_no_journal() {
    let console = Console::start().await;
    for _ in 0..20 {
        assert_eq!(console.browser().post("/api/session", &json!({"token": "x"})).await.status, 401);
    }
    assert_eq!(console.journaled().await, []);
}

#[tokio::test]
async fn a_link_on_somebody_else_s_page_signs_nobody_in_unseen() {
    let console = Console::start().await;
    let sites = [("cross-site", false), ("same-site", false), ("same-origin", true), ("none", true)];
    for (site, begins) in sites {
        let request =
            axum::http::Request::get("/auth/login?to=%2Fjournal").header("host", crate::behind::HOST).header("sec-fetch-site", site);
        let answer = console.browser().send(request.body(axum::body::Body::empty()).unwrap()).await;
        if begins {
            assert_eq!(answer.status, 303, "{site}");
        } else {
            assert_eq!(answer.hop(), "/sign-in?to=%2Fjournal", "{site}: they come to the page with the button");
            assert!(!answer.headers.contains_key("set-cookie"), "{site}");
        }
    }
}

/// The request ends in the middle: the browser is closed, or the network is gone.
#[tokio::test]
async fn who_goes_away_while_signing_out_is_signed_out() {
    let console = Console::start().await;
    let mut ann = console.browser();
    ann.sign_in("/").await;
    let mut leaving = console.browser();
    leaving.cookies.clone_from(&ann.cookies);
    {
        let nothing = json!({});
        let mut asked = std::pin::pin!(leaving.post("/api/session/end", &nothing));
        assert!(futures::poll!(&mut asked).is_pending(), "begun, and not ended");
    }
    let out = async {
        while ann.me().await.is_some() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), out).await.expect("signed out");
}
