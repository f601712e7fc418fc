//! Around the rows of the editor: what somebody else has changed meanwhile, what is taken off, and what would be sent.

use super::Edit;
use crate::components::action::{Action, Look};
use crate::components::badge::tag;
use crate::components::copy::CodeBox;
use crate::shared::as_code;
use crate::view::prelude::*;
use contract::tag::{TagResource, Tags, UntagResource};

/// The tags that the person changes and somebody else has changed since they began, to something else: with theirs, or `None`
/// where they took it off.
fn conflicts(before: &Tags, theirs: &Tags, now: &Tags) -> Vec<(String, Option<String>)> {
    let (on, gone) = super::difference(before, now);
    let other = |key: &&String| theirs.get(*key) != before.get(*key) && theirs.get(*key) != now.get(*key);
    on.keys().chain(&gone).filter(other).map(|key| (key.clone(), theirs.get(key).cloned())).collect()
}

/// The same of what is being edited.
pub(super) type Found = Memo<Vec<(String, Option<String>)>>;

/// See [`conflicts`].
pub(super) fn found(edit: Edit) -> Found {
    Memo::new(move |_| edit.before.with_value(|before| edit.tagged.tags.with(|theirs| edit.now.with(|now| conflicts(before, theirs, now)))))
}

/// What to know before saving.
pub(super) fn notes(edit: Edit, found: Found) -> View {
    let note = move |(key, theirs): (String, Option<String>)| {
        let (taken, name) = (theirs.clone(), format!("Take theirs: {key}"));
        let of = key.clone();
        let take = move |()| edit.typed.put(&of, taken.as_deref());
        let what = match theirs {
            Some(value) => view! { "Somebody else gave " <b>{key}</b> " the value " <b>{value}</b> " meanwhile." },
            None => view! { "Somebody else took " <b>{key}</b> " off meanwhile." },
        };
        view! {
            <div class="note warn">
                <p>{what} " Saving puts yours in its place."</p>
                <Action label="Take theirs" name=name look=Look::Quiet on=take/>
            </div>
        }
    };
    view! { <div role="status">{each(move || found.get(), |(key, theirs)| format!("{key}={}", theirs.as_deref().unwrap_or_default()), note)}</div> }
}

/// What is taken off, to be put back.
pub(super) fn gone(edit: Edit) -> View {
    let gone = Memo::new(move |_| edit.difference().1);
    let row = move |key: String| {
        let value = edit.before.with_value(|before| before.get(&key).cloned().unwrap_or_default());
        let (of, back, name) = (key.clone(), value.clone(), format!("Put back {key}"));
        view! { <li class="row"><s>{tag(&key, &value)}</s> <Action label="Put back" name=name look=Look::Quiet on=move |()| edit.typed.put(&of, Some(&back))/></li> }
    };
    let list = move || view! { <p class="soft small">"Removed on saving:"</p><ul class="gone" aria-label="Removed on saving">{each(move || gone.get(), Clone::clone, row)}</ul> };
    let any = Memo::new(move |_| gone.with(|gone| !gone.is_empty()));
    (move || any.get().then(list)).into_view()
}

/// The same thing as code, once something is changed.
pub(super) fn commands(edit: Edit) -> View {
    let lines = Signal::derive(move || {
        let (on, gone) = edit.difference();
        let (mut lines, arn) = (Vec::new(), edit.tagged.arn.get());
        edit.tagged.scope.with(|scope| {
            if !on.is_empty() {
                lines.push(as_code::command(scope, &TagResource { resource_arn: arn.clone(), tags: on }));
            }
            if !gone.is_empty() {
                lines.push(as_code::command(scope, &UntagResource { resource_arn: arn, tag_keys: gone }));
            }
        });
        lines.join("\n")
    });
    let any = Memo::new(move |_| edit.dirty());
    let shown =
        move || view! { <details class="as-code"><summary>"as aws ivs"</summary><CodeBox name="Copy commands" text=lines/></details> };
    (move || any.get().then(shown)).into_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_what_both_changed_is_a_conflict() {
        let before = tags(&[("env", "a"), ("team", "x"), ("old", "1"), ("gone", "1")]);
        let now = tags(&[("env", "mine"), ("team", "x"), ("gone", "1"), ("new", "mine")]);
        let theirs = tags(&[("env", "theirs"), ("team", "y"), ("old", "2"), ("new", "theirs")]);
        let theirs_of = |value: &str| Some(value.to_owned());
        assert_eq!(
            conflicts(&before, &theirs, &now),
            [("env".to_owned(), theirs_of("theirs")), ("new".to_owned(), theirs_of("theirs")), ("old".to_owned(), theirs_of("2"))]
        );
        assert_eq!(conflicts(&before, &before, &now), []);
        assert_eq!(conflicts(&before, &now, &now), [], "both want the same");
        assert_eq!(conflicts(&tags(&[("a", "1")]), &tags(&[]), &tags(&[("a", "2")])), [("a".to_owned(), None)]);
    }
}
