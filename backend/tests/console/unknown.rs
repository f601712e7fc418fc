//! A change whose answer was lost: what reading can tell of it, and what it cannot.

use crate::support::{Console, REGIONS, commits, emulated, later, until};
use backend::journal::{Ending, Visibility};
use contract::call::Outcome;
use contract::channel::DeleteChannel;
use contract::{Effect, Operation};
use emulator::fault::{Fault, Rule, When};
use emulator::{Behave, Delays, Emulator, Encoder, Rates, Settings};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const REGION: &str = REGIONS[0];

/// On an IVS that has finished with what it makes as soon as it has made it.
async fn console() -> Console {
    let delays = Delays { recording_configuration: 0, failover_slate_configuration: 0, ..Delays::default() };
    let emulator = Emulator::new(Settings { rates: Rates::Unlimited, delays, ..Settings::default() });
    Console::on(tempfile::tempdir().unwrap(), emulator).await
}

/// Asks for a change under its own name as the idempotency key. IVS does it, or not, and says that it failed.
async fn lose(console: &Console, operation: Operation, request: &Value, when: When) {
    lost_by(console, operation, request, Fault::Status { status: 500, when }).await;
}

async fn lost_by(console: &Console, operation: Operation, request: &Value, fault: Fault) {
    console.emulator.faults().add(Rule::on(operation, fault));
    let answer = console.keyed(REGION, operation, request, operation.name()).await;
    let said = if UNSEEN.contains(&operation) { (409, "LookedUp") } else { (504, "OutcomeUnknown") };
    assert_eq!((answer.status, answer.code().as_str()), said, "{operation}: {answer:?}");
}

/// What IVS did say is passed on, and stays in the journal when reading has told the rest.
#[tokio::test]
async fn what_came_instead_of_an_answer_is_told_and_kept() {
    let console = Console::start().await;
    let request = json!({ "name": "half" });
    console.emulator.faults().add(Rule::on(Operation::CreateChannel, Fault::Status { status: 500, when: When::After }));
    let unseen = console.emulator.faults().add(Rule::on(Operation::ListChannels, Fault::AccessDenied).always());
    let answer = console.keyed(REGION, Operation::CreateChannel, &request, "half-done").await;
    let error = &answer.json()["error"];
    let (message, id) = (error["message"].as_str().unwrap(), error["requestId"].as_str().unwrap());
    assert!(answer.code() == "OutcomeUnknown" && message.starts_with("InternalServerException: ") && !id.is_empty(), "{answer:?}");
    assert!(console.emulator.faults().remove(unseen));
    look_up(&console).await;
    let ending = ending(&console, "half-done").await;
    assert_eq!((ending.outcome, ending.reconciled, ending.attempts), (Outcome::Done, true, 1), "{ending:?}");
    assert_eq!(ending.aws_request_ids, [id]);
}

/// What the journal says last of the change with this key.
async fn ending(console: &Console, key: &str) -> Ending {
    let known = console.state.journal.by_key("local", key).await.unwrap();
    known.and_then(|known| known.ending).unwrap_or_else(|| panic!("no end of {key}"))
}

/// Looks up what is unknown as if it were an hour later.
async fn look_up(console: &Console) {
    console.state.ivs.look_up_unknown(later()).await.unwrap();
}

async fn go_live(console: &Console, channel: &str) {
    console.emulator.edit(REGION, |region, ctx| region.go_live(ctx, channel, &Encoder::default())).unwrap();
}

