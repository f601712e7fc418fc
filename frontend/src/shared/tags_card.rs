//! The tags of a resource, and changing them: what is new or different is put on, what is gone is taken off.

mod meanwhile;

use super::session;
use super::tag_editor::{TagEditor, TagsTyped};
use crate::api::{Change, Mutation, Scope};
use crate::components::action::{Action, Look};
use crate::components::badge::tag;
use crate::components::load::problem;
use crate::components::{dom, guard::Guard, page};
use crate::view::prelude::*;
use contract::Code;
use contract::call::Expect;
use contract::tag::{MOST, OPERATION_TAG, TagResource, Tags, UntagResource, is_ours};
use std::collections::BTreeMap;

/// A resource and its tags. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Tagged {
    /// Where it is.
    pub(crate) scope: Memo<Scope>,
    /// Its ARN.
    pub(crate) arn: Memo<String>,
    /// All of its tags, the console's own too.
    pub(crate) tags: Memo<Tags>,
    /// Looks again: they were changed.
    pub(crate) again: Callback<()>,
}

/// The card.
pub(crate) fn card(tagged: Tagged) -> View {
    let tags = Memo::new(move |_| tagged.tags.with(own));
    let editing = RwSignal::new(false);
    let off = session::off::<TagResource>();
    let edit = move || (!editing.get()).then(|| view! { <Action label="Edit tags" look=Look::Quiet off=off on=move |()| open(editing)/> });
    let body = move || if editing.get() { editor(tagged, tags, editing) } else { tags.with(chips) };
    page::card("Tags", edit.into_view(), body.into_view())
}

/// The focus goes along, into the first field or to the button that adds one.
fn open(editing: RwSignal<bool>) {
    editing.set(true);
    focus("input, .tag-rows .btn");
}

/// And back to the button that opened it.
fn close(editing: RwSignal<bool>) {
    if editing.try_set(false) {
        focus("header .btn");
    }
}

fn focus(what: &'static str) {
    dom::after_paint(move || {
        let card = document().query_selector(".card[aria-label=Tags]").ok().flatten();
        dom::focus(card.and_then(|card| dom::find(&card, what)));
    });
}

/// All but what the console finds a lost create by.
fn own(tags: &Tags) -> Tags {
    without(tags, |key, _| key == OPERATION_TAG)
}

/// Those with the console's beginning, whoever put them there, stay as they are: the server changes none of them.
fn editable(tags: &Tags) -> Tags {
    without(tags, |key, _| is_ours(key))
}

/// One by one: to `collect` tags brings a sort into the app.
fn without(tags: &Tags, gone: impl Fn(&str, &String) -> bool) -> Tags {
    let mut left = Tags::new();
    left.extend(tags.iter().filter(|(key, value)| !gone(key, value)).map(|(key, value)| (key.clone(), value.clone())));
    left
}

fn chips(tags: &Tags) -> View {
    if tags.is_empty() {
        return view! { <p class="soft">"No tags."</p> };
    }
    view! { <div class="tags">{tags.iter().map(|(key, value)| tag(key, value)).collect::<View>()}</div> }
}

