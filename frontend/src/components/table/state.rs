//! What a person chooses about a list. It stands in the URL, so that a view can be sent to a colleague.

use super::Column;
use super::words::{self, Names};
use crate::components::remembered::{recall, remember};
use crate::view::prelude::*;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// A first, small first.
    Up,
    /// Z first, large first.
    Down,
}

/// Which list it is, and how it is as usual.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usual {
    /// What its choices are remembered by.
    pub(crate) list: &'static str,
    /// How it is sorted: `name`, or `-name` for downwards.
    pub(crate) sort: &'static str,
    /// All its columns. The first one stays where it is: it says which row it is.
    pub(crate) columns: &'static [Column],
    /// Which words of the filter name a field.
    pub(crate) names: Names,
    /// What can be typed beside plain words, for whoever finds nothing; may be empty.
    pub(crate) fields: &'static str,
}

/// Filter, sort, columns and density.
#[derive(Clone, Copy)]
pub(crate) struct TableState {
    /// How it is as usual.
    pub(super) usual: Usual,
    /// What is typed.
    pub(crate) filter: RwSignal<String>,
    /// The column and which way.
    pub(crate) sort: RwSignal<(String, Direction)>,
    /// A choice of the page's own beside the filter, in a word.
    pub(crate) show: RwSignal<String>,
    /// The columns that show, in their order.
    pub(super) columns: RwSignal<Vec<&'static Column>>,
    /// Small rows? Remembered by the browser, since it is about the person and not about the view.
    pub(crate) compact: RwSignal<bool>,
    /// Which rows fit, by their index.
    pub(crate) shown: RwSignal<Option<Memo<Vec<usize>>>>,
}

const COMPACT: &str = "tally.compact";

impl TableState {
    /// As the URL says; where it says nothing, as the person had it last, else as usual.
    pub(crate) fn new(usual: Usual) -> Self {
        let state = Self {
            usual,
            filter: RwSignal::new(String::new()),
            sort: RwSignal::new(parse(usual.sort)),
            show: RwSignal::new(String::new()),
            columns: RwSignal::new(usual.remembered()),
            compact: RwSignal::new(recall(COMPACT).is_some()),
            shown: RwSignal::new(None),
        };
        super::url::follow(state);
        state
    }

    /// Does the filter leave out a part of the rows?
    pub(crate) fn filters(self) -> bool {
        self.filter.with(|typed| !typed.trim().is_empty())
    }

    /// How many rows fit.
    pub(crate) fn matched(self) -> usize {
        self.shown.get().map_or(0, |shown| shown.with(Vec::len))
    }

    /// Sorts by a column; again turns it round.
    pub(super) fn sort_by(self, column: &str) {
        self.sort.update(|(by, direction)| {
            *direction = if by == column && *direction == Direction::Up { Direction::Down } else { Direction::Up };
            column.clone_into(by);
        });
    }

    pub(super) fn set_compact(self, compact: bool) {
        self.compact.set(compact);
        remember(COMPACT, compact.then_some("1"));
    }

    /// Shows these columns from now on, and the next time.
    pub(super) fn set_columns(self, columns: Vec<&'static Column>) {
        remember(&self.usual.name(), (columns != self.usual.shown()).then(|| self.usual.word(&columns)).as_deref());
        self.columns.set(columns);
    }

    pub(super) fn clear(self) {
        self.filter.set(String::new());
        self.show.set(String::new());
    }

    /// A row's height in pixels, as in the style sheet.
    pub(super) fn row_height(self) -> f64 {
        if self.compact.get() { 32.0 } else { 40.0 }
    }

    /// As in the URL: what is as usual is empty.
    pub(super) fn words(self) -> [String; 4] {
        let sort = self.sort.with(|(column, direction)| format!("{}{column}", if *direction == Direction::Down { "-" } else { "" }));
        let sort = if sort == self.usual.sort { String::new() } else { sort };
        // Where somebody has chosen others, those as usual are a choice too.
        let columns = self.columns.with(|columns| if self.usual.is_usual(columns) { String::new() } else { self.usual.word(columns) });
        [self.filter.with(|typed| typed.trim_end().to_owned()), sort, self.show.get(), columns]
    }

    /// The same with its columns, whatever they are: what is kept under a name is not what is usual at another time.
    pub(super) fn whole_words(self) -> [String; 4] {
        let [filter, sort, show, _] = self.words();
        [filter, sort, show, self.columns.with(|columns| self.usual.word(columns))]
    }

    /// Chooses what the URL says.
    pub(super) fn set_words(self, [filter, sort, show, columns]: [String; 4]) {
        self.filter.set(words::complete(&filter, self.usual.names));
        self.sort.set(parse(if sort.is_empty() { self.usual.sort } else { &sort }));
        self.show.set(show);
        self.columns.set(if columns.is_empty() { self.usual.remembered() } else { self.usual.named(&columns) });
    }
}

impl Usual {
    /// What its columns are remembered by.
    fn name(&self) -> String {
        format!("tally.columns.{}", self.list)
    }

    fn remembered(&self) -> Vec<&'static Column> {
        recall(&self.name()).map_or_else(|| self.shown(), |word| self.named(&word))
    }

    /// The columns that show as usual.
    pub(super) fn shown(&self) -> Vec<&'static Column> {
        self.columns.iter().filter(|column| column.usual).collect()
    }

    /// Those of a word such as `state,viewers`, after the first one; what is no column of today is left out.
    fn named(&self, word: &str) -> Vec<&'static Column> {
        let mut columns: Vec<_> = self.columns.first().into_iter().collect();
        for id in word.split(',') {
            columns.extend(self.columns.iter().find(|column| column.id == id).filter(|column| !columns.contains(column)));
        }
        columns
    }

    /// Are they as they would be without a word?
    fn is_usual(&self, columns: &[&'static Column]) -> bool {
        columns == self.shown() && self.remembered() == columns
    }

    /// Back to a word.
    fn word(&self, columns: &[&'static Column]) -> String {
        // With only the first one there is still a word.
        let rest = columns.get(1..).unwrap_or_default().iter().map(|column| column.id).collect::<Vec<_>>();
        if rest.is_empty() { columns.iter().map(|column| column.id).collect() } else { rest.join(",") }
    }
}

fn parse(word: &str) -> (String, Direction) {
    match word.strip_prefix('-') {
        Some(column) => (column.to_owned(), Direction::Down),
        None => (word.to_owned(), Direction::Up),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn column(id: &'static str, usual: bool) -> Column {
        Column { id, label: "", class: "", sorts: false, usual }
    }

    const USUAL: Usual = Usual {
        list: "x",
        sort: "name",
        columns: &[column("name", true), column("state", true), column("type", true), column("more", false)],
        names: |_| false,
        fields: "",
    };

    fn ids(word: &str) -> Vec<&'static str> {
        USUAL.named(word).iter().map(|column| column.id).collect()
    }

    #[test]
    fn columns_are_a_word_and_back() {
        assert_eq!(ids("type,more"), ["name", "type", "more"]);
        assert_eq!(USUAL.word(&USUAL.named("type,more")), "type,more");
        assert_eq!(USUAL.word(&USUAL.named("state,type")), "state,type");
        assert_eq!(USUAL.word(&USUAL.named("name")), "name", "all but the first taken away");
        assert_eq!(ids("name"), ["name"]);
    }

    #[test]
    fn what_is_no_column_or_is_named_twice_is_left_out() {
        assert_eq!(ids("gone,more,more,name,state"), ["name", "more", "state"]);
    }
}