/// Everything that can be looked up, and the read that tells.
async fn looked_up(console: &Console) -> Vec<(Operation, Value, Operation)> {
    let mut channels = Vec::new();
    for name in ["updated", "tagged", "untagged", "stopped", "keyless", "deleted"] {
        channels.push(console.channel(REGION, name).await);
    }
    let [updated, tagged, untagged, stopped, (_, key), deleted] = channels.try_into().unwrap();
    go_live(console, &stopped.0).await;
    let tags = json!({ "resourceArn": untagged.0, "tags": { "team": "a" } });
    assert_eq!(console.call(REGION, "TagResource", tags).await.status, 200);
    let mut changes = of_other_nouns(console).await;
    changes.extend([
        (Operation::CreateChannel, json!({ "name": "created" }), Operation::ListChannels),
        (Operation::UpdateChannel, json!({ "arn": updated.0, "name": "other" }), Operation::GetChannel),
        (Operation::DeleteChannel, json!({ "arn": deleted.0 }), Operation::GetChannel),
        (Operation::TagResource, json!({ "resourceArn": tagged.0, "tags": { "a": "b" } }), Operation::ListTagsForResource),
        (Operation::UntagResource, json!({ "resourceArn": untagged.0, "tagKeys": ["team"] }), Operation::ListTagsForResource),
        (Operation::StopStream, json!({ "channelArn": stopped.0 }), Operation::GetStream),
        (Operation::DeleteStreamKey, json!({ "arn": key }), Operation::GetStreamKey),
    ]);
    let there: BTreeSet<Operation> = changes.iter().map(|(change, ..)| *change).collect();
    let all = Operation::ALL.iter().copied().filter(|operation| !operation.reads() && !UNSEEN.contains(operation));
    assert_eq!(there, all.collect(), "every change that can be looked up is here");
    changes
}

/// IVS shows nothing of these afterwards.
const UNSEEN: [Operation; 4] = [
    Operation::InsertAdBreak,
    Operation::PutMetadata,
    Operation::StartViewerSessionRevocation,
    Operation::BatchStartViewerSessionRevocation,
];

const MEDIA_TAILOR: &str = "arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/abc";
const PUBLIC_KEYS: [&str; 2] = [
    "-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEfdtwsG0gFaLFdjIkKLqK2W+OsLKvOZkT\nO3HaJElgTwu2/BcI95s613+jBqfhc3kgIxpjj6Hp1zwrEFkrI0R5SipmFUfDaZo4\n5u+fNE6WrBaJyKhPqHvCAg4zchLLvzCl\n-----END PUBLIC KEY-----\n",
    "-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEStAvfdCynezcKhkgqjNihdYULF4gC6zM\n/GHMwnKf1pVS4Wg5pWoH5zDy3irdGUPqp1KROA+V2c4SY6dXE3MG1RHRbrZoN1G4\nKwDsIqVjGp+TXhRbC1eZrJqSzdBfse2Z\n-----END PUBLIC KEY-----\n",
];

/// What was made, by its ARN; IVS has finished with it.
async fn made(console: &Console, operation: &str, request: Value) -> String {
    let made = console.call(REGION, operation, request).await;
    assert_eq!(made.status, 200, "{operation}: {made:?}");
    let made = made.json();
    let resource = made["response"].as_object().unwrap().values().find_map(|member| member.get("arn")?.as_str());
    resource.unwrap_or_else(|| panic!("{made}")).to_owned()
}

