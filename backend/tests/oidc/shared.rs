//! Two consoles on one database: whoever signs in at one of them is in at both, and whoever is thrown out is out at both.

use crate::browser::{Browser, Console};
use crate::postgres::Database;
use crate::provider::{Provider, Says};
use serde_json::json;
use std::time::Duration;

/// By when what one has ended must be over at the other.
const WITHIN: Duration = Duration::from_secs(6);

struct Pair {
    database: Database,
    first: Console,
    second: Console,
}

impl Pair {
    async fn start() -> Self {
        let (database, provider) = (Database::new().await, Provider::start().await);
        let first = Console::sharing(&database, provider.clone()).await;
        let second = Console::sharing(&database, provider).await;
        let pair = Self { database, first, second };
        for console in [&pair.first, &pair.second] {
            let state = console.state.clone();
            tokio::spawn(async move { state.auth.follow().await });
        }
        pair
    }
}

/// The same browser, as it is sent to another console.
fn at<'a>(console: &'a Console, browser: &Browser<'_>) -> Browser<'a> {
    let mut there = console.browser();
    there.cookies = browser.cookies.clone();
    there
}

async fn is_out_soon(browser: &mut Browser<'_>) {
    let mut turns = tokio::time::interval(Duration::from_millis(50));
    let out = async {
        while browser.me().await.is_some() {
            turns.tick().await;
        }
    };
    tokio::time::timeout(WITHIN, out).await.expect("is out by then");
}

#[tokio::test]
async fn a_sign_in_begun_at_one_ends_at_the_other_and_holds_at_both_at_once() {
    let pair = Pair::start().await;
    let mut ann = pair.first.browser();
    let asked = ann.away("/").await;
    let code = pair.first.provider.code(&asked);
    let mut there = at(&pair.second, &ann);
    let answer = there.back(&[("code", &*code), ("state", &*asked["state"])]).await;
    assert_eq!(answer.problem(), None);
    assert!(there.me().await.is_some());
    assert!(at(&pair.first, &there).me().await.is_some(), "at once, and not when it is next looked");
    let mut stranger = at(&pair.first, &there);
    let sealed = stranger.cookies.values_mut().next().unwrap();
    sealed.replace_range(10..11, if sealed[10..11] == *"A" { "B" } else { "A" });
    assert!(stranger.me().await.is_none(), "the control");
}

#[tokio::test]
async fn signed_out_at_one_is_signed_out_at_both_within_seconds() {
    let pair = Pair::start().await;
    let (mut other, mut ann) = (pair.first.browser(), pair.first.browser());
    other.sign_in("/").await;
    ann.sign_in("/").await;
    let mut there = at(&pair.second, &ann);
    assert!(there.me().await.is_some());
    // What cannot be read of one is not in the way of the others.
    let odd = "UPDATE session SET held = '[]' WHERE began = (SELECT min(began) FROM session) AND id <> (SELECT max(id) FROM session)";
    sqlx::query(odd).execute(&mut pair.database.raw().await).await.unwrap();
    // As if they had come an hour ago: no look takes in all that was begun since.
    let mut raw = pair.database.raw().await;
    for sql in ["SET session_replication_role = replica", "UPDATE session SET changed = changed - 3600000000"] {
        sqlx::query(sql).execute(&mut raw).await.unwrap();
    }
    assert_eq!(ann.post("/api/session/end", &json!({})).await.json(), json!({"ended": 1}));
    is_out_soon(&mut there).await;
}

#[tokio::test]
async fn an_admin_at_one_throws_out_who_has_just_come_at_the_other() {
    let pair = Pair::start().await;
    let mut grace = pair.second.browser();
    pair.second.provider.says(Says { subject: "u-9", groups: json!(["ivs-admins"]), ..Says::default() });
    grace.sign_in("/").await;
    pair.first.provider.says(Says::default());
    let mut ann = pair.first.browser();
    ann.sign_in("/").await;
    let subject = ann.me().await.unwrap()["subject"].clone();
    let ended = grace.post("/api/sessions/end-of", &json!({ "subject": subject })).await;
    assert_eq!(ended.json(), json!({"ended": 1}), "{ended:?}");
    is_out_soon(&mut ann).await;
    assert!(grace.me().await.is_some(), "and nobody else");
}
