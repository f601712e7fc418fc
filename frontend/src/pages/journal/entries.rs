//! The entries that are shown: the newest as they come, and older ones as they are asked for.

use crate::api::{self, Query};
use crate::components::action::Off;
use crate::components::badge::{Tone, badge};
use crate::components::locale::{counted, lower};
use crate::components::table::{Cells, Column, Compare, Matches, Rows, TableState, Usual};
use crate::components::time::Ago;
use crate::shared::clock;
use crate::shared::export::Export;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::call::Outcome;
use contract::journal::{JournalEntry, JournalPage, ListJournal};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) const USUAL: Usual = Usual {
    list: "journal",
    sort: "-at",
    names: |_| false,
    fields: "",
    columns: &[
        Column { id: "what", label: "What", class: "main", sorts: false, usual: true },
        Column { id: "about", label: "About", class: "narrow-1", sorts: false, usual: true },
        Column { id: "outcome", label: "Outcome", class: "state", sorts: false, usual: true },
        Column { id: "who", label: "Who", class: "narrow-1", sorts: false, usual: true },
        Column { id: "where", label: "Where", class: "narrow-3", sorts: false, usual: true },
        Column { id: "reason", label: "Reason", class: "narrow-3", sorts: false, usual: true },
        Column { id: "at", label: "When", class: "narrow-1", sorts: true, usual: true },
    ],
};

type Kept = BTreeMap<Reverse<String>, JournalEntry>;

/// What has come so far. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Entries {
    kept: RwSignal<Arc<Kept>>,
    /// Are there older ones? `None` while they are asked for.
    more: RwSignal<Option<bool>>,
}

impl Entries {
    /// Those that a query gives, anew where something else is asked for.
    pub(super) fn following(newest: Query<JournalPage>, wish: Memo<ListJournal>) -> Self {
        let entries = Self { kept: RwSignal::new(Arc::default()), more: RwSignal::new(Some(false)) };
        effect(move || {
            let _asked = wish.get();
            entries.kept.set(Arc::default());
        });
        effect(move || {
            if let Some(page) = newest.with(|state| state.value().cloned()) {
                entries.first(page);
            }
        });
        entries
    }

    /// The newest ones. If none of them is known and there are more, what was kept does not follow on: it is let go.
    fn first(self, page: JournalPage) {
        let follows = self.kept.with_untracked(|kept| page.entries.iter().any(|entry| kept.contains_key(&Reverse(entry.id.clone()))));
        if follows || !page.more {
            self.put(page.entries, follows);
        } else {
            self.put(page.entries, false);
            self.more.set(Some(true));
        }
    }

    fn put(self, new: Vec<JournalEntry>, onto: bool) {
        self.kept.update(|kept| {
            let mut all = if onto { Kept::clone(kept) } else { Kept::new() };
            all.extend(new.into_iter().map(|entry| (Reverse(entry.id.clone()), entry)));
            *kept = Arc::new(all);
        });
    }

    /// What to ask for the ones before the oldest.
    pub(super) fn older(self, wish: &ListJournal) -> Option<ListJournal> {
        let before = self.kept.with_untracked(|kept| kept.last_key_value().map(|(id, _)| id.0.clone()))?;
        self.more.set(None);
        Some(ListJournal { before: Some(before), ..wish.clone() })
    }

    pub(super) fn add(self, page: JournalPage) {
        self.put(page.entries, true);
        self.more.set(Some(page.more));
    }

    pub(super) fn failed(self, _told: u32) {
        self.more.set(Some(true));
    }

    pub(super) fn busy(self) -> Signal<bool> {
        Signal::derive(move || self.more.get().is_none())
    }

    pub(super) fn no_older(self) -> Off {
        Signal::derive(move || (self.more.get() == Some(false)).then(|| "There are none before these.".to_owned()))
    }

    pub(super) fn said(self) -> String {
        counted(self.kept.with(|kept| kept.len()), "row", "rows")
    }