async fn of_other_nouns(console: &Console) -> Vec<(Operation, Value, Operation)> {
    let bucket = json!({ "destinationConfiguration": { "s3": { "bucketName": "recordings" } } });
    let ads = json!({ "mediaTailorPlaybackConfigurations": [{ "playbackConfigurationArn": MEDIA_TAILOR }] });
    let pair = made(console, "ImportPlaybackKeyPair", json!({ "publicKeyMaterial": PUBLIC_KEYS[0] })).await;
    let recording = made(console, "CreateRecordingConfiguration", bucket.clone()).await;
    let (policy, other_policy) = (
        made(console, "CreatePlaybackRestrictionPolicy", json!({})).await,
        made(console, "CreatePlaybackRestrictionPolicy", json!({})).await,
    );
    let (ad, other_ad) =
        (made(console, "CreateAdConfiguration", ads.clone()).await, made(console, "CreateAdConfiguration", ads.clone()).await);
    let slate = json!({ "name": "slate" });
    let (slate, other_slate) = (
        made(console, "CreateFailoverSlateConfiguration", slate.clone()).await,
        made(console, "CreateFailoverSlateConfiguration", slate).await,
    );
    let (keyless, key) = console.channel(REGION, "second-key").await;
    assert_eq!(console.call(REGION, "DeleteStreamKey", json!({ "arn": key })).await.status, 200);
    vec![
        (Operation::ImportPlaybackKeyPair, json!({ "publicKeyMaterial": PUBLIC_KEYS[1] }), Operation::ListPlaybackKeyPairs),
        (Operation::DeletePlaybackKeyPair, json!({ "arn": pair }), Operation::GetPlaybackKeyPair),
        (Operation::CreateRecordingConfiguration, bucket, Operation::ListRecordingConfigurations),
        (Operation::DeleteRecordingConfiguration, json!({ "arn": recording }), Operation::GetRecordingConfiguration),
        (Operation::CreatePlaybackRestrictionPolicy, json!({ "name": "new" }), Operation::ListPlaybackRestrictionPolicies),
        (Operation::UpdatePlaybackRestrictionPolicy, json!({ "arn": policy, "name": "other" }), Operation::GetPlaybackRestrictionPolicy),
        (Operation::DeletePlaybackRestrictionPolicy, json!({ "arn": other_policy }), Operation::GetPlaybackRestrictionPolicy),
        (Operation::CreateAdConfiguration, ads, Operation::ListAdConfigurations),
        (Operation::UpdateAdConfiguration, json!({ "arn": ad, "name": "other" }), Operation::GetAdConfiguration),
        (Operation::DeleteAdConfiguration, json!({ "arn": other_ad }), Operation::GetAdConfiguration),
        (Operation::CreateFailoverSlateConfiguration, json!({ "name": "new" }), Operation::ListFailoverSlateConfigurations),
        (Operation::UpdateFailoverSlateConfiguration, json!({ "arn": slate, "name": "other" }), Operation::GetFailoverSlateConfiguration),
        (Operation::DeleteFailoverSlateConfiguration, json!({ "arn": other_slate }), Operation::GetFailoverSlateConfiguration),
        (Operation::CreateStreamKey, json!({ "channelArn": keyless }), Operation::ListStreamKeys),
    ]
}

#[tokio::test]
async fn a_read_that_fails_concludes_nothing() {
    let console = console().await;
    let changes = looked_up(&console).await;
    let lost = changes.iter().map(|(change, request, _)| lost_by(&console, *change, request, Fault::Stall { when: When::After }));
    let denied = async {
        // The state before is read; once all are made, IVS answers no read any more.
        until(async || console.emulator.faults().planned().len() == changes.len() && console.emulator.unfired().is_empty()).await;
        for (_, _, read) in &changes {
            console.emulator.faults().add(Rule::on(*read, Fault::AccessDenied).always());
        }
    };
    tokio::join!(futures::future::join_all(lost), denied);

    look_up(&console).await;
    for (change, ..) in &changes {
        let ending = ending(&console, change.name()).await;
        assert_eq!((ending.outcome, ending.reconciled), (Outcome::Unknown, false), "{change}: {ending:?}");
    }
    console.emulator.faults().clear();
    look_up(&console).await;
    for (change, ..) in &changes {
        assert_eq!(ending(&console, change.name()).await.outcome, Outcome::Done, "{change}");
    }
}

#[tokio::test]
async fn what_is_as_it_was_before_was_not_made() {
    let console = console().await;
    let changes = looked_up(&console).await;
    futures::future::join_all(changes.iter().map(|(change, request, _)| lose(&console, *change, request, When::Before))).await;
    // What IVS shows may lag behind: not yet.
    console.state.ivs.look_up_unknown(0).await.unwrap();
    for (change, ..) in &changes {
        assert_eq!(ending(&console, change.name()).await.outcome, Outcome::Unknown, "{change}");
    }
    look_up(&console).await;
    for (change, ..) in &changes {
        let ending = ending(&console, change.name()).await;
        // Nothing tells a create that was never made from one that was deleted since.
        let outcome = if change.effect() == Effect::Creates { Outcome::Unknown } else { Outcome::Refused };
        assert_eq!((ending.outcome, ending.reconciled), (outcome, true), "{change}: {ending:?}");
    }
}

