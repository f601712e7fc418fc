//! A list as a file: all that the filter shows, in its order, as comma-separated values or as JSON, with IVS's own names.

mod batch;
mod file;
mod panel;

pub(crate) use batch::Full;
pub(crate) use panel::panel;

use crate::api::{self, Json, Pages, Query};
use crate::components::download::download;
use crate::components::table::TableState;
use crate::shared::toasts;
use crate::view::prelude::*;
use js_sys::Date;
use serde::Serialize;
use std::sync::Arc;

/// A row by its index, as JSON.
pub(crate) type Row = Arc<dyn Fn(usize) -> String + Send + Sync>;

/// The items of a list that has been looked up, each as it came.
pub(crate) fn row<T: Serialize + 'static>(query: Query<Pages<T>>) -> Row {
    Arc::new(move |index| query.with(|state| state.value().and_then(|pages| pages.items.get(index)).map(api::write).unwrap_or_default()))
}

/// What is exported of a list.
#[derive(Clone)]
pub(crate) struct Export {
    /// What the files are called, without the date: `channels-eu-west-1`.
    pub(crate) file: Signal<String>,
    /// One of them and several, in the middle of a sentence.
    pub(crate) called: (&'static str, &'static str),
    /// The member of IVS's reply that holds them.
    pub(crate) member: &'static str,
    /// The columns of the comma-separated values: members by their paths, as in the first line.
    pub(crate) head: &'static str,
    /// What says which rows show.
    pub(crate) state: TableState,
    /// What the list call answered of a row.
    pub(crate) row: Row,
    /// What else is known of it, for the columns that the list call does not have.
    pub(crate) beside: Option<Row>,
    /// What is looked up for each row before it is saved.
    pub(crate) full: Option<Full>,
}

/// The two kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Json,
}

impl Format {
    /// As it is shown.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
        }
    }

    /// As files end.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A row of the file: what it is, and what else is known of it.
type Line = (Json, Json);

impl Export {
    /// Saves these rows as the list has them.
    pub(crate) fn save(&self, indices: &[usize], format: Format) {
        self.give(self.head, self.lines(indices), None, format);
    }

    /// The rows of these indices.
    fn lines(&self, indices: &[usize]) -> Vec<Line> {
        let line = |index: &usize| (api::tree(&untrack(|| (self.row)(*index))), self.beside(*index));
        indices.iter().map(line).collect()
    }

    fn beside(&self, index: usize) -> Json {
        untrack(|| self.beside.as_ref().map(|beside| api::tree(&beside(index))).unwrap_or_default())
    }

    /// `errors`: what IVS said of those that it could not look up.
    fn give(&self, head: &str, lines: Vec<Line>, errors: Option<Json>, format: Format) {
        let text = match format {
            Format::Csv => file::csv(head, &lines),
            Format::Json => file::json(self.member, lines, errors),
        };
        save(&self.file.get_untracked(), format.ending(), &text);
    }
}

/// Saves a file where the browser saves files; today's date is added to its name.
pub(crate) fn save(name: &str, ending: &str, text: &str) {
    let day = String::from(Date::new_0().to_iso_string()).chars().take(10).collect::<String>();
    save_as(&format!("{name}-{day}.{ending}"), text);
}

/// The same under this very name.
pub(crate) fn save_as(name: &str, text: &str) {
    if download(name, text).is_err() {
        toasts::say(toasts::Tone::Warn, "The browser did not take the file");
    }
}
