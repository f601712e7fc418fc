//! Taking tags off several channels: what they have is offered, and only those are asked that have it.

use super::start::{commands, start};
use super::{Chosen, Several, channels};
use crate::components::action::{Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::view::prelude::*;
use contract::job::Task;
use contract::tag::{Tags, UntagResource, given};
use std::collections::BTreeMap;

/// Keys, each with how many of the channels have it.
type Keys = BTreeMap<String, usize>;

pub(super) fn dialog(several: Several, chosen: Chosen, open: RwSignal<bool>) -> View {
    let start = start(several, open);
    let there = Memo::new(move |_| {
        let mut keys = Keys::new();
        for key in chosen.get().iter().flat_map(|channel| given(&channel.summary.tags).into_keys()) {
            *keys.entry(key).or_default() += 1;
        }
        keys
    });
    let wanted = RwSignal::new(Vec::<String>::new());
    effect(move || {
        if open.get() {
            wanted.set(Vec::new());
        }
    });
    // Somebody else may have taken one off meanwhile.
    let keys = Memo::new(move |_| {
        let mut keys = wanted.get();
        there.with(|there| keys.retain(|key| there.contains_key(key)));
        keys
    });
    let arns = Memo::new(move |_| {
        let keys = keys.get();
        let has = |tags: &Tags| keys.iter().any(|key| tags.contains_key(key));
        chosen.with(|chosen| {
            let having = chosen.iter().filter(|channel| has(&channel.summary.tags));
            having.map(|channel| channel.arn().to_owned()).collect::<Vec<_>>()
        })
    });
    let off: Off = Signal::derive(move || keys.with(Vec::is_empty).then(|| "Choose a tag.".to_owned()));
    let on = Callback::new(move |()| {
        start.run(Task::UntagResources { arns: arns.get_untracked(), tag_keys: keys.get_untracked() });
    });
    let offer = move || {
        if there.with(Keys::is_empty) {
            return view! { <p class="soft">"None of them has a tag that can be removed."</p> };
        }
        let line = |(key, count): (String, usize)| choice(key, count, wanted);
        let lines = there.get().into_iter().map(line).collect::<View>();
        view! {
            <fieldset class="field">
                <legend>"Which tags"</legend>
                <div class="names">{lines}</div>
            </fieldset>
        }
    };
    let many = move || {
        let many = arns.with(Vec::len);
        (many > 0).then(|| {
            fact(Tone::Plain, format!("They are taken off {}. Their values can be read in the journal afterwards.", channels(many)))
        })
    };
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Remove tags from {}", chosen.with(|chosen| channels(chosen.len()))))
            verb="Remove tags"
            look=Look::Stop
            off=off
            busy=start.busy
            on=on
        >
            {offer}
            <ul class="facts">{many}</ul>
            {commands(several, arns, move |resource_arn| UntagResource { resource_arn, tag_keys: keys.get() })}
            {start.failure()}
        </Confirm>
    }
}

fn choice(key: String, count: usize, wanted: RwSignal<Vec<String>>) -> View {
    let (mine, shown) = (key.clone(), key.clone());
    let turn = move |_| {
        wanted.update(|wanted| {
            let before = wanted.len();
            wanted.retain(|other| *other != key);
            if wanted.len() == before {
                wanted.push(key.clone());
            }
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || wanted.with(|wanted| wanted.contains(&mine)) on:change=turn/>
            <b>{shown}</b>
            <span class="soft">{format!("on {}", channels(count))}</span>
        </label>
    }
}
