//! Putting the same tags on several channels.

use super::start::{commands, start};
use super::{Chosen, Several, arns, channels};
use crate::components::action::{Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::shared::tag_editor::{TagEditor, TagsTyped};
use crate::view::prelude::*;
use contract::job::Task;
use contract::tag::{MOST, TagResource, Tags};

pub(super) fn dialog(several: Several, chosen: Chosen, open: RwSignal<bool>) -> View {
    let start = start(several, open);
    let typed = TagsTyped::new(&Tags::from([(String::new(), String::new())]), Signal::stored(0));
    let tags = Memo::new(move |_| typed.tags());
    let off: Off = Signal::derive(move || {
        if !typed.check().0.is_empty() {
            return Some("Mend the tags that are marked.".to_owned());
        }
        tags.with(Tags::is_empty).then(|| "Type a tag.".to_owned())
    });
    let of = Memo::new(move |_| chosen.with(|chosen| arns(chosen)));
    let on = Callback::new(move |()| {
        start.run(Task::TagResources { arns: of.get_untracked(), tags: tags.get_untracked() });
    });
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Add tags to {}", chosen.with(|chosen| channels(chosen.len()))))
            verb="Add tags"
            look=Look::Primary
            off=off
            busy=start.busy
            on=on
        >
            <TagEditor tags=typed/>
            <ul class="facts">{consequences(chosen, tags)}</ul>
            {commands(several, of, move |resource_arn| TagResource { resource_arn, tags: tags.get() })}
            {start.failure()}
        </Confirm>
    }
}

/// Looked up in what the list shows: what is replaced, and what IVS will refuse.
fn consequences(chosen: Chosen, tags: Memo<Tags>) -> View {
    let said = Memo::new(move |_| {
        tags.with(|tags| {
            chosen.with(|chosen| {
                let other = |key: &str, value: &String| {
                    chosen.iter().filter(|channel| channel.summary.tags.get(key).is_some_and(|there| there != value)).count()
                };
                let replaced: Vec<(String, usize)> =
                    tags.iter().map(|(key, value)| (key.clone(), other(key, value))).filter(|(_, count)| *count > 0).collect();
                let after = |there: &Tags| there.len() + tags.keys().filter(|key| !there.contains_key(*key)).count();
                let full = chosen.iter().filter(|channel| after(&channel.summary.tags) > MOST).count();
                (replaced, full)
            })
        })
    });
    let show = move || {
        let (replaced, full) = said.get();
        let replaced = replaced.into_iter().map(|(key, count)| {
            let text = view! { <b>{key}</b> {format!(" has another value on {}: it is replaced.", channels(count))} };
            fact(Tone::Warn, text)
        });
        let full = (full > 0).then(|| {
            fact(
                Tone::Warn,
                format!("On {} there would be more than {MOST} tags: IVS refuses those, and takes the others.", channels(full)),
            )
        });
        view! { {replaced.collect::<View>()} {full} }
    };
    show.into_view()
}