#[tokio::test]
async fn what_somebody_else_undid_or_changed_since_is_not_told_to_be_not_made() {
    let console = Console::start().await;
    let (updated, _) = console.channel(REGION, "updated").await;
    let tags = |value: &str| json!({ "resourceArn": updated, "tags": { "owner": value } });
    let faults = console.emulator.faults();
    let unseen = [Operation::ListChannels, Operation::GetChannel, Operation::ListTagsForResource]
        .map(|read| faults.add(Rule::on(read, Fault::AccessDenied).nth(if read == Operation::ListChannels { 1 } else { 2 }).always()));
    let (create, update, tag) = (json!({ "name": "gone" }), json!({ "arn": updated, "name": "ours" }), tags("us"));
    tokio::join!(
        lose(&console, Operation::CreateChannel, &create, When::After),
        lose(&console, Operation::UpdateChannel, &update, When::After),
        lose(&console, Operation::TagResource, &tag, When::After),
    );
    console.emulator.edit(REGION, |region, ctx| {
        let made = region.channels.iter().find(|channel| channel.name.as_deref() == Some("gone")).and_then(|channel| channel.arn.clone());
        DeleteChannel { arn: made.unwrap() }.behave(region, ctx).unwrap();
        let channel = region.channels.get_mut(&updated).unwrap();
        channel.name = Some("theirs".to_owned());
        channel.tags.insert("owner".to_owned(), "them".to_owned());
    });
    assert!(unseen.into_iter().all(|number| faults.remove(number)));

    look_up(&console).await;
    let mut told = Vec::new();
    for change in ["CreateChannel", "UpdateChannel", "TagResource"] {
        let ending = ending(&console, change).await;
        assert_eq!((ending.outcome, ending.reconciled), (Outcome::Unknown, true), "{change}: {ending:?}");
        assert!(ending.message.as_ref().unwrap().contains("cannot be told"), "{change}: {ending:?}");
        told.push(ending);
    }
    let (rows, calls) = (console.state.journal.verify().await.unwrap().rows, console.emulator.calls());
    look_up(&console).await;
    assert_eq!((console.state.journal.verify().await.unwrap().rows, console.emulator.calls()), (rows, calls), "it is said once");
}

/// Whoever repeats the request learns that it is settled, and does not wait for ever for what is looked up no more.
#[tokio::test]
async fn what_was_looked_up_is_told_to_who_asks_again_and_nothing_is_sent() {
    let console = Console::start().await;
    let (channel, _) = console.channel(REGION, "kept").await;
    console.emulator.edit(REGION, |region, ctx| region.go_live(ctx, &channel, &Encoder::default())).unwrap();
    let lost = [
        (Operation::CreateChannel, json!({ "name": "gone" }), When::Before, "unknown", "cannot be told"),
        (Operation::UpdateChannel, json!({ "arn": channel, "name": "other" }), When::Before, "refused", "was not made"),
        (Operation::PutMetadata, json!({ "channelArn": channel, "metadata": "now" }), When::After, "unknown", "twice"),
    ];
    for (change, request, when, ..) in &lost {
        lose(&console, *change, request, *when).await;
        let again = console.keyed(REGION, *change, request, change.name()).await;
        let said = if UNSEEN.contains(change) { "LookedUp" } else { "OutcomeUnknown" };
        assert_eq!(again.code(), said, "not yet, where reading can tell: {again:?}");
    }
    look_up(&console).await;
    let calls = console.emulator.calls();
    for (change, request, _, outcome, words) in &lost {
        let again = console.keyed(REGION, *change, request, change.name()).await;
        assert_eq!((again.status, again.code().as_str()), (409, "LookedUp"), "{change}: {again:?}");
        let told = again.json();
        assert_eq!(told["receipt"]["outcome"], *outcome, "{change}: {told}");
        assert!(told["error"]["message"].as_str().unwrap().contains(words), "{change}: {told}");
    }
    assert_eq!(console.emulator.calls(), calls);
}

