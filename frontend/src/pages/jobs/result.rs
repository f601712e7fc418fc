//! The result file of a job that made stream keys: what was made, where to send to, and for those who may read secrets the keys, which
//! are revealed for it once and kept by nobody.

use crate::api::{Problem, Scope, client, tree, write};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::locale::counted;
use crate::components::page;
use crate::shared::as_code::pretty;
use crate::shared::export::{Format, save_as};
use crate::shared::{csv, endpoints, jobs, session, toasts};
use crate::view::prelude::*;
use contract::arn::{Arn, Resource};
use contract::call::Outcome;
use contract::channel::{BatchGetChannel, Channel};
use contract::job::{Job, JobItem, Task};
use contract::own::{MOST_REVEALED, RevealStreamKeys};
use serde::Serialize;
use std::collections::BTreeMap;

/// A line of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    name: String,
    outcome: String,
    channel_arn: String,
    server: String,
    playback_url: String,
    stream_key_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_key: Option<String>,
    error: String,
}

const HEAD: [&str; 8] = ["name", "outcome", "channelArn", "server", "playbackUrl", "streamKeyArn", "streamKey", "error"];

/// Does a job of this kind make stream keys?
pub(super) fn makes_keys(task: &Task) -> bool {
    match task {
        Task::ResetStreamKeys { .. } | Task::CreateChannels { .. } | Task::ResetStreamKey { .. } => true,
        Task::TakeOffAir { new_key, .. } => *new_key,
        Task::RevokeViewers { .. }
        | Task::DeleteChannels { .. }
        | Task::TagResources { .. }
        | Task::UntagResources { .. }
        | Task::DetachChannels { .. } => false,
    }
}

fn made(item: &JobItem, kind: Resource) -> Option<&String> {
    item.made.iter().find(|arn| Arn::parse(arn).is_some_and(|arn| arn.resource == kind))
}

/// A line for each channel that the job is about, in its order.
fn lines(job: &Job) -> Vec<Line> {
    let makes =
        |item: &&JobItem| item.operation == contract::Operation::CreateChannel || item.operation == contract::Operation::CreateStreamKey;
    let line = |item: &JobItem| {
        let channel = made(item, Resource::Channel).unwrap_or(&item.target);
        let outcome = match item.outcome {
            Some(Outcome::Done) => "done",
            Some(Outcome::Refused) => "refused",
            Some(Outcome::Unknown) => "unknown",
            None => "not begun",
        };
        Line {
            name: item.name.clone().unwrap_or_else(|| jobs::called(channel)),
            outcome: outcome.to_owned(),
            channel_arn: channel.clone(),
            stream_key_arn: made(item, Resource::StreamKey).cloned().unwrap_or_default(),
            error: item.error.as_ref().map(|error| format!("{}: {}", error.code, error.message)).unwrap_or_default(),
            ..Line::default()
        }
    };
    job.items.iter().filter(makes).map(line).collect()
}

/// Where to send to and where to watch, fifty channels at a time.
async fn addresses(scope: &Scope, lines: &mut [Line]) -> Result<(), Problem> {
    let arns: Vec<String> = lines.iter().filter(|line| !line.stream_key_arn.is_empty()).map(|line| line.channel_arn.clone()).collect();
    let mut known = BTreeMap::<String, Channel>::new();
    for arns in arns.chunks(BatchGetChannel::MOST) {
        let reply = client::read(scope, &BatchGetChannel { arns: arns.to_vec() }).await?;
        known.extend(reply.channels.into_iter().filter_map(|channel| Some((channel.arn.clone()?, channel))));
    }
    for line in lines {
        if let Some(channel) = known.get(&line.channel_arn) {
            if let Some(name) = channel.name.clone().filter(|name| !name.is_empty()) {
                line.name = name;
            }
            line.server = endpoints::server(channel);
            line.playback_url = channel.playback_url.clone().unwrap_or_default();
        }
    }
    Ok(())
}

/// The values, by one reveal that names each.
async fn values(scope: Scope, lines: &mut [Line]) -> Result<(), Problem> {
    let arns = lines.iter().map(|line| line.stream_key_arn.clone()).filter(|arn| !arn.is_empty()).collect();
    let ask = RevealStreamKeys { account: scope.account, region: scope.region, arns, reason: Some("The result file of a job.".to_owned()) };
    let revealed = client::own(&ask).await?;
    let mut known: BTreeMap<String, String> = revealed.keys.into_iter().map(|key| (key.arn, key.value.expose().to_owned())).collect();
    for line in lines {
        line.stream_key = Some(known.remove(&line.stream_key_arn).unwrap_or_default());
        if line.stream_key.as_ref().is_some_and(String::is_empty) && !line.stream_key_arn.is_empty() {
            "IVS did not answer for this stream key: it may have been deleted since.".clone_into(&mut line.error);
        }
    }
    Ok(())
}

