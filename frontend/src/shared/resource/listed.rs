//! A resource as a list shows it, whichever kind it is of.

use super::used_by::Users;
use crate::api::{Bare, Paged, Pages, Query, Scope};
use crate::components::badge::{Tone, badge, none, tag};
use crate::components::locale::lower;
use crate::components::table::{Cells, Compare, Matches, Rows, WHOLE};
use crate::routes::{At, Noun, Page};
use crate::shared::export::Row;
use crate::shared::{arn, export};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::tag::Tags;
use serde::Serialize;
use std::cmp::Ordering;
use std::sync::Arc;

/// What stands in a column of the kind's own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fact {
    /// A text.
    Text(String),
    /// A text of a machine: a bucket, a fingerprint.
    Code(String),
    /// Several texts, and what none of them means: the first ones are shown, all are searched for.
    Many(Vec<String>, &'static str),
    /// A state.
    Badge(Tone, String),
    /// A number, with its unit.
    Number(i64, &'static str),
}

impl Fact {
    fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Badge(_, text) => text.clone(),
            Self::Many(texts, none) => some(texts, none),
            Self::Number(number, unit) => format!("{number}{unit}"),
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a, _), Self::Number(b, _)) => a.cmp(b),
            _ => self.text().cmp(&other.text()),
        }
    }

    fn show(self) -> View {
        match self {
            Self::Text(text) if text.is_empty() => none(),
            Self::Text(text) => text.into_view(),
            Self::Code(text) => view! { <code>{text}</code> },
            Self::Badge(tone, text) => badge(tone, text),
            Self::Many(..) | Self::Number(..) => self.text().into_view(),
        }
    }
}