/// No reading tells of these, so nobody is told that it is looked up, and nobody waits for it.
#[tokio::test]
async fn what_reading_cannot_tell_of_is_the_last_word_at_once() {
    let console = Console::start().await;
    let ads = json!({ "mediaTailorPlaybackConfigurations": [{ "playbackConfigurationArn": MEDIA_TAILOR }] });
    let ads = made(&console, "CreateAdConfiguration", ads).await;
    let channel = made(&console, "CreateChannel", json!({ "name": "lost", "adConfigurationArn": ads, "authorized": true })).await;
    go_live(&console, &channel).await;
    let viewer = json!({ "channelArn": channel, "viewerId": "ann" });
    let requests = [
        json!({ "channelArn": channel, "durationSeconds": 30 }),
        json!({ "channelArn": channel, "metadata": "now" }),
        viewer.clone(),
        json!({ "viewerSessions": [viewer] }),
    ];
    for (change, request) in UNSEEN.into_iter().zip(&requests) {
        lost_by(&console, change, request, Fault::Reset { when: When::After }).await;
        let ending = ending(&console, change.name()).await;
        assert_eq!((ending.outcome, ending.reconciled, ending.attempts), (Outcome::Unknown, true, 1), "{change}: {ending:?}");
        let again = console.keyed(REGION, change, request, change.name()).await;
        assert_eq!((again.status, again.code().as_str()), (409, "LookedUp"), "{change}: {again:?}");
        assert_eq!(commits(&console, change), 1, "{change}");
    }
    let (rows, calls) = (console.state.journal.verify().await.unwrap().rows, console.emulator.calls());
    look_up(&console).await;
    assert_eq!((console.state.journal.verify().await.unwrap().rows, console.emulator.calls()), (rows, calls), "nothing is left to look up");
}

/// The encoder is back before anyone has looked: another stream is live than the one that was stopped.
#[tokio::test]
async fn another_stream_says_that_the_one_before_was_stopped() {
    for seen in [false, true] {
        let console = Console::start().await;
        let (channel, _) = console.channel(REGION, "back").await;
        go_live(&console, &channel).await;
        let stream = console.emulator.edit(REGION, |region, _| region.live().next().unwrap().stream_id.clone());
        let expect = if seen { json!({ "streamId": stream }) } else { Value::Null };
        let faults = console.emulator.faults();
        // The state before is read.
        faults.add(Rule::on(Operation::GetStream, Fault::AccessDenied).nth(2).always());
        faults.add(Rule::on(Operation::StopStream, Fault::Reset { when: When::After }));
        let body = json!({ "request": { "channelArn": channel }, "expect": expect });
        let back = async {
            until(async || commits(&console, Operation::StopStream) == 1).await;
            go_live(&console, &channel).await;
            faults.clear();
        };
        let stop = format!("/api/ivs/demo/{REGION}/StopStream");
        let (stopped, ()) = tokio::join!(console.post(&stop, &body), back);
        assert_eq!((stopped.status, commits(&console, Operation::StopStream)), (200, 1), "{seen}: {stopped:?}");
        assert!(console.emulator.edit(REGION, |region, _| region.is_live(&channel)), "what came back goes on");
    }
}

/// Nobody said which stream was meant, and the state before could not be read: what is live may be either.
#[tokio::test]
async fn without_the_stream_that_was_meant_a_live_one_tells_nothing() {
    let console = Console::start().await;
    let (channel, _) = console.channel(REGION, "unseen").await;
    go_live(&console, &channel).await;
    console.emulator.faults().add(Rule::on(Operation::GetStream, Fault::AccessDenied));
    lose(&console, Operation::StopStream, &json!({ "channelArn": channel }), When::Before).await;
    look_up(&console).await;
    let ending = ending(&console, "StopStream").await;
    assert_eq!((ending.outcome, ending.reconciled), (Outcome::Unknown, true), "{ending:?}");
}

