//! Looking up the keys of the rows on the screen, a few at a time: IVS takes five such calls a second, and the browser has
//! six connections, which others need too.

use crate::api::{Problem, Scope, query};
use crate::view::prelude::*;
use contract::stream_key::{ListStreamKeys, StreamKeySummary};
use std::collections::BTreeMap;

/// So many at a time.
const AT_ONCE: usize = 3;

/// What is known of the key of a channel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Found {
    /// Nothing yet.
    #[default]
    Waiting,
    /// There is none.
    None,
    /// This one.
    Key(StreamKeySummary),
    /// It could not be looked up.
    Failed(Problem),
}

/// A row on the screen: its channel, and what is found, once it is.
type Row = (String, Found);

/// The rows on the screen, in the order in which they came. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Looks {
    rows: RwSignal<BTreeMap<u32, Row>>,
    next: StoredValue<u32>,
    /// The channel whose key is to be looked up again, and how often any has been.
    again: RwSignal<(u32, String)>,
}

impl Looks {
    pub(super) fn new() -> Self {
        Self { rows: RwSignal::new(BTreeMap::new()), next: StoredValue::new(0), again: RwSignal::new((0, String::new())) }
    }

    /// The key of this channel, for as long as its row is on the screen.
    pub(super) fn look(self, scope: Memo<Scope>, channel: Memo<String>) -> Memo<Found> {
        let me = self.next.get_value();
        self.next.set_value(me + 1);
        effect(move || self.rows.update(|rows| drop(rows.insert(me, (channel.get(), Found::Waiting)))));
        on_cleanup(move || self.rows.update(|rows| drop(rows.remove(&me))));
        // Whose turn it is once keeps it: the answer belongs to whoever shows it.
        let turn = Memo::new(move |_| {
            self.rows.with(|rows| {
                let waiting = rows.iter().filter(|(_, (_, found))| *found == Found::Waiting).map(|(row, _)| *row).take(AT_ONCE);
                rows.get(&me).is_some_and(|(_, found)| *found != Found::Waiting) || waiting.into_iter().any(|row| row == me)
            })
        });
        let keys = query::pages(move || {
            let request = ListStreamKeys { channel_arn: channel.get(), max_results: Some(50), ..ListStreamKeys::default() };
            (turn.get() && !request.channel_arn.is_empty()).then(|| (scope.get(), request))
        });
        let found = Memo::new(move |_| {
            keys.with(|state| match (state.value(), state.problem()) {
                (Some(pages), _) => pages.items.first().map_or(Found::None, |key| Found::Key(key.clone())),
                (None, Some(problem)) => Found::Failed(problem.clone()),
                (None, None) => Found::Waiting,
            })
        });
        effect(move || {
            let found = found.get();
            if found != Found::Waiting {
                self.rows.update(|rows| drop(rows.insert(me, (channel.get_untracked(), found))));
            }
        });
        let seen = StoredValue::new(self.again.get_untracked());
        effect(move || {
            let again = self.again.get();
            if seen.get_value() != again && channel.with_untracked(|channel| *channel == again.1) {
                seen.set_value(again);
                keys.refetch();
            }
        });
        found
    }

    /// What is known now of the key of a channel.
    pub(super) fn known(self, channel: &str) -> Found {
        self.rows.with(|rows| rows.values().find(|(of, _)| of == channel).map(|(_, found)| found.clone())).unwrap_or_default()
    }

    /// The key of this channel has changed, or could not be looked up.
    pub(super) fn again(self, channel: &str) {
        self.again.update(|(times, again)| {
            *times += 1;
            channel.clone_into(again);
        });
    }
}