fn text(lines: &[Line], format: Format) -> String {
    if format == Format::Json {
        return pretty(&tree(&write(lines))) + "\n";
    }
    let keys = lines.iter().any(|line| line.stream_key.is_some());
    let cell = |line: &Line, head: &str| match head {
        "name" => line.name.clone(),
        "outcome" => line.outcome.clone(),
        "channelArn" => line.channel_arn.clone(),
        "server" => line.server.clone(),
        "playbackUrl" => line.playback_url.clone(),
        "streamKeyArn" => line.stream_key_arn.clone(),
        "streamKey" => line.stream_key.clone().unwrap_or_default(),
        _ => line.error.clone(),
    };
    let heads: Vec<&str> = HEAD.into_iter().filter(|head| keys || *head != "streamKey").collect();
    let rows = lines.iter().map(|line| csv::line(&heads.iter().map(|head| cell(line, head)).collect::<Vec<_>>())).collect::<String>();
    format!("{}\r\n{rows}", heads.join(","))
}

/// What to do with what was made. A copy is the same.
#[derive(Clone, Copy)]
struct Saving {
    job: Signal<Job>,
    busy: RwSignal<bool>,
    format: RwSignal<Format>,
}

impl Saving {
    fn save(self, with_keys: bool) {
        let (job, format) = (self.job.get_untracked(), self.format.get_untracked());
        self.busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let scope = Scope { account: job.account.clone(), region: job.region.clone() };
            let mut lines = lines(&job);
            let mut made = addresses(&scope, &mut lines).await;
            if made.is_ok() && with_keys {
                made = values(scope, &mut lines).await;
            }
            match made {
                Err(problem) => drop(toasts::failed(problem, None, String::new())),
                // Whoever passes it on sees by its name what it is.
                Ok(()) => {
                    let keys = if with_keys { "-with-stream-keys" } else { "" };
                    save_as(&format!("job-{}{keys}.{}", job.id, format.ending()), &text(&lines, format));
                }
            }
            self.busy.try_set(false);
        });
    }
}

/// The card.
pub(super) fn card(job: Signal<Job>) -> View {
    let saving = Saving { job, busy: RwSignal::new(false), format: RwSignal::new(Format::Csv) };
    let Saving { busy, format, .. } = saving;
    let keys = Memo::new(move |_| job.with(|job| lines(job).iter().filter(|line| !line.stream_key_arn.is_empty()).count()));
    let sure = RwSignal::new(false);
    let role = session::off_route::<RevealStreamKeys>();
    let off: Off = Signal::derive(move || {
        let too_many = (keys.get() > MOST_REVEALED).then(|| format!("At most {MOST_REVEALED} stream keys are revealed at once."));
        role.get().or(too_many)
    });
    let choice = move |of: Format| {
        view! { <button type="button" aria-pressed=move || (format.get() == of).to_string() on:click=move |_| format.set(of)>{of.label()}</button> }
    };
    let on = Callback::new(move |()| {
        sure.set(false);
        saving.save(true);
    });
    let body = view! {
        <p class="soft">"A line for each channel: how it ended, where to send to, where to watch. With the stream keys it is what encoders need."</p>
        <div class="row">
            <div class="segmented" role="group" aria-label="Format">{choice(Format::Csv)} {choice(Format::Json)}</div>
            <Action label="Save" name="Save the result file" busy=busy on=move |()| saving.save(false)/>
            <Action label="Save with stream keys…" off=off busy=busy on=move |()| sure.set(true)/>
        </div>
        <Confirm
            open=sure
            title=TextProp::from(move || format!("Reveal {}?", counted(keys.get(), "stream key", "stream keys")))
            verb="Reveal and save"
            look=Look::Primary
            on=on
        >
            <ul class="facts">
                {fact(Tone::Warn, "The file lies where your browser saves it, readable for whoever gets it: whoever has a stream key can send.")}
                {fact(Tone::Plain, "One entry of the journal says that you have seen them, with the name of each. The console keeps no copy.")}
                {fact(Tone::Plain, "It can be asked for once a minute.")}
            </ul>
        </Confirm>
    };
    let any = Memo::new(move |_| keys.get() > 0);
    view! { <div hidden=move || !any.get()>{page::card("Result file", View::Nothing, body.into_view())}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(key: Option<&str>) -> Line {
        Line { name: "=cmd".to_owned(), outcome: "done".to_owned(), stream_key: key.map(str::to_owned), ..Line::default() }
    }

    #[test]
    fn the_column_of_the_keys_is_there_only_with_them() {
        assert_eq!(
            text(&[line(None)], Format::Csv),
            "name,outcome,channelArn,server,playbackUrl,streamKeyArn,error\r\n\"'=cmd\",\"done\",\"\",\"\",\"\",\"\",\"\"\r\n"
        );
        assert!(text(&[line(Some("sk_x"))], Format::Csv).contains(",\"\",\"sk_x\",\"\"\r\n"));
    }
}
