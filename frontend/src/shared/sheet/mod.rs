//! What a person is changing in something that others may change at the same time: as it was when they began, as it is now,
//! and what they want. Each setting is a text, by its place in the form.

mod meanwhile;
mod plain;
mod show;

pub(crate) use plain::{Plain, Setting, as_it_is, trimmed};
pub(crate) use show::{changes, meanwhile};

use crate::view::prelude::*;
use meanwhile::Meanwhile;
use std::rc::Rc;

/// What is typed, setting by setting.
pub(crate) trait Texts: 'static {
    /// One of them, reactively.
    fn text(&self, setting: usize) -> String;
    /// Sets it.
    fn put(&self, setting: usize, text: &str);
    /// Does it count, as the others are? Reactively.
    fn matters(&self, _setting: usize) -> bool {
        true
    }
    /// Comes what it is now with another setting, which is what there is to decide?
    fn goes_along(&self, _setting: usize, _now: &str) -> bool {
        false
    }
    /// What the form calls it.
    fn label(&self, setting: usize) -> &'static str;
    /// A value of it as the form shows it, reactively.
    fn said(&self, _setting: usize, text: &str) -> String {
        if text.is_empty() { "none".to_owned() } else { text.to_owned() }
    }
}

/// A copy is the same sheet.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    typed: StoredValue<Rc<dyn Texts>, LocalStorage>,
    /// As it was when the person began, or when they last decided between theirs and somebody else's.
    base: RwSignal<Vec<String>>,
    /// As IVS has it now.
    theirs: Signal<Vec<String>>,
    /// What the person wants otherwise, in the order of the form.
    pub(crate) changed: Memo<Vec<usize>>,
    /// What somebody else changed meanwhile and the person did not.
    followed: RwSignal<Vec<usize>>,
    /// Has the person said which one holds, since they last saved?
    pub(crate) decided: RwSignal<bool>,
}

impl Sheet {
    /// Begins with what is in IVS, and follows it.
    pub(crate) fn new(typed: impl Texts, theirs: Signal<Vec<String>>) -> Self {
        let typed: Rc<dyn Texts> = Rc::new(typed);
        let base = RwSignal::new(theirs.get_untracked());
        let followed = RwSignal::new(Vec::new());
        let stored = StoredValue::new_local(Rc::clone(&typed));
        effect({
            let typed = Rc::clone(&typed);
            move || theirs.with(|theirs| follow(&*typed, base, theirs, followed))
        });
        let changed = Memo::new(move |_| {
            let Some(typed) = stored.try_get_value() else { return Vec::new() };
            let theirs = theirs.get();
            (0..theirs.len()).filter(|setting| typed.matters(*setting) && theirs[*setting] != typed.text(*setting)).collect()
        });
        Self { typed: stored, base, theirs, changed, followed, decided: RwSignal::new(false) }
    }

    fn typed(self) -> Rc<dyn Texts> {
        self.typed.get_value()
    }

    /// Is anything wanted otherwise? Not reactive.
    pub(crate) fn untouched(self) -> bool {
        self.changed.with_untracked(Vec::is_empty)
    }

    /// What somebody else has changed and the person wants otherwise, as long as they have not said which one holds: a value
    /// that they put back is what they want, too.
    pub(crate) fn conflicts(self) -> Vec<usize> {
        let both = |setting: &usize| self.base.with(|base| self.theirs.with(|theirs| base[*setting] != theirs[*setting]));
        self.changed.get().into_iter().filter(both).collect()
    }

    /// What somebody else changed meanwhile, and the form has followed and still shows.
    fn still_followed(self) -> Vec<usize> {
        let typed = self.typed();
        let still = |setting: &usize| self.theirs.with(|theirs| theirs[*setting] == typed.text(*setting));
        self.followed.get().into_iter().filter(still).collect()
    }

    /// As it was, as it is, and as the person wants it.
    fn three(self, setting: usize) -> [String; 3] {
        [self.base.with(|base| base[setting].clone()), self.theirs.with(|theirs| theirs[setting].clone()), self.typed().text(setting)]
    }

    /// The person has seen theirs, and wants their own.
    fn keep_mine(self, setting: usize) {
        let theirs = self.theirs.with_untracked(|theirs| theirs[setting].clone());
        self.base.update(|base| base[setting] = theirs);
        self.decided.set(true);
    }

    /// The person gives in.
    fn take_theirs(self, setting: usize) {
        self.typed().put(setting, &self.theirs.with_untracked(|theirs| theirs[setting].clone()));
        self.keep_mine(setting);
    }

    /// As it is after a save of the person's own: what they have typed since is what is left to save.
    pub(crate) fn saved(self, now: Vec<String>) {
        follow(&*self.typed(), self.base, &now, self.followed);
        self.base.set(now);
    }

    /// As the person saw it last, reactively.
    pub(crate) fn seen(self) -> Vec<String> {
        self.base.get()
    }
}

/// What somebody else changed and the person did not goes into the form.
fn follow(typed: &dyn Texts, base: RwSignal<Vec<String>>, theirs: &[String], followed: RwSignal<Vec<usize>>) {
    let before = base.get_untracked();
    // All of them first: one that follows may decide whether another counts.
    let own = |(setting, before): (usize, &String)| if typed.matters(setting) { typed.text(setting) } else { before.clone() };
    let mine: Vec<String> = untrack(|| before.iter().enumerate().map(own).collect());
    for (setting, (now, (before, mine))) in theirs.iter().zip(before.iter().zip(mine)).enumerate() {
        match Meanwhile::of(before, now, &mine) {
            Meanwhile::Conflict if typed.goes_along(setting, now) => {}
            Meanwhile::Nothing | Meanwhile::Conflict => continue,
            // What does not count now may have been typed before.
            Meanwhile::Follow if !untrack(|| typed.matters(setting)) => {
                if untrack(|| typed.text(setting)) == *before {
                    typed.put(setting, now);
                }
            }
            Meanwhile::Follow => {
                typed.put(setting, now);
                followed.update(|followed| {
                    if !followed.contains(&setting) {
                        followed.push(setting);
                    }
                });
            }
            Meanwhile::Agree => {}
        }
        base.update(|base| base[setting].clone_from(now));
    }
}
