//! What they do at the same time.

use crate::pair::{Pair, until};
use crate::support::{Answer, REGIONS, commits};
use contract::Operation;
use emulator::Encoder;
use emulator::fault::{Fault, Rule, When};
use serde_json::json;
use std::time::Duration;

const REGION: &str = REGIONS[0];

#[tokio::test(flavor = "multi_thread")]
async fn they_write_one_whole_chain_and_none_is_refused() {
    let pair = Pair::start().await;
    let create =
        async |console: &crate::support::Console, name: String| console.call(REGION, "CreateChannel", json!({ "name": name })).await;
    let many = (0..12).map(|n| create(if n % 2 == 0 { &pair.first } else { &pair.second }, format!("c{n}")));
    for answer in futures::future::join_all(many).await {
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    assert_eq!(commits(&pair.first, Operation::CreateChannel), 12);
    let report = pair.second.state.journal.verify().await.unwrap();
    assert_eq!(report.faults, []);
    assert!(report.rows >= 24 + 2, "{}", report.rows);
    assert_eq!(pair.count("SELECT count(DISTINCT replica) FROM journal").await, 2);
    assert_eq!(pair.count("SELECT count(DISTINCT chain) FROM journal").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_at_both_at_the_same_moment_is_one_change() {
    let pair = Pair::start().await;
    for n in 0..10 {
        let (request, key) = (json!({ "name": format!("once-{n}") }), format!("key-{n:05}"));
        let (one, other) = tokio::join!(
            pair.first.keyed(REGION, Operation::CreateChannel, &request, &key),
            pair.second.keyed(REGION, Operation::CreateChannel, &request, &key)
        );
        assert!(one.status == 200 || other.status == 200, "{one:?} {other:?}");
        assert_eq!(commits(&pair.first, Operation::CreateChannel), n + 1, "{one:?} {other:?}");
    }
}

#[tokio::test]
async fn changes_of_one_resource_follow_each_other() {
    let pair = Pair::start().await;
    let (channel, _) = pair.first.channel(REGION, "one").await;
    pair.emulator.faults().add(Rule::on(Operation::TagResource, Fault::Delay { millis: 700 }));
    let tag = |console, value: &str| {
        let request = json!({ "resourceArn": channel, "tags": { "team": value } });
        tagged(console, request)
    };
    let second = async {
        until(async || pair.emulator.unfired().is_empty()).await;
        tag(&pair.second, "second").await
    };
    let (first, second) = tokio::join!(tag(&pair.first, "first"), second);
    assert_eq!((first.status, second.status), (200, 200), "{first:?} {second:?}");
    let id = second.json()["receipt"]["id"].as_str().unwrap().to_owned();
    let detail = pair.first.post("/api/journal/get", &json!({ "id": id })).await.json();
    let before = detail["before"].as_str().unwrap_or_default().to_owned();
    assert!(before.contains("first"), "it saw what the other had done: {detail}");
    until(async || pair.count("SELECT count(*) FROM held").await == 0).await;
}

async fn tagged(console: &crate::support::Console, request: serde_json::Value) -> Answer {
    console.call(REGION, "TagResource", request).await
}

#[tokio::test]
async fn a_change_that_the_other_holds_up_for_too_long_is_refused_and_never_sent() {
    let pair = Pair::with(|config| config.timeouts.request = Duration::from_secs(4)).await;
    let (channel, _) = pair.first.channel(REGION, "live").await;
    pair.emulator.edit(REGION, |region, ctx| region.go_live(ctx, &channel, &Encoder::default())).unwrap();
    pair.emulator.faults().add(Rule::on(Operation::StopStream, Fault::Stall { when: When::Before }));
    let stop = json!({ "channelArn": channel });
    let waiting = async {
        until(async || pair.emulator.unfired().is_empty()).await;
        pair.second.call(REGION, "StopStream", stop.clone()).await
    };
    let refused = tokio::select! {
        answer = pair.first.call(REGION, "StopStream", stop.clone()) => panic!("{answer:?}"),
        refused = waiting => refused,
    };
    assert_eq!((refused.status, refused.code().as_str()), (429, "Busy"), "{refused:?}");
    let rows = pair.count("SELECT count(*) FROM journal WHERE operation = 'StopStream'").await;
    assert_eq!((rows, commits(&pair.first, Operation::StopStream)), (1, 0), "only the first one was begun");
}

#[tokio::test]
async fn what_a_dead_console_held_is_free() {
    let pair = Pair::start().await;
    let (channel, _) = pair.first.channel(REGION, "one").await;
    let dead = pair.first.state.ivs.replicas().id().unwrap();
    pair.sql(&format!("INSERT INTO held (arn, replica) VALUES ('{channel}', '{dead}')")).await;
    let change = || pair.second.call(REGION, "TagResource", json!({ "resourceArn": channel, "tags": { "a": "b" } }));
    let held = tokio::time::timeout(Duration::from_millis(700), change()).await;
    assert!(held.is_err(), "while it lives: {held:?}");
    pair.silent(&pair.first).await;
    assert_eq!(change().await.status, 200);
}

/// It could not be given free when it was done with: the database was away.
#[tokio::test]
async fn what_a_console_holds_no_more_it_gives_free_with_its_next_word() {
    let pair = Pair::start().await;
    let own = pair.first.state.ivs.replicas().id().unwrap();
    pair.sql(&format!("INSERT INTO held (arn, replica) VALUES ('left', '{own}')")).await;
    pair.second.state.ivs.replicas().beat().await.unwrap();
    assert_eq!(pair.count("SELECT count(*) FROM held").await, 1, "another one's");
    pair.first.state.ivs.replicas().beat().await.unwrap();
    assert_eq!(pair.count("SELECT count(*) FROM held").await, 0);
}

#[tokio::test]
async fn they_share_what_may_be_asked_of_ivs() {
    let pair = Pair::start().await;
    let counts = || (pair.first.state.ivs.replicas().count(), pair.second.state.ivs.replicas().count());
    assert_eq!(counts(), (2, 2));
    pair.first.state.ivs.replicas().leave().await;
    pair.second.state.ivs.replicas().beat().await.unwrap();
    assert_eq!(pair.second.state.ivs.replicas().count(), 1, "it has said that it goes");
    pair.first.state.ivs.replicas().beat().await.unwrap();
    pair.silent(&pair.first).await;
    pair.second.state.ivs.replicas().beat().await.unwrap();
    assert_eq!(pair.second.state.ivs.replicas().count(), 1, "it has said nothing for long");
}
