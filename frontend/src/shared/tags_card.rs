//! The tags of a resource, and changing them: what is new or different is put on, what is gone is taken off.

use super::session;
use super::tag_editor::{TagEditor, TagsTyped};
use crate::api::{Change, Mutation, Scope};
use crate::components::action::{Action, Look};
use crate::components::badge::tag;
use crate::components::load::problem;
use crate::components::{dom, guard::Guard, page};
use crate::view::prelude::*;
use contract::tag::{MOST, OPERATION_TAG, TagResource, Tags, UntagResource, is_ours};

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
    let now = Memo::new(move |_| typed.tags());
    let dirty = {
        let before = before.clone();
        Signal::derive(move || editing.try_get() == Some(true) && now.with(|now| *now != before))
    };
    let wrong = Signal::derive(move || (!typed.check().0.is_empty()).then(|| "Mend the tags that are marked.".to_owned()));
    // What fails is said where it was typed.
    let (put, take) = (Mutation::in_form(), Mutation::in_form());
    let busy = Signal::derive(move || put.busy().get() || take.busy().get());
    let failed = Memo::new(move |_| put.problem().get().or_else(|| take.problem().get()));
    let save = Callback::new(move |()| {
        let (on, gone) = difference(&before, &now.get_untracked());
        let (scope, arn) = (tagged.scope.get_untracked(), tagged.arn.get_untracked());
        let untag = Change::new(scope.clone(), UntagResource { resource_arn: arn.clone(), tag_keys: gone.clone() }, "Tags removed");
        let tag = Change::new(scope, TagResource { resource_arn: arn, tags: on.clone() }, "Tags saved");
        let ended = move || {
            tagged.again.run(());
            close(editing);
        };
        // Putting on first: where the second call fails, nothing is gone. IVS counts what is there between the two, so where
        // both together are too many, taking off comes first.
        match (on.is_empty(), gone.is_empty()) {
            (true, true) => close(editing),
            (false, true) => put.run(tag, move |_| ended()),
            (true, false) => take.run(untag, move |_| ended()),
            (false, false) if ours + before.len() + added(&before, &on) > MOST => {
                take.run(untag, move |_| put.run(tag, move |_| ended()));
            }
            (false, false) => put.run(tag, move |_| take.run(untag, move |_| ended())),
        }
    });
    view! {
        <div on:keydown=move |event| if event.key() == "Escape" && !dirty.get_untracked() { close(editing) }>
            <TagEditor tags=typed/>
            {move || failed.get().map(problem)}
            <div class="row end">
                <Action label="Cancel" on=move |()| close(editing)/>
                <Action label="Save tags" look=Look::Primary off=wrong busy=busy on=save/>
            </div>
        </div>
        <Guard dirty=dirty/>
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
