//! Tags, one a row. Reserved keys, keys that stand twice and too many are said before anything is sent.

use crate::components::action::{Action, Look, always};
use crate::components::dom;
use crate::components::fields::group;
use crate::shared::session;
use crate::view::prelude::*;
use contract::FieldErrors;
use contract::constraint::{Check, Findings};
use contract::tag::{MOST, Tags, is_ours};
use leptos::reactive::owner::Owner;

/// A tag while it is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    id: u32,
    key: RwSignal<String>,
    value: RwSignal<String>,
}

/// The tags of a resource while they are being typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TagsTyped {
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<u32>,
    most: Signal<usize>,
    /// Who the rows belong to: they outlive the button that adds them.
    owner: StoredValue<Owner>,
}

impl TagsTyped {
    /// Begins with these. `ours`: so many of IVS's 50 are the console's own, which is not shown here.
    pub(crate) fn new(tags: &Tags, ours: Signal<usize>) -> Self {
        let most = Signal::derive(move || MOST - ours.get());
        let owner = StoredValue::new(Owner::current().unwrap_or_default().child());
        let typed = Self { rows: RwSignal::new(Vec::new()), next: StoredValue::new(0), most, owner };
        for (key, value) in tags.iter().filter(|(key, _)| !is_ours(key)) {
            typed.add(key, value);
        }
        typed
    }

    /// Of something that is to be made: one of its tags will be the console's own, where that is turned on.
    pub(crate) fn for_new() -> Self {
        Self::new(&Tags::new(), Signal::derive(|| usize::from(session::me().is_some_and(|me| me.operation_tag))))
    }

    fn add(self, key: &str, value: &str) -> u32 {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let make = || Row { id, key: RwSignal::new(key.to_owned()), value: RwSignal::new(value.to_owned()) };
        let row = self.owner.get_value().with(make);
        self.rows.update(|rows| rows.push(row));
        id
    }

    /// Gives a key this value, wherever its row stands; `None` takes it off.
    pub(crate) fn put(self, key: &str, value: Option<&str>) {
        let row = self.rows.with_untracked(|rows| rows.iter().find(|row| row.key.with_untracked(|typed| typed.trim() == key)).copied());
        match (row, value) {
            (Some(row), Some(value)) => row.value.set(value.to_owned()),
            (Some(row), None) => self.remove(row.id),
            (None, Some(value)) => drop(self.add(key, value)),
            (None, None) => {}
        }
    }

    fn remove(self, id: u32) {
        self.rows.update(|rows| rows.retain(|other| other.id != id));
    }

    fn pairs(self) -> Vec<(String, String)> {
        self.rows.with(|rows| rows.iter().map(|row| (row.key.get().trim().to_owned(), row.value.get().trim().to_owned())).collect())
    }

    /// As they would be sent. Rows that are empty are none.
    pub(crate) fn tags(self) -> Tags {
        let mut tags = Tags::new();
        // One by one: to `collect` them brings a sort into the app.
        tags.extend(self.pairs().into_iter().filter(|(key, value)| !(key.is_empty() && value.is_empty())));
        tags
    }

    /// What is wrong with them, by row: `tag[2].key`, `tag[2].value`; with all of them: `tags`.
    pub(crate) fn check(self) -> FieldErrors {
        Typed { pairs: self.pairs(), most: self.most.get() }.check().err().unwrap_or_default()
    }
}

struct Typed {
    pairs: Vec<(String, String)>,
    most: usize,
}

impl Check for Typed {
    fn look(&self, e: &mut Findings) {
        for (index, (key, value)) in self.pairs.iter().enumerate() {
            let at = format!("tag[{index}].key");
            if key.is_empty() && value.is_empty() {
                continue;
            }
            e.tag_key(&at, key);
            e.tag_value(&format!("tag[{index}].value"), value);
            if is_ours(key) {
                e.add(&at, "Keys that begin with tally: are this console's own.");
            }
            if self.pairs[..index].iter().any(|(before, _)| before == key) {
                e.add(&at, "This key stands above already. A key has one value.");
            }
        }
        let there = self.pairs.iter().filter(|(key, _)| !key.is_empty()).count();
        if there > self.most {
            e.add("tags", full(self.most, there));
        }
    }
}

fn full(most: usize, there: usize) -> String {
    let why = if most < MOST { " IVS takes 50; one is the console's own, by which it finds a channel whose answer was lost." } else { "" };
    format!("May have at most {most}; there are {there}.{why}")
}

