//! A journal that cannot be written: nothing is changed and no secret leaves. Looking goes on.

use crate::support::{Answer, Console};
use contract::Operation;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};

/// From now on the disk is full, for the rows that `when` holds for.
async fn fill(disk: &mut SqliteConnection, when: &str) {
    let sql = format!("CREATE TRIGGER full BEFORE INSERT ON journal WHEN {when} BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END");
    sqlx::query(AssertSqlSafe(sql)).execute(disk).await.unwrap();
}

async fn reveals(console: &Console, channel: &str, key: &str) -> [Answer; 2] {
    let body = |arn: &str| json!({ "account": "demo", "region": "eu-west-1", "arn": arn });
    let key = console.post("/api/reveal/stream-key", &body(key)).await;
    [key, console.post("/api/reveal/srt-passphrase", &body(channel)).await]
}

const MEDIA_TAILOR: &str = "arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/abc";
const PUBLIC_KEY: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEd0r4mRaUNaqy2SqlVYbnLD7J+zZMS3VG
F2QFsgS2Y9Ha3J2/ZPZ2pQqOtnxWJs/W2fWnptMlRdENUyUpMpTy2+Uub2CgC36X
hzDdL6EsN69hvD1e/0gkQvHHAuOB86Ls
-----END PUBLIC KEY-----
";

/// Every change of IVS, about what is there.
fn changes(channel: &str, key: &str) -> Vec<(Operation, Value)> {
    let other = |kind: &str| channel.replace(":channel/", &format!(":{kind}/"));
    let (pair, recording) = (other("playback-key"), other("recording-configuration"));
    let (policy, ads, slate) = (other("playback-restriction-policy"), other("ad-configuration"), other("failover-slate-configuration"));
    vec![
        (Operation::CreateChannel, json!({ "name": "never" })),
        (Operation::UpdateChannel, json!({ "arn": channel, "name": "never" })),
        (Operation::DeleteChannel, json!({ "arn": channel })),
        (Operation::CreateStreamKey, json!({ "channelArn": channel })),
        (Operation::DeleteStreamKey, json!({ "arn": key })),
        (Operation::InsertAdBreak, json!({ "channelArn": channel, "durationSeconds": 30 })),
        (Operation::PutMetadata, json!({ "channelArn": channel, "metadata": "now" })),
        (Operation::StopStream, json!({ "channelArn": channel })),
        (Operation::ImportPlaybackKeyPair, json!({ "publicKeyMaterial": PUBLIC_KEY })),
        (Operation::DeletePlaybackKeyPair, json!({ "arn": pair })),
        (Operation::CreateRecordingConfiguration, json!({ "destinationConfiguration": { "s3": { "bucketName": "recordings" } } })),
        (Operation::DeleteRecordingConfiguration, json!({ "arn": recording })),
        (Operation::CreatePlaybackRestrictionPolicy, json!({})),
        (Operation::UpdatePlaybackRestrictionPolicy, json!({ "arn": policy })),
        (Operation::DeletePlaybackRestrictionPolicy, json!({ "arn": policy })),
        (Operation::CreateAdConfiguration, json!({ "mediaTailorPlaybackConfigurations": [{ "playbackConfigurationArn": MEDIA_TAILOR }] })),
        (Operation::UpdateAdConfiguration, json!({ "arn": ads })),
        (Operation::DeleteAdConfiguration, json!({ "arn": ads })),
        (Operation::CreateFailoverSlateConfiguration, json!({})),
        (Operation::UpdateFailoverSlateConfiguration, json!({ "arn": slate })),
        (Operation::DeleteFailoverSlateConfiguration, json!({ "arn": slate })),
        (Operation::StartViewerSessionRevocation, json!({ "channelArn": channel, "viewerId": "ada" })),
        (Operation::BatchStartViewerSessionRevocation, json!({ "viewerSessions": [{ "channelArn": channel, "viewerId": "ada" }] })),
        (Operation::TagResource, json!({ "resourceArn": channel, "tags": { "a": "b" } })),
        (Operation::UntagResource, json!({ "resourceArn": channel, "tagKeys": ["a"] })),
    ]
}

#[tokio::test]
async fn nothing_is_changed_that_cannot_be_journaled() {
    let console = Console::start().await;
    let (channel, key) = console.channel("eu-west-1", "kept").await;
    let done =
        || -> BTreeMap<Operation, u64> { console.emulator.commits().into_iter().filter(|(operation, _)| !operation.reads()).collect() };
    let before = done();
    let mut disk = console.disk().await;
    fill(&mut disk, "TRUE").await;
    let changes = changes(&channel, &key);
    for (operation, request) in &changes {
        let answer = console.call("eu-west-1", operation.name(), request.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (503, "JournalUnavailable"), "{operation}: {answer:?}");
    }
    assert_eq!(done(), before);
    let tried: BTreeSet<Operation> = changes.into_iter().map(|(operation, _)| operation).collect();
    let all: BTreeSet<Operation> = Operation::ALL.iter().copied().filter(|operation| !operation.reads()).collect();
    assert_eq!(tried, all);

    // Looking goes on, and with room on the disk so does everything.
    assert_eq!(console.call("eu-west-1", "GetChannel", json!({ "arn": channel })).await.status, 200);
    sqlx::query("DROP TRIGGER full").execute(&mut disk).await.unwrap();
    assert_eq!(console.call("eu-west-1", "DeleteChannel", json!({ "arn": channel })).await.status, 200);
}

#[tokio::test]
async fn no_secret_leaves_that_cannot_be_journaled() {
    let console = Console::start().await;
    let (channel, key) = console.channel("eu-west-1", "kept").await;
    let secrets: Vec<String> = reveals(&console, &channel, &key).await.iter().map(|shown| shown.json()["value"].to_string()).collect();
    assert!(secrets.iter().all(|secret| secret.len() > 10), "{secrets:?}");
    let asked = console.emulator.calls();
    let mut disk = console.disk().await;
    // Neither before IVS is asked, nor after it has answered.
    for (rows, asked_again) in [("TRUE", false), ("NEW.phase = 'outcome'", true)] {
        fill(&mut disk, rows).await;
        for answer in reveals(&console, &channel, &key).await {
            assert_eq!((answer.status, answer.code().as_str()), (503, "JournalUnavailable"), "{rows}: {answer:?}");
            assert!(secrets.iter().all(|secret| !answer.text.contains(secret.trim_matches('"'))), "{rows}: a value is in {answer:?}");
        }
        assert_eq!(console.emulator.calls() != asked, asked_again, "{rows}");
        sqlx::query("DROP TRIGGER full").execute(&mut disk).await.unwrap();
    }
}

#[tokio::test]
async fn after_an_end_that_could_not_be_journaled_nothing_more_is_changed() {
    let console = Console::start().await;
    let mut disk = console.disk().await;
    fill(&mut disk, "NEW.phase = 'outcome'").await;
    let made = console.call("eu-west-1", "CreateChannel", json!({ "name": "last" })).await;
    assert_eq!((made.status, made.json()["receipt"]["outcome"].as_str()), (200, Some("done")), "it was made: {made:?}");
    assert_eq!(console.call("eu-west-1", "CreateChannel", json!({})).await.code(), "NotReady");
    assert_eq!(console.emulator.commits().get(&Operation::CreateChannel), Some(&1));
    assert_eq!(console.state.journal.unresolved().await.unwrap().len(), 1, "its end is still open");
}