    /// The one at an index, as it is at this moment.
    pub(super) fn at(self, index: usize) -> Option<JournalEntry> {
        self.kept.with(|kept| kept.values().nth(index).cloned())
    }
}

/// What an entry is about, in a word.
pub(super) fn about(entry: &JournalEntry) -> String {
    match entry.targets.as_slice() {
        [] => String::new(),
        [one] => Arn::short(one).to_owned(),
        [one, rest @ ..] => format!("{} and {} more", Arn::short(one), rest.len()),
    }
}

/// How it ended.
pub(super) fn outcome(entry: &JournalEntry) -> View {
    match (entry.outcome, entry.kind.as_str()) {
        (Some(Outcome::Done), _) => badge(Tone::Good, "Done"),
        (Some(Outcome::Refused), "authz") => badge(Tone::Bad, "Denied"),
        (Some(Outcome::Refused), _) => badge(Tone::Bad, "Refused"),
        (Some(Outcome::Unknown), _) => badge(Tone::Warn, "Unknown"),
        (None, _) => badge(Tone::Plain, "Under way"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit for 285,000 years")]
pub(super) fn when(entry: &JournalEntry) -> View {
    view! { <Ago at=Signal::stored(entry.at as f64) now=clock::now()/> }
}

fn place(entry: &JournalEntry) -> String {
    [&entry.account, &entry.region].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
}

pub(super) fn rows(entries: Entries, open: Callback<usize>) -> Rows {
    let kept = entries.kept;
    let of =
        move |index: usize, read: fn(&JournalEntry) -> String| kept.with(|kept| kept.values().nth(index).map(read).unwrap_or_default());
    Rows {
        count: Signal::derive(move || kept.with(|kept| kept.len())),
        key: Arc::new(move |index| of(index, |entry| entry.id.clone())),
        name: Arc::new(move |index| of(index, |entry| entry.operation.clone())),
        matches: Arc::new(move |words| matches(&kept.get(), words)),
        // They are kept newest first, and their ids are in the order of their times.
        compare: Arc::new(move |_| {
            let compare: Compare = Box::new(|a, b| b.cmp(&a));
            compare
        }),
        cells: Arc::new(move |index| cells(entries, index)),
        open,
        selection: None,
        menu: None,
    }
}

fn matches(kept: &Kept, words: &[String]) -> Matches {
    let words = words.to_vec();
    let texts: Vec<String> = kept
        .values()
        .map(|entry| {
            let reason = entry.reason.as_deref().unwrap_or_default();
            lower(&format!("{} {} {} {} {reason}", entry.operation, entry.person, entry.targets.join(" "), place(entry)))
        })
        .collect();
    Box::new(move |index| texts.get(index).is_some_and(|text| words.iter().all(|word| text.contains(word.as_str()))))
}

fn cells(entries: Entries, index: Signal<usize>) -> Cells {
    let entry = Memo::new(move |_| entries.at(index.get()));
    Box::new(move |column| {
        let Some(entry) = entry.get() else { return View::Nothing };
        match column {
            "what" => view! { {entry.operation} <span class="only-narrow soft">{entry.person}</span> },
            "about" => view! { <code title=entry.targets.join(" ")>{about(&entry)}</code> },
            "outcome" => outcome(&entry),
            "who" => entry.person.into_view(),
            "where" => place(&entry).into_view(),
            "reason" => entry.reason.unwrap_or_default().into_view(),
            _ => when(&entry),
        }
    })
}

pub(super) fn export(entries: Entries, state: TableState) -> Export {
    Export {
        file: Signal::stored("journal".to_owned()),
        called: ("row", "rows"),
        member: "entries",
        head: "id,at,kind,person,subject,operation,account,region,targets,reason,outcome,code,requestId,attempts,millis",
        state,
        row: Arc::new(move |index| entries.at(index).as_ref().map(api::write).unwrap_or_default()),
        beside: None,
        full: None,
    }
}