/// The rows, and the button that adds one.
#[component]
pub(crate) fn TagEditor(
    /// The tags.
    tags: TagsTyped,
) -> View {
    let errors = Memo::new(move |_| tags.check());
    let off = Signal::derive(move || {
        let (there, most) = (tags.rows.with(Vec::len), tags.most.get());
        (there >= most).then(|| full(most, there))
    });
    let add = move |()| {
        let id = tags.add("", "");
        dom::after_paint(move || dom::focus(document().get_element_by_id(&format!("tag-key-{id}")).and_then(as_html)));
    };
    group("Tags", "tags", "To find and to bill by. Case matters.", always(), move |_| {
        view! {
            <div class="tag-rows">
                {each(move || tags.rows.get(), |row| row.id, move |row| editor_row(tags, row, errors))}
                <div>
                    <Action label="Add tag" look=Look::Quiet off=off on=add/>
                </div>
            </div>
        }
    })
}

fn as_html(element: web_sys::Element) -> Option<web_sys::HtmlElement> {
    use web_sys::wasm_bindgen::JsCast;
    element.dyn_into().ok()
}

fn editor_row(tags: TagsTyped, row: Row, errors: Memo<FieldErrors>) -> View {
    let at = move || tags.rows.with(|rows| rows.iter().position(|other| other.id == row.id));
    let error_of = move |part: &'static str| {
        Memo::new(move |_| at().and_then(|index| errors.with(|errors| errors.at(&format!("tag[{index}].{part}")).map(ToOwned::to_owned))))
    };
    let (wrong_key, wrong_value) = (error_of("key"), error_of("value"));
    let error = Memo::new(move |_| wrong_key.get().or_else(|| wrong_value.get().map(|error| format!("The value: {error}"))));
    // The focus goes on to the row that takes its place, or to the button that adds one.
    let remove = move |()| {
        let next = tags.rows.with_untracked(|rows| {
            let at = rows.iter().position(|other| other.id == row.id)?;
            rows.get(at + 1).or_else(|| at.checked_sub(1).and_then(|at| rows.get(at))).map(|next| next.id)
        });
        let group = next.is_none().then(dom::focused).flatten().and_then(|button| button.closest(".tag-rows").ok().flatten());
        tags.remove(row.id);
        dom::after_paint(move || {
            let key = next.and_then(|next| document().get_element_by_id(&format!("tag-key-{next}"))).and_then(as_html);
            dom::focus(key.or_else(|| group.and_then(|group| dom::find(&group, ".btn"))));
        });
    };
    let error_id = format!("tag-error-{}", row.id);
    let described = error_id.clone();
    let input = move |label: &'static str, id: String, value: RwSignal<String>, example: &'static str, wrong: Memo<Option<String>>| {
        view! {
            <input
                class="input"
                id=id
                aria-label=label
                placeholder=example
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                aria-describedby=described.clone()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
    };
    view! {
        <div class="row">
            {input("Key", format!("tag-key-{}", row.id), row.key, "team", wrong_key)}
            {input("Value", format!("tag-value-{}", row.id), row.value, "sports", wrong_value)}
            <Action
                label="Remove"
                name=format!("Remove tag {}", row.id + 1)
                look=Look::Quiet
                on=remove
            />
            <span id=error_id class="error" hidden=move || error.with(Option::is_none)>{error}</span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(pairs: &[(&str, &str)], most: usize) -> FieldErrors {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Typed { pairs, most }.check().err().unwrap_or_default()
    }

    #[test]
    fn empty_rows_are_no_tags_and_no_errors() {
        assert_eq!(errors(&[("", ""), ("team", "sports")], 50), FieldErrors::default());
    }

    #[test]
    fn reserved_keys_are_refused_at_their_row() {
        let errors = errors(&[("team", ""), ("aws:x", ""), ("Tally:op", "")], 50);
        assert_eq!(errors.at("tag[0]"), None);
        assert!(errors.at("tag[1].key").is_some_and(|message| message.contains("aws:")));
        assert!(errors.at("tag[2].key").is_some_and(|message| message.contains("tally:")));
    }

    #[test]
    fn a_value_that_is_too_long_is_said_of_the_value() {
        let errors = errors(&[("team", &"v".repeat(257))], 50);
        assert_eq!((errors.at("tag[0].key"), errors.at("tag[0].value").is_some(), errors.at("tags")), (None, true, None));
    }

    #[test]
    fn a_key_that_stands_twice_is_said_at_the_second() {
        let errors = errors(&[("team", "a"), ("team", "b")], 50);
        assert_eq!(errors.at("tag[0]"), None);
        assert!(errors.at("tag[1].key").is_some());
    }

    #[test]
    fn a_create_leaves_room_for_the_operation_tag_and_says_why() {
        let keys: Vec<String> = (0..50).map(|number| format!("k{number}")).collect();
        let pairs: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "v")).collect();
        assert_eq!(errors(&pairs, 50), FieldErrors::default());
        assert!(errors(&pairs, 49).at("tags").is_some_and(|message| message.contains("console's own")));
    }
}