/// Some by name, the others counted.
fn some(all: &[String], none: &str) -> String {
    match all {
        [] => none.to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one}, {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} +{}", rest.len()),
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Listed {
    pub(crate) arn: String,
    pub(crate) name: String,
    pub(crate) tags: Tags,
    /// What stands in the columns of the kind's own, by the id of the column.
    pub(crate) facts: Vec<(&'static str, Fact)>,
}

impl Listed {
    /// Its name; where it has none, its id.
    pub(crate) fn called(&self) -> &str {
        arn::called(Some(&self.name), &self.arn)
    }

    fn fact(&self, column: &str) -> Option<&Fact> {
        self.facts.iter().find(|(id, _)| *id == column).map(|(_, fact)| fact)
    }

    /// All that can be searched for, each on a line of its own, in lower case.
    fn words(&self) -> String {
        let mut words = format!("name:{}\n{}\n", self.called(), self.arn);
        for (column, fact) in &self.facts {
            let one = [fact.text()];
            let texts = if let Fact::Many(texts, _) = fact { texts.as_slice() } else { &one };
            texts.iter().for_each(|text| words.push_str(&format!("{column}:{text}\n")));
        }
        for (key, value) in contract::tag::given(&self.tags) {
            words.push_str(&format!("tag:{key}={value}\n"));
        }
        lower(&words)
    }
}

/// The list of a kind, without its type.
pub(crate) struct Found {
    /// What was asked for.
    pub(super) query: Bare,
    pub(super) rows: Memo<Arc<Vec<Listed>>>,
    /// Are those all, or are more coming?
    pub(super) complete: Memo<bool>,
    /// The member of IVS's reply that holds them, and each as it was there.
    pub(super) member: &'static str,
    pub(super) row: Row,
}

/// Of a kind's own list.
pub(crate) fn listed<R: Paged>(query: Query<Pages<R::Item>>, row: fn(&R::Item) -> Listed) -> Found
where
    R::Item: Serialize,
{
    let rows = Memo::new(move |_| {
        query.with(|state| Arc::new(state.value().map(|pages| pages.items.iter().map(row).collect::<Vec<_>>()).unwrap_or_default()))
    });
    let complete = Memo::new(move |_| query.with(|state| state.value().is_some_and(|pages| pages.complete)));
    Found { query: query.bare(), rows, complete, member: R::ITEMS, row: export::row(query) }
}

/// Does a word of the filter name a field that every kind has, or one of its own?
pub(crate) fn names(word: &str, own: &[&str]) -> bool {
    ["name:", "tag:"].iter().chain(own).any(|field| word.strip_prefix(field).is_some_and(|value| !value.is_empty()))
}

/// Looks something up for a row.
pub(crate) type LookedUp = fn(Memo<Scope>, String) -> View;

/// Where the rows come from.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) scope: Memo<Scope>,
    pub(super) noun: Noun,
    pub(super) rows: Memo<Arc<Vec<Listed>>>,
    pub(super) users: Users,
    pub(super) looked_up: Option<LookedUp>,
}

pub(super) fn rows(source: Source, open: Callback<usize>) -> Rows {
    let rows = source.rows;
    let words = Memo::new(move |_| rows.with(|rows| rows.iter().map(Listed::words).collect::<Vec<_>>()));
    let of = move |index: usize, read: fn(&Listed) -> &str| {
        rows.with(|rows| rows.get(index).map(|row| read(row).to_owned()).unwrap_or_default())
    };
    Rows {
        count: Signal::derive(move || rows.with(|rows| rows.len())),
        key: Arc::new(move |index| of(index, |row| &row.arn)),
        name: Arc::new(move |index| of(index, Listed::called)),
        matches: Arc::new(move |typed| matches(words.get(), typed)),
        compare: Arc::new(move |column| compare(source, column)),
        cells: Arc::new(move |index| cells(source, index)),
        open,
        selection: None,
        menu: None,
    }
}

/// Every word that was typed; a field that is complete is a line, or for a key of a tag its beginning.
fn matches(words: Vec<String>, typed: &[String]) -> Matches {
    let line = |word: &String| match word.strip_suffix(WHOLE) {
        Some(tag) if tag.starts_with("tag:") => format!("\n{tag}{}", if tag.contains('=') { "\n" } else { "=" }),
        Some(field) => field.to_owned(),
        None => word.clone(),
    };
    let typed: Vec<String> = typed.iter().map(line).collect();
    Box::new(move |index| words.get(index).is_some_and(|text| typed.iter().all(|word| text.contains(word.as_str()))))
}

/// By name where the column does not decide.
fn compare(source: Source, column: &str) -> Compare {
    let (rows, users, column) = (source.rows.get(), source.users, column.to_owned());
    let used = (column == "used").then(|| users.counts());
    Box::new(move |a, b| {
        let (Some(a), Some(b)) = (rows.get(a), rows.get(b)) else { return a.cmp(&b) };
        let by = match (&used, a.fact(&column), b.fact(&column)) {
            (Some(used), ..) => used.get(&a.arn).cmp(&used.get(&b.arn)),
            (None, Some(a), Some(b)) => a.cmp(b),
            (None, a, b) => a.is_none().cmp(&b.is_none()),
        };
        let name = |row: &Listed| row.called().to_ascii_lowercase();
        by.then_with(|| name(a).cmp(&name(b)))
    })
}

/// So many tags; the others are counted.
const TAGS: usize = 2;

fn cells(source: Source, index: Signal<usize>) -> Cells {
    let row = Memo::new(move |_| source.rows.with(|rows| rows.get(index.get()).cloned()));
    Box::new(move |column| {
        let Some(row) = row.get() else { return View::Nothing };
        match column {
            "name" => {
                let to = Page::Resource(source.scope.get(), source.noun, At::One(Arn::short(&row.arn).to_owned())).path();
                view! { <a class="link" href=to>{row.called().to_owned()}</a> }
            }
            "used" => (move || source.users.count(&row.arn)).into_view(),
            "tags" => {
                let tags = contract::tag::given(&row.tags);
                let more = tags.len().saturating_sub(TAGS);
                let shown = tags.iter().take(TAGS).map(|(key, value)| tag(key, value)).collect::<View>();
                view! { <span class="tags">{shown}{(more > 0).then(|| view! { <span class="faint">{format!("+{more}")}</span> })}</span> }
            }
            "looked-up" => source.looked_up.map(|look| look(source.scope, row.arn.clone())).into_view(),
            "arn" => arn::id(&row.arn, row.called()),
            other => row.fact(other).cloned().map_or_else(none, Fact::show),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, tags: &[(&str, &str)], facts: Vec<(&'static str, Fact)>) -> Listed {
        let tags = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Listed { arn: "arn:aws:ivs:eu-west-1:123456789012:recording-configuration/abcdABCDefgh".into(), name: name.into(), tags, facts }
    }

    #[test]
    fn a_row_is_found_by_name_id_column_and_tag() {
        let row = row("Archive", &[("team", "Sports")], vec![("state", Fact::Badge(Tone::Bad, "CREATE_FAILED".into()))]);
        let fits = |typed: &str| matches(vec![row.words()], &[typed.to_owned()])(0);
        for typed in ["arch", "abcdabcd", "state:create", "tag:team=sp", "tag:team\n", "tag:team=sports\n"] {
            assert!(fits(typed), "{typed}");
        }
        for typed in ["state:active", "tag:team=sp\n", "tag:tea\n", "other"] {
            assert!(!fits(typed), "{typed}");
        }
    }

    #[test]
    fn several_are_counted_where_they_are_shown_and_found_one_by_one() {
        let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let shown = |texts: &[&str]| some(&all(texts), "All");
        assert_eq!([shown(&[]), shown(&["a"]), shown(&["a", "b"]), shown(&["a", "b", "c", "d"])], ["All", "a", "a, b", "a, b +2"]);
        let row = row("rights", &[], vec![("country", Fact::Many(all(&["Germany", "Spain", "Portugal"]), "All"))]);
        assert!(matches(vec![row.words()], &["country:portugal".to_owned()])(0));
    }

    #[test]
    fn numbers_are_in_the_order_of_numbers() {
        assert_eq!(Fact::Number(9, " s").cmp(&Fact::Number(10, " s")), Ordering::Less);
        assert_eq!(Fact::Text("9".into()).cmp(&Fact::Text("10".into())), Ordering::Greater);
    }
}
