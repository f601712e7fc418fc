//! One channel from its creation to its end, as somebody at the console would take it, and what the journal says of it.

use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};

use super::ACCOUNT;
use crate::server::{Answer, Session};

const NAME: &str = "tally-smoke";
const RENAMED: &str = "tally-smoke-renamed";
/// How long the console may take for its account check, and how often it is asked.
const TRIES: u32 = 50;
const APART: Duration = Duration::from_millis(200);

/// Creates, looks at, reveals, tags, renames and deletes.
///
/// # Errors
/// A step is refused, or answers something else than was asked for. The channel is deleted all the same; where that fails
/// too, the error names it.
pub(super) fn run(session: &mut Session, region: &str) -> anyhow::Result<()> {
    let mut person = Person { session, region };
    person.wait_until_ready()?;
    let made = person.ivs("CreateChannel", &json!({ "name": NAME, "tags": { "purpose": "smoke" } }))?;
    let channel = text(&made, "/response/channel/arn")?;
    let lived = text(&made, "/response/streamKey/arn").and_then(|key| person.live(&channel, &key));
    let deleted = person.ivs("DeleteChannel", &json!({ "arn": channel }));
    deleted.with_context(|| format!("the channel {channel} is left behind: delete it by hand"))?;
    lived?;
    person.look_back(&channel)
}

struct Person<'a> {
    session: &'a mut Session,
    region: &'a str,
}

impl Person<'_> {
    /// Changes are refused until the account check has passed.
    fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        for _ in 0..TRIES {
            if self.session.is_ready()? {
                return Ok(());
            }
            sleep(APART);
        }
        bail!("the account check does not pass; `tally check` says why")
    }

    /// Between creation and deletion.
    fn live(&mut self, channel: &str, key: &str) -> anyhow::Result<()> {
        self.holds("GetChannel", &json!({ "arn": channel }), "/response/channel/name", NAME)?;
        let reveal = json!({ "account": ACCOUNT, "region": self.region, "arn": key, "reason": "smoke" });
        let revealed = self.session.ask("/api/reveal/stream-key", &reveal)?;
        ensure!(!text(&revealed, "/value")?.is_empty(), "the revealed key is empty");
        println!("ok  the stream key is revealed");
        self.ivs("TagResource", &json!({ "resourceArn": channel, "tags": { "tally-smoke": "yes" } }))?;
        self.holds("ListTagsForResource", &json!({ "resourceArn": channel }), "/response/tags/tally-smoke", "yes")?;
        self.ivs("UntagResource", &json!({ "resourceArn": channel, "tagKeys": ["tally-smoke"] }))?;
        self.ivs("UpdateChannel", &json!({ "arn": channel, "name": RENAMED }))?;
        self.holds("GetChannel", &json!({ "arn": channel }), "/response/channel/name", RENAMED)
    }

    /// Afterwards: it is gone, and the journal has each change with how it ended.
    fn look_back(&mut self, channel: &str) -> anyhow::Result<()> {
        let gone = self.post("GetChannel", &json!({ "arn": channel }))?;
        ensure!(gone.status == 404, "the deleted channel is still there: HTTP {}", gone.status);
        let journal = self.session.ask("/api/journal", &json!({ "arn": channel }))?;
        let rows = journal["entries"].as_array().context("the journal answered no entries")?;
        for operation in ["CreateChannel", "TagResource", "UntagResource", "UpdateChannel", "DeleteChannel"] {
            let done = rows.iter().any(|row| row["operation"] == operation && row["outcome"] == "done");
            ensure!(done, "the journal does not say that {operation} was done: {journal}");
        }
        println!("ok  the journal has every change");
        Ok(())
    }

    /// A read whose answer holds what it should.
    fn holds(&mut self, operation: &str, request: &Value, at: &str, wanted: &str) -> anyhow::Result<()> {
        let found = text(&self.ivs(operation, request)?, at)?;
        ensure!(found == wanted, "{operation}: {at} is {found}, not {wanted}");
        Ok(())
    }

    /// An operation of IVS that must succeed.
    fn ivs(&mut self, operation: &str, request: &Value) -> anyhow::Result<Value> {
        let answer = self.post(operation, request)?.ok().with_context(|| operation.to_owned())?;
        println!("ok  {operation}");
        Ok(serde_json::from_str(&answer.body)?)
    }

    fn post(&mut self, operation: &str, request: &Value) -> anyhow::Result<Answer> {
        let path = format!("/api/ivs/{ACCOUNT}/{}/{operation}", self.region);
        self.session.post(&path, &json!({ "request": request }).to_string())
    }
}

fn text(value: &Value, at: &str) -> anyhow::Result<String> {
    value.pointer(at).and_then(Value::as_str).map(str::to_owned).with_context(|| format!("no {at} in {value}"))
}
