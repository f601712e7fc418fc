//! The tags of the channel, and changing them: what is new or different is put on, what is gone is taken off.

use super::Shown;
use crate::api::{Change, Mutation};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::tag;
use crate::components::{dom, guard::Guard, page};
use crate::shared::session;
use crate::shared::tag_editor::{TagEditor, TagsTyped};
use crate::view::prelude::*;
use contract::access::Permission;
use contract::tag::{OPERATION_TAG, TagResource, Tags, UntagResource, is_ours};

pub(super) fn card(shown: Shown) -> View {
    let tags = Memo::new(move |_| shown.channel.with(|channel| own(&channel.tags)));
    let editing = RwSignal::new(false);
    let off: Off = Signal::derive(|| session::why_not(Permission::Manage).map(ToOwned::to_owned));
    let edit = move || (!editing.get()).then(|| view! { <Action label="Edit tags" look=Look::Quiet off=off on=move |()| open(editing)/> });
    let body = move || if editing.get() { editor(shown, tags, editing) } else { tags.with(chips) };
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

fn editor(shown: Shown, tags: Memo<Tags>, editing: RwSignal<bool>) -> View {
    let before = tags.with_untracked(editable);
    let typed = TagsTyped::new(&before, Signal::stored(false));
    let now = Memo::new(move |_| typed.tags());
    let dirty = {
        let before = before.clone();
        Signal::derive(move || editing.try_get() == Some(true) && now.with(|now| *now != before))
    };
    let wrong = Signal::derive(move || (!typed.check().0.is_empty()).then(|| "Mend the tags that are marked.".to_owned()));
    let (put, take) = (Mutation::action(), Mutation::action());
    let busy = Signal::derive(move || put.busy().get() || take.busy().get());
    let save = Callback::new(move |()| {
        let (on, gone) = difference(&before, &now.get_untracked());
        let ended = move || {
            shown.query.refetch();
            close(editing);
        };
        let (scope, arn) = (shown.scope.get_untracked(), untrack(|| shown.arn()));
        let second = move || {
            if gone.is_empty() {
                return ended();
            }
            let request = UntagResource { resource_arn: arn.clone(), tag_keys: gone };
            take.run(Change::new(shown.scope.get_untracked(), request, "Tags removed"), move |_| ended());
        };
        if on.is_empty() {
            return second();
        }
        let request = TagResource { resource_arn: untrack(|| shown.arn()), tags: on };
        put.run(Change::new(scope, request, "Tags saved"), move |_| second());
    });
    view! {
        <div on:keydown=move |event| if event.key() == "Escape" && !dirty.get_untracked() { close(editing) }>
            <TagEditor tags=typed/>
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
    }
}
