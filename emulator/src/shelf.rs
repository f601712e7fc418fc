//! Resources of one kind: found by ARN, listed in the order they were made.

use crate::clock::Millis;
use std::collections::{BTreeMap, HashMap};

/// What stands on a shelf.
#[derive(Clone, Debug)]
struct Item<T> {
    value: T,
    /// When it was made: a list that lags does not show it yet.
    since: Millis,
}

/// A page of a list.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// The place of the last item, where there are more.
    pub(crate) last: Option<u64>,
}

/// Resources of one kind. Places only grow, so a page goes on where the last one ended whatever was deleted meanwhile.
#[derive(Clone, Debug)]
pub struct Shelf<T> {
    items: BTreeMap<u64, Item<T>>,
    places: HashMap<String, u64>,
    next: u64,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { items: BTreeMap::new(), places: HashMap::new(), next: 1 }
    }
}

impl<T> Shelf<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Is there nothing?
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The one with this ARN.
    pub fn get(&self, arn: &str) -> Option<&T> {
        self.items.get(self.places.get(arn)?).map(|item| &item.value)
    }

    /// The one with this ARN, to change it.
    pub fn get_mut(&mut self, arn: &str) -> Option<&mut T> {
        self.items.get_mut(self.places.get(arn)?).map(|item| &mut item.value)
    }

    /// All, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.values().map(|item| &item.value)
    }

    /// Adds one. An ARN that is already there is overwritten, in its place and with its age.
    pub(crate) fn add(&mut self, arn: &str, value: T, since: Millis) {
        let place = *self.places.entry(arn.to_owned()).or_insert(self.next);
        self.next = self.next.max(place + 1);
        let since = self.items.get(&place).map_or(since, |item| item.since);
        self.items.insert(place, Item { value, since });
    }

    /// Takes one away.
    pub(crate) fn remove(&mut self, arn: &str) -> Option<T> {
        self.items.remove(&self.places.remove(arn)?).map(|item| item.value)
    }

    /// Takes the oldest away until there are so many.
    pub(crate) fn keep(&mut self, most: usize) {
        while self.items.len() > most {
            self.items.pop_first();
        }
        if self.places.len() > self.items.len() {
            self.places.retain(|_, place| self.items.contains_key(place));
        }
    }

    /// Up to `most` of those that `keep` holds, made by `until`, after a place.
    pub(crate) fn page(&self, after: u64, most: usize, until: Millis, keep: impl Fn(&T) -> bool) -> Page<&T> {
        let mut rest = self.items.range(after + 1..).filter(|(_, item)| item.since <= until && keep(&item.value));
        let mut last = None;
        let mut items = Vec::new();
        while items.len() < most {
            let Some((place, item)) = rest.next() else { return Page { items, last: None } };
            last = Some(*place);
            items.push(&item.value);
        }
        Page { items, last: last.filter(|_| rest.next().is_some()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_on_whatever_was_deleted() {
        let mut shelf = Shelf::default();
        for n in 0..5 {
            shelf.add(&n.to_string(), n, 0);
        }
        let first = shelf.page(0, 2, 0, |_| true);
        assert_eq!((first.items, first.last), (vec![&0, &1], Some(2)));
        shelf.remove("1");
        shelf.remove("2");
        let second = shelf.page(2, 2, 0, |_| true);
        assert_eq!((second.items, second.last), (vec![&3, &4], None), "an exact last page has no token");
    }

    #[test]
    fn a_lagging_list_hides_what_is_new() {
        let mut shelf = Shelf::default();
        shelf.add("old", "old", 10);
        shelf.add("new", "new", 20);
        assert_eq!(shelf.page(0, 9, 19, |_| true).items, [&"old"]);
        assert_eq!(shelf.get("new"), Some(&"new"), "a get does not lag");
        shelf.add("old", "changed", 20);
        assert_eq!(shelf.page(0, 9, 19, |_| true).items, [&"changed"], "what is changed is not new");
    }
}
