//! What is done with several channels at once: the bar below the list, and its questions. Each begins a job, whose page
//! says what became of each channel.

mod delete;
mod export;
mod reset;
mod start;
mod tag;
mod untag;

use super::Several;
use super::rows::{Channel, Source};
use crate::components::action::{Action, Look, Off};
use crate::components::dom;
use crate::components::locale::count;
use crate::shared::export::{Format, panel};
use crate::shared::session;
use crate::view::prelude::*;
use contract::channel::DeleteChannel;
use contract::job;
use contract::stream_key::DeleteStreamKey;
use contract::tag::{TagResource, UntagResource};
use std::sync::Arc;

/// The channels that are chosen and there, in the order of IVS.
type Chosen = Memo<Vec<Arc<Channel>>>;

/// The channels that a question is about, and which question it is, counted from the first.
type Asked = (u32, Vec<Arc<Channel>>);

/// The bar.
#[component]
pub(crate) fn Bulk() -> View {
    let several = expect_context::<Several>();
    let chosen = chosen(several);
    let clear = move || several.selection.chosen.update(|chosen| chosen.clear());
    // In another account or region there are others, and what is deleted is not chosen any more.
    let source = several.source;
    let begun = source.scope.get_untracked();
    effect(move || {
        // Not before all are there: one that is on a page still to come is chosen as before.
        let none = chosen.with(Vec::is_empty) && source.complete.get();
        if none || source.scope.with(|scope| *scope != begun) {
            clear();
        }
    });
    let [tags, untags, resets, deletes] = [(); 4].map(|()| RwSignal::new(false));
    // What is asked about stays the same while it is asked, whatever the list brings meanwhile.
    let asked = RwSignal::new((0_u32, Vec::new()));
    let ask = move |open: RwSignal<bool>| {
        asked.update(|(number, channels)| {
            *number += 1;
            *channels = chosen.get_untracked();
        });
        open.set(true);
    };
    let about: Chosen = Memo::new(move |_| asked.with(|(_, channels)| channels.clone()));
    let (may_tag, may_untag, may_reset, may_delete) = (
        off(chosen, session::off::<TagResource>()),
        off(chosen, session::off::<UntagResource>()),
        off(chosen, session::off::<DeleteStreamKey>()),
        off(chosen, session::off::<DeleteChannel>()),
    );
    let close = move |()| {
        clear();
        // The bar goes: the focus is at what chooses.
        dom::focus(document().body().and_then(|body| dom::find(&body, ".table thead input")));
    };
    view! {
        <section class="card bulk" aria-label="Selection">
            <p><b>{move || format!("{} selected", count(chosen.with(Vec::len)))}</b> <span class="soft">{facts(several, chosen)}</span></p>
            <div class="actions">
                <Action label="Add tags…" off=may_tag on=move |()| ask(tags)/>
                <Action label="Remove tags…" off=may_untag on=move |()| ask(untags)/>
                <Action label="Export CSV" on=move |()| export::export(source).save(&places(several), Format::Csv)/>
                <Action label="Export JSON" on=move |()| export::export(source).save(&places(several), Format::Json)/>
                <Action label="Reset stream keys…" look=Look::Danger off=may_reset on=move |()| ask(resets)/>
                <Action label="Delete…" look=Look::Danger off=may_delete on=move |()| ask(deletes)/>
                <Action label="Clear" name="Clear the selection" look=Look::Quiet on=close/>
            </div>
        </section>
        {tag::dialog(several, about, tags)}
        {untag::dialog(several, about, untags)}
        {reset::dialog(several, asked, resets)}
        {delete::dialog(several, asked, deletes)}
    }
}

fn chosen(several: Several) -> Chosen {
    Memo::new(move |_| {
        several.selection.chosen.with(|chosen| {
            several.source.channels.with(|channels| channels.iter().filter(|channel| chosen.contains_key(channel.arn())).cloned().collect())
        })
    })
}

/// Because of the person's role, or because they are too many.
fn off(chosen: Chosen, role: Off) -> Off {
    Signal::derive(move || {
        role.get().or_else(|| {
            let most = count(job::MOST);
            (chosen.with(Vec::len) > job::MOST)
                .then(|| format!("One job takes at most {most} channels. Filter the list, and select fewer."))
        })
    })
}

/// What to know of them: live, or not among the rows that show.
fn facts(several: Several, chosen: Chosen) -> Memo<String> {
    Memo::new(move |_| {
        let mut facts = String::new();
        let live = several
            .source
            .streams
            .with(|streams| chosen.with(|chosen| chosen.iter().filter(|channel| streams.contains_key(channel.arn())).count()));
        if live > 0 {
            facts.push_str(&format!(" · {} live", count(live)));
        }
        let shown = shown(several.source).into_iter();
        let shown = several.selection.chosen.with(|chosen| shown.filter(|channel| chosen.contains_key(channel.arn())).count());
        let hidden = chosen.with(Vec::len).saturating_sub(shown);
        if hidden > 0 {
            facts.push_str(&format!(" · {} not shown by the filter", count(hidden)));
        }
        facts
    })
}

/// The channels that the filter shows, in the order of the list.
fn shown(source: Source) -> Vec<Arc<Channel>> {
    let Some(shown) = source.table.shown.get() else { return Vec::new() };
    source.channels.with(|channels| shown.with(|shown| shown.iter().filter_map(|index| channels.get(*index).cloned()).collect()))
}

/// The places in the list of those that are chosen.
fn places(several: Several) -> Vec<usize> {
    several.selection.chosen.with_untracked(|chosen| {
        let channels = several.source.channels.get_untracked();
        channels.iter().enumerate().filter(|(_, channel)| chosen.contains_key(channel.arn())).map(|(index, _)| index).collect()
    })
}

/// Saves all that show as a file, selected or not.
#[component]
pub(crate) fn ExportShown() -> View {
    panel(export::export(expect_context::<Several>().source))
}

fn arns(chosen: &[Arc<Channel>]) -> Vec<String> {
    chosen.iter().map(|channel| channel.arn().to_owned()).collect()
}

/// As `1 channel`, `48 channels`: as it is typed, too.
fn channels(number_of: usize) -> String {
    format!("{number_of} channel{}", if number_of == 1 { "" } else { "s" })
}

/// So many names can be read.
const READ: usize = 100;

/// Their names, as many as can be read, and how many more there are.
fn names(chosen: &[Arc<Channel>]) -> View {
    let line = |channel: &Arc<Channel>| view! { <li>{channel.called()}</li> };
    let more = chosen.len().saturating_sub(READ);
    view! {
        <ul class="names" tabindex="0" aria-label="Channels">
            {chosen.iter().take(READ).map(line).collect::<View>()}
            {(more > 0).then(|| view! { <li class="soft">{format!("and {} more", count(more))}</li> })}
        </ul>
    }
}