fn editor(tagged: Tagged, tags: Memo<Tags>, editing: RwSignal<bool>) -> View {
    let before = tags.with_untracked(editable);
    let ours = tagged.tags.with_untracked(Tags::len) - before.len();
    let typed = TagsTyped::new(&before, Signal::stored(ours));
    let edit = Edit { tagged, before: StoredValue::new(before.clone()), typed, now: Memo::new(move |_| typed.tags()) };
    let dirty = Signal::derive(move || editing.try_get() == Some(true) && edit.dirty());
    let wrong = Signal::derive(move || (!typed.check().0.is_empty()).then(|| "Mend the tags that are marked.".to_owned()));
    // What fails is said where it was typed.
    let (put, take) = (Mutation::in_form(), Mutation::in_form());
    let busy = Signal::derive(move || put.busy().get() || take.busy().get());
    let failed = Memo::new(move |_| put.problem().get().or_else(|| take.problem().get()));
    effect(move || {
        // What refused it is to be seen before it is overwritten.
        if failed.with(|failed| failed.as_ref().is_some_and(|failed| failed.code == Some(Code::StateChanged))) {
            tagged.again.run(());
        }
    });
    // What others changed is said of each tag, with what to do about it: as soon as it is, not a second time.
    let (found, told) = (meanwhile::found(edit), RwSignal::new(false));
    effect(move || {
        if !busy.get() && found.with(|found| !found.is_empty()) {
            told.set(true);
        }
    });
    let shown = move || failed.get().filter(|failed| failed.code != Some(Code::StateChanged) || !told.get());
    // Was one half of it done, and the other not?
    let half = RwSignal::new(None::<&'static str>);
    let save = Callback::new(move |()| {
        half.set(None);
        told.set(false);
        let (on, gone) = edit.difference();
        let (scope, arn) = (tagged.scope.get_untracked(), tagged.arn.get_untracked());
        let both = !on.is_empty() && !gone.is_empty();
        let said = |alone, of_both| if both { of_both } else { alone };
        let change = Change::new(
            scope.clone(),
            UntagResource { resource_arn: arn.clone(), tag_keys: gone.clone() },
            said("Tags removed", "Tags to be removed are removed"),
        );
        let untag = Change { expect: Some(edit.shown(gone.iter())), ..change };
        let change =
            Change::new(scope, TagResource { resource_arn: arn, tags: on.clone() }, said("Tags saved", "New and changed tags are saved"));
        let tag = Change { expect: Some(edit.shown(on.keys())), ..change };
        let ended = move || {
            tagged.again.run(());
            close(editing);
        };
        let first = move |done: &'static str| {
            tagged.again.run(());
            half.try_set(Some(done));
        };
        let put_first = "The new and changed tags are saved. The others are not removed yet: save again.";
        let took_first = "The removed tags are gone. The new and changed ones are not saved yet: save again.";
        // Putting on first: where the second call fails, nothing is gone. IVS counts what is there between the two, so where
        // both together are too many, taking off comes first.
        match (on.is_empty(), gone.is_empty()) {
            (true, true) => close(editing),
            (false, true) => put.run(tag, move |_| ended()),
            (true, false) => take.run(untag, move |_| ended()),
            (false, false) if edit.too_many(ours, &on) => take.run(untag, move |_| {
                first(took_first);
                put.run(tag, move |_| ended());
            }),
            (false, false) => put.run(tag, move |_| {
                first(put_first);
                take.run(untag, move |_| ended());
            }),
        }
    });
    view! {
        <div on:keydown=move |event| if event.key() == "Escape" && !dirty.get_untracked() { close(editing) }>
            {meanwhile::notes(edit, found)}
            <TagEditor tags=typed/>
            {meanwhile::gone(edit)}
            {meanwhile::commands(edit)}
            {move || shown().map(|failed| view! { {half.get().map(|half| view! { <p class="note warn" role="status">{half}</p> })} {problem(failed)} })}
            <div class="row end">
                <Action label="Cancel" on=move |()| close(editing)/>
                <Action label="Save tags" look=Look::Primary off=wrong busy=busy on=save/>
            </div>
        </div>
        <Guard dirty=dirty/>
    }
}

/// Tags while they are changed. A copy is the same.
#[derive(Clone, Copy)]
struct Edit {
    tagged: Tagged,
    /// As they were when the person began.
    before: StoredValue<Tags>,
    typed: TagsTyped,
    /// As they are typed.
    now: Memo<Tags>,
}

impl Edit {
    fn dirty(self) -> bool {
        self.now.with(|now| self.before.with_value(|before| now != before))
    }

    fn difference(self) -> (Tags, Vec<String>) {
        self.before.with_value(|before| self.now.with(|now| difference(before, now)))
    }

    /// The keys that would be changed, with what the page says of each now: where it is another, somebody else was quicker.
    fn shown<'a>(self, keys: impl Iterator<Item = &'a String>) -> Expect {
        let mut tags = BTreeMap::new();
        self.tagged.tags.with_untracked(|there| tags.extend(keys.map(|key| (key.clone(), there.get(key).cloned()))));
        Expect { stream_id: None, tags: Some(tags) }
    }

    /// IVS counts what is there between the two calls.
    fn too_many(self, ours: usize, on: &Tags) -> bool {
        self.before.with_value(|before| ours + before.len() + added(before, on) > MOST)
    }
}

/// What is new or different, and the keys that are gone.
fn difference(before: &Tags, now: &Tags) -> (Tags, Vec<String>) {
    let on = without(now, |key, value| before.get(key) == Some(value));
    let gone = before.keys().filter(|key| !now.contains_key(*key)).cloned().collect();
    (on, gone)
}

/// How many keys are new.
fn added(before: &Tags, on: &Tags) -> usize {
    on.keys().filter(|key| !before.contains_key(*key)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_others_named_like_ours_is_shown_and_not_edited() {
        let all = tags(&[(OPERATION_TAG, "1"), ("tally:owner", "them"), ("team", "sports")]);
        assert_eq!(own(&all), tags(&[("tally:owner", "them"), ("team", "sports")]));
        assert_eq!(editable(&own(&all)), tags(&[("team", "sports")]));
    }

    #[test]
    fn only_what_changed_is_sent() {
        let before = tags(&[("team", "sports"), ("cost", "1"), ("old", "")]);
        let now = tags(&[("team", "sports"), ("cost", "2"), ("new", "")]);
        assert_eq!(difference(&before, &now), (tags(&[("cost", "2"), ("new", "")]), vec!["old".to_owned()]));
        assert_eq!(difference(&before, &before), (Tags::new(), Vec::new()));
        assert_eq!(added(&before, &now), 1);
    }
}
