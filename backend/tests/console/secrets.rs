//! The canary: real stream keys and passphrases go through the console while everything is logged; afterwards they are
//! looked for everywhere but in the answers of the reveal route.

use crate::support::{Console, emulated, until};
use contract::Operation;
use contract::access::Role;
use contract::channel::CreateChannel;
use emulator::Behave;
use emulator::fault::{Fault, Rule};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::layer::SubscriberExt;

/// A log that is kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The secrets of a channel, as the reveal route gives them.
async fn reveal(console: &Console, channel: &str, key: &str) -> [String; 2] {
    let body = |arn: &str| json!({ "account": "demo", "region": "eu-west-1", "arn": arn });
    let value = |answer: &Value| answer["value"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    let key = console.post("/api/reveal/stream-key", &body(key)).await.json();
    let passphrase = console.post("/api/reveal/srt-passphrase", &body(channel)).await.json();
    [value(&key), value(&passphrase)]
}

/// Keeps everything that is logged, until the guard goes.
fn logged() -> (Kept, tracing::subscriber::DefaultGuard) {
    let log = Kept::default();
    let writer = log.clone();
    let everything = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    // The console's own targets at TRACE; the SDK's are held at INFO by the console's filter (`logging`), since it prints
    // what it sends.
    let everything = everything.with(backend::logging::clamp(false));
    (log, tracing::subscriber::set_default(everything))
}

/// What is in the journal's files.
fn on_disk(console: &Console) -> Vec<u8> {
    std::fs::read_dir(console.folder.path()).unwrap().flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

fn is_in(text: &[u8], part: &str) -> bool {
    text.windows(part.len()).any(|window| window == part.as_bytes())
}

#[tokio::test]
async fn no_secret_leaves_but_by_the_reveal_route() {
    let (log, _guard) = logged();
    let console = Console::start().await;
    let (channel, key) = console.channel("eu-west-1", "canary").await;
    let mut secrets = reveal(&console, &channel, &key).await.to_vec();
    let mut told = String::new();
    let region = "eu-west-1";
    let calls = [
        ("GetChannel", json!({ "arn": channel })),
        ("BatchGetChannel", json!({ "arns": [channel] })),
        ("UpdateChannel", json!({ "arn": channel, "name": "canary-2" })),
        ("GetStreamKey", json!({ "arn": key })),
        ("BatchGetStreamKey", json!({ "arns": [key] })),
        ("ListStreamKeys", json!({ "channelArn": channel })),
        ("ListChannels", json!({})),
        ("DeleteStreamKey", json!({ "arn": key })),
        ("CreateStreamKey", json!({ "channelArn": channel })),
        ("CreateChannel", json!({ "name": "another" })),
    ];
    let mut carriers: Vec<Operation> = Operation::ALL.iter().copied().filter(|operation| operation.secret()).collect();
    for (operation, request) in calls {
        let answer = console.call(region, operation, request).await;
        assert_eq!(answer.status, 200, "{operation}: {answer:?}");
        carriers.retain(|carrier| carrier.name() != operation);
        if operation == "CreateStreamKey" {
            let key = answer.json()["response"]["streamKey"]["arn"].as_str().unwrap().to_owned();
            secrets.extend(reveal(&console, &channel, &key).await);
        }
        told.push_str(&answer.text);
    }
    console.emulator.edit(region, |region, ctx| region.go_live(ctx, &channel, &emulator::Encoder::default())).unwrap();
    told.push_str(&console.call(region, "GetStreamSession", json!({ "channelArn": channel })).await.text);
    carriers.retain(|carrier| *carrier != Operation::GetStreamSession);
    assert!(carriers.is_empty(), "not tried: {carriers:?}");
    for path in ["/api/me", "/api/setup", "/api/journal", "/api/jobs"] {
        told.push_str(&console.post(path, &json!({})).await.text);
    }

    let files = on_disk(&console);
    let log = log.0.lock().unwrap().clone();
    assert!(!log.is_empty() && !files.is_empty(), "nothing was kept");
    for secret in &secrets {
        assert!(secret.len() > 10);
        for (place, text) in [("an answer", told.as_bytes()), ("the log", &log), ("the journal", &files)] {
            assert!(!is_in(text, secret), "a secret is in {place}");
        }
    }
    // The search finds what is there.
    assert!(is_in(told.as_bytes(), &channel));
}

/// The public half is imported by pasting a file: the private one stands in the same file, or has a name that is mistaken.
#[tokio::test]
async fn a_private_key_is_refused_before_anything_is_kept_of_it() {
    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEd0r4mRaUNaqy2SqlVYbnLD7J+zZMS3VG
F2QFsgS2Y9Ha3J2/ZPZ2pQqOtnxWJs/W2fWnptMlRdENUyUpMpTy2+Uub2CgC36X
hzDdL6EsN69hvD1e/0gkQvHHAuOB86Ls
-----END PUBLIC KEY-----
";
    const SECRET: &str = "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCanary0canary1cana";
    let (log, _guard) = logged();
    let console = Console::start().await;
    let disguises = [
        format!("-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----\n"),
        format!("{PUBLIC}-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----\n"),
        format!("{PUBLIC}{SECRET}"),
        format!("{PUBLIC}IVS_PRIVATE_KEY={SECRET}\n"),
        format!("{PUBLIC}Private-Lines: 1\n{SECRET}\n"),
        format!("{PUBLIC}{{\"kty\":\"EC\",\"d\":\"{SECRET}\"}}"),
        format!("-----BEGIN PUBLIC KEY-----\n{SECRET}\n-----END PUBLIC KEY-----\n"),
        PUBLIC.replace("-----\nMHY", &format!("-----\n{SECRET}\nMHY")),
    ];
    let mut told = String::new();
    for role in [Role::Admin, Role::Viewer] {
        console.act_as(role, &[]).await;
        for material in &disguises {
            let answer = console.call("eu-west-1", "ImportPlaybackKeyPair", json!({ "publicKeyMaterial": material })).await;
            if role == Role::Admin {
                assert_eq!(
                    (answer.status, &answer.json()["error"]["fields"][0]["field"]),
                    (400, &json!("publicKeyMaterial")),
                    "{material}"
                );
            } else {
                assert_eq!(answer.status, 403, "{answer:?}");
            }
            told.push_str(&answer.text);
        }
    }
    console.act_as(Role::Admin, &[]).await;
    let taken = console.call("eu-west-1", "ImportPlaybackKeyPair", json!({ "publicKeyMaterial": PUBLIC })).await;
    assert_eq!(taken.status, 200, "{taken:?}");
    assert_eq!(console.emulator.calls().get(&Operation::ImportPlaybackKeyPair), Some(&1));
    let (files, log) = (on_disk(&console), log.0.lock().unwrap().clone());
    for (place, text) in [("an answer", told.as_bytes()), ("the log", &log), ("the journal", &files)] {
        assert!(!is_in(text, SECRET), "a private key is in {place}");
    }
    // The public one is, with what was asked.
    assert!(is_in(&files, "hzDdL6EsN69hvD1e"));
}

#[tokio::test]
async fn every_reveal_is_journaled() {
    let console = Console::start().await;
    let (channel, key) = console.channel("eu-west-1", "revealed").await;
    reveal(&console, &channel, &key).await;
    let journal = console.post("/api/journal", &json!({})).await.json();
    let kinds: Vec<&str> = journal["entries"].as_array().unwrap().iter().filter_map(|entry| entry["operation"].as_str()).collect();
    assert_eq!(&kinds[..2], ["RevealPassphrase", "RevealStreamKey"]);
}

/// For a result file: one row names them all, and the next minute is waited for.
#[tokio::test]
async fn many_are_revealed_by_one_row_that_names_each_and_once_a_minute() {
    let console = Console::start().await;
    let mut arns = Vec::new();
    for n in 0..3 {
        arns.push(console.channel("eu-west-1", &format!("many-{n}")).await.1);
    }
    let mut asked = arns.clone();
    asked.push("arn:aws:ivs:eu-west-1:123456789012:stream-key/none00000000".to_owned());
    let body = |arns: &[String]| json!({ "account": "demo", "region": "eu-west-1", "arns": arns, "reason": "A test." });
    let path = "/api/reveal/stream-keys";
    // What cannot be is no turn.
    for bad in [Vec::new(), vec!["no ARN".to_owned()], vec![arns[0].replace("eu-west-1", "us-west-2")], vec![arns[0].clone(); 1_001]] {
        let refused = console.post(path, &body(&bad)).await;
        assert_eq!(refused.status, 400, "{refused:?}");
    }
    let revealed = console.post(path, &body(&asked)).await.json();
    let keys = revealed["keys"].as_array().unwrap();
    assert!(keys.iter().all(|key| key["value"].as_str().unwrap().starts_with("sk_") && key["channelArn"].is_string()), "{revealed}");
    assert_eq!((keys.len(), revealed["errors"][0]["arn"].as_str()), (3, Some(asked[3].as_str())));
    let again = console.post(path, &body(&arns)).await;
    assert_eq!((again.status, again.json()["error"]["code"].as_str()), (429, Some("TooManyRequests")));
    assert!(again.json()["error"]["retryAfter"].as_u64().is_some_and(|seconds| (1..=60).contains(&seconds)));
    let journal = console.post("/api/journal", &json!({})).await.json();
    let entry = &journal["entries"][0];
    assert_eq!((entry["operation"].as_str(), entry["kind"].as_str()), (Some("RevealStreamKeys"), Some("secret")));
    assert_eq!(entry["targets"].as_array().unwrap().len(), 4);
    let values: Vec<&str> = keys.iter().filter_map(|key| key["value"].as_str()).collect();
    let files: Vec<u8> =
        std::fs::read_dir(console.folder.path()).unwrap().flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    assert!(!values.iter().any(|value| files.windows(value.len()).any(|window| window == value.as_bytes())), "the journal keeps none");
}

/// What every viewer was sent has to be known afterwards: the journal keeps it whole. Logs never have it, nor does any answer.
#[tokio::test]
async fn metadata_is_whole_in_the_journal_and_nowhere_else() {
    let log = Kept::default();
    let writer = log.clone();
    let everything = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(everything.with(backend::logging::clamp(false)));
    let console = Console::start().await;
    let region = "eu-west-1";
    let (channel, _) = console.channel(region, "metadata").await;
    let metadata = "CANARY-{\"cue\":\"ü\"}";
    let put = json!({ "channelArn": channel, "metadata": metadata });
    // Refused, too: that it was tried is as much worth knowing.
    let offline = console.call(region, "PutMetadata", put.clone()).await;
    assert_eq!(offline.code(), "ChannelNotBroadcasting");
    console.emulator.edit(region, |region, ctx| region.go_live(ctx, &channel, &emulator::Encoder::default())).unwrap();
    let done = console.call(region, "PutMetadata", put.clone()).await;
    assert_eq!(done.status, 200, "{done:?}");
    let mut disk = console.disk().await;
    let kept: Vec<String> = sqlx::query_scalar("SELECT params FROM journal WHERE operation = 'PutMetadata' AND phase = 'intent'")
        .fetch_all(&mut disk)
        .await
        .unwrap();
    let kept: Vec<Value> = kept.iter().map(|params| serde_json::from_str(params).unwrap()).collect();
    assert_eq!(kept, [put.clone(), put]);
    let log = String::from_utf8_lossy(&log.0.lock().unwrap().clone()).into_owned();
    assert!(log.contains("PutMetadata"), "nothing was logged");
    for (place, text) in [("the log", &log), ("an answer", &offline.text), ("an answer", &done.text)] {
        assert!(!text.contains("CANARY"), "metadata is in {place}");
    }
}

/// What the journal keeps of a change: the state before it, the request, the state after it, and the answer.
#[tokio::test]
async fn what_the_journal_keeps_of_a_change_has_no_secret() {
    let console = Console::start().await;
    let region = "eu-west-1";
    let (channel, key) = console.channel(region, "before-image").await;
    let mut secrets = reveal(&console, &channel, &key).await.to_vec();
    console.emulator.edit(region, |region, ctx| region.go_live(ctx, &channel, &emulator::Encoder::default())).unwrap();
    let mut changes = vec![
        ("StopStream", json!({ "channelArn": channel })),
        ("UpdateChannel", json!({ "arn": channel, "name": "before-image-2" })),
        ("DeleteStreamKey", json!({ "arn": key })),
        ("CreateStreamKey", json!({ "channelArn": channel })),
        ("DeleteChannel", json!({ "arn": channel })),
    ];
    for (operation, request) in &changes {
        let answer = console.call(region, operation, request.clone()).await;
        assert_eq!(answer.status, 200, "{operation}: {answer:?}");
        if *operation == "CreateStreamKey" {
            let key = answer.json()["response"]["streamKey"]["arn"].as_str().unwrap().to_owned();
            secrets.extend(reveal(&console, &channel, &key).await);
        }
    }
    changes.push(("CreateChannel", Value::Null));
    let mut disk = console.disk().await;
    for (operation, _) in changes {
        // An outcome has no params, an intent no result: both rows of the change, as one text.
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT ifnull(before, ''), params || ifnull(after, '') || ifnull(result, '') FROM journal WHERE operation = ? AND kind = 'change'",
        )
        .bind(operation)
        .fetch_all(&mut disk)
        .await
        .unwrap();
        let kept = format!("{rows:?}");
        assert_eq!(rows.len(), 2, "{operation}: {kept}");
        assert!(secrets.iter().all(|secret| !kept.contains(secret.as_str())), "a secret is in {operation}: {kept}");
        // What there was to keep is there.
        let image = matches!(operation, "UpdateChannel" | "DeleteStreamKey" | "DeleteChannel" | "StopStream");
        assert_eq!(rows.iter().any(|(before, _)| before.contains(&channel)), image, "{operation}: {kept}");
    }
}

/// Nobody waits for the value any more: the row of the journal gets its end all the same.
#[tokio::test]
async fn a_reveal_whose_browser_hangs_up_gets_its_end() {
    let console = Console::start().await;
    let (_, key) = console.channel("eu-west-1", "hung-up").await;
    console.emulator.faults().add(Rule::on(Operation::GetStreamKey, Fault::Delay { millis: 300 }));
    let body = json!({ "account": "demo", "region": "eu-west-1", "arn": key });
    tokio::select! {
        answer = console.post("/api/reveal/stream-key", &body) => panic!("{answer:?}"),
        () = until(async || console.emulator.unfired().is_empty()) => {}
    }
    let unresolved = async || console.state.journal.unresolved().await.unwrap();
    assert_eq!(unresolved().await.len(), 1, "it is under way");
    until(async || unresolved().await.is_empty()).await;
    let journal = console.post("/api/journal", &json!({})).await.json();
    assert_eq!((&journal["entries"][0]["operation"], &journal["entries"][0]["outcome"]), (&json!("RevealStreamKey"), &json!("done")));
}

/// The credentials may be another account's: its secrets are none of ours.
#[tokio::test]
async fn before_the_account_check_has_passed_no_secret_is_shown() {
    let other = |config: &mut backend::config::Config| config.accounts[0].expected_account_id = Some("999999999999".to_owned());
    let emulator = emulated();
    let arns = emulator.edit("eu-west-1", |region, ctx| {
        let made = CreateChannel::default().behave(region, ctx).unwrap();
        (made.channel.unwrap().arn.unwrap(), made.stream_key.unwrap().arn.unwrap())
    });
    let console = Console::unchecked(tempfile::tempdir().unwrap(), emulator, other).await;
    let found = backend::setup::run(&console.state).await;
    assert!(!found.ready && found.findings[0].detail.contains("999999999999"), "{found:?}");
    let body = |arn: &str| json!({ "account": "demo", "region": "eu-west-1", "arn": arn });
    for (path, arn) in [("/api/reveal/stream-key", &arns.1), ("/api/reveal/srt-passphrase", &arns.0)] {
        assert_eq!(console.post(path, &body(arn)).await.code(), "NotReady", "{path}");
    }
    assert_eq!(console.call("eu-west-1", "DeleteChannel", json!({ "arn": arns.0 })).await.code(), "NotReady");
    assert_eq!(console.emulator.calls().get(&Operation::GetStreamKey), None);
}