/// A console in a process of its own, as far as one process can show it: what runs in its runtime ends with it.
fn process() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// A process that died between its two rows: the next one says that their end is unknown, and then what it was.
#[test]
fn what_a_killed_process_left_open_is_looked_up_by_the_next() {
    let (first, emulator) = (process(), emulated());
    let folder = first.block_on(async {
        let console = Console::on(tempfile::tempdir().unwrap(), emulator.clone()).await;
        // Changes of the same one would follow each other.
        let (tagged, key) = console.channel(REGION, "tagged").await;
        let (live, _) = console.channel(REGION, "live").await;
        go_live(&console, &live).await;
        let changes = [
            (Operation::CreateChannel, json!({ "name": "made" }), When::After),
            (Operation::TagResource, json!({ "resourceArn": tagged, "tags": { "a": "b" } }), When::Before),
            (Operation::PutMetadata, json!({ "channelArn": live, "metadata": "now" }), When::After),
        ];
        for (change, _, when) in &changes {
            emulator.faults().add(Rule::on(*change, Fault::Stall { when: *when }));
        }
        emulator.faults().add(Rule::on(Operation::GetStreamKey, Fault::Stall { when: When::After }));
        let reveal = json!({ "account": "demo", "region": REGION, "arn": key });
        let changes = changes.iter().map(|(change, request, _)| console.keyed(REGION, *change, request, change.name()));
        tokio::select! {
            answers = futures::future::join_all(changes) => panic!("{answers:?}"),
            answer = console.post("/api/reveal/stream-key", &reveal) => panic!("{answer:?}"),
            () = until(async || emulator.unfired().is_empty()) => {}
        }
        console.killed()
    });
    drop(first);

    process().block_on(async {
        let console = Console::on(folder, emulator.clone()).await;
        let (tagged, _) = console.channel(REGION, "under-way").await;
        // This one is not left behind: its own task will write its end.
        emulator.faults().add(Rule::on(Operation::TagResource, Fault::Stall { when: When::Before }));
        let body = json!({ "resourceArn": tagged, "tags": {} });
        let under_way = console.keyed(REGION, Operation::TagResource, &body, "under-way");
        tokio::select! {
            answer = under_way => panic!("{answer:?}"),
            () = until(async || emulator.unfired().is_empty()) => {}
        }
        let open = console.state.journal.unresolved().await.unwrap();
        assert_eq!((open.len(), open.iter().filter(|open| open.left_behind).count()), (5, 4), "{open:?}");

        let beside = tokio::spawn(backend::start::beside(console.state.clone(), backend::start::Pace::default(), None));
        until(async || console.state.journal.unresolved().await.unwrap().iter().filter(|open| open.ending.is_none()).count() == 1).await;
        assert_eq!(ending(&console, "CreateChannel").await.outcome, Outcome::Done, "it is found by its tag");
        let (tag, metadata) = (ending(&console, "TagResource").await, ending(&console, "PutMetadata").await);
        assert_eq!((tag.outcome, tag.reconciled), (Outcome::Unknown, false), "{tag:?}");
        assert_eq!((metadata.outcome, metadata.reconciled), (Outcome::Unknown, true), "{metadata:?}");
        look_up(&console).await;
        assert_eq!(ending(&console, "TagResource").await.outcome, Outcome::Refused);
        let reveal = console.state.journal.list(&Default::default(), &Visibility::Everyone).await.unwrap();
        let reveal = reveal.entries.iter().find(|entry| entry.operation == "RevealStreamKey").unwrap();
        assert_eq!(reveal.outcome, Some(Outcome::Refused), "{reveal:?}");
        beside.abort();
    });
}
