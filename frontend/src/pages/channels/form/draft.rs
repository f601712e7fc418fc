//! What a person is changing in a channel that others may change at the same time: how it was when they began, how it is now,
//! and what they want.

use super::settings::{Setting, Settings};
use super::typed::Typed;
use crate::view::prelude::*;
use contract::channel::{Channel, UpdateChannel};
use contract::{FieldError, FieldErrors};

/// A copy is the same draft.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// What is in the fields.
    pub(super) typed: Typed,
    /// As it was when the person began, or when they last decided between theirs and somebody else's.
    base: RwSignal<Settings>,
    /// As IVS has it now.
    theirs: Memo<Settings>,
    /// What the person wants otherwise, in the order of the form.
    pub(super) changed: Memo<Vec<Setting>>,
    /// What somebody else changed meanwhile and the person did not.
    followed: RwSignal<Vec<Setting>>,
    /// Has the person said which one holds, since they last saved?
    pub(super) decided: RwSignal<bool>,
    channel: Signal<Channel>,
}

/// What becomes of a setting that somebody else has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meanwhile {
    /// Nobody has.
    Nothing,
    /// The person did not touch it: theirs holds.
    Follow,
    /// Both want the same.
    Agree,
    /// The person decides.
    Conflict,
}

impl Meanwhile {
    fn of(base: &str, theirs: &str, mine: &str) -> Self {
        match (theirs == base, mine == base, mine == theirs) {
            (true, ..) => Self::Nothing,
            (false, true, _) => Self::Follow,
            (false, false, true) => Self::Agree,
            (false, false, false) => Self::Conflict,
        }
    }
}

impl Draft {
    /// Begins with the channel as it is, and follows it.
    pub(super) fn new(channel: Signal<Channel>) -> Self {
        let first = channel.with_untracked(Settings::of);
        let typed = Typed::of(&first);
        let base = RwSignal::new(first);
        let theirs = Memo::new(move |_| channel.with(Settings::of));
        let followed = RwSignal::new(Vec::new());
        effect(move || theirs.with(|theirs| follow(typed, base, theirs, followed)));
        let changed = Memo::new(move |_| {
            let wanted = |setting: &Setting| {
                let mine = typed.text(*setting);
                matters(typed, *setting) && theirs.with(|theirs| theirs.get(*setting) != mine)
            };
            Setting::ALL.into_iter().filter(wanted).collect()
        });
        Self { typed, base, theirs, changed, followed, decided: RwSignal::new(false), channel }
    }

    /// What somebody else has changed and the person wants otherwise, as long as they have not said which one holds: a value
    /// that they put back is what they want, too.
    pub(super) fn conflicts(self) -> Vec<Setting> {
        let both = |setting: &Setting| self.base.with(|base| self.theirs.with(|theirs| base.get(*setting) != theirs.get(*setting)));
        self.changed.get().into_iter().filter(both).collect()
    }

    /// What somebody else changed meanwhile, and the form has followed and still shows.
    pub(super) fn followed(self) -> Vec<Setting> {
        let still = |setting: &Setting| self.theirs.with(|theirs| theirs.get(*setting) == self.typed.text(*setting));
        self.followed.get().into_iter().filter(still).collect()
    }

    /// As it was, as it is, and as the person wants it.
    pub(super) fn three(self, setting: Setting) -> [String; 3] {
        let of = |settings: &Settings| settings.get(setting).to_owned();
        [self.base.with(of), self.theirs.with(of), self.typed.text(setting)]
    }

    /// The person has seen theirs, and wants their own.
    pub(super) fn keep_mine(self, setting: Setting) {
        let theirs = self.theirs.with_untracked(|theirs| theirs.get(setting).to_owned());
        self.base.update(|base| base.put(setting, &theirs));
        self.decided.set(true);
    }

    /// The person gives in.
    pub(super) fn take_theirs(self, setting: Setting) {
        self.typed.put(setting, &self.theirs.with_untracked(|theirs| theirs.get(setting).to_owned()));
        self.keep_mine(setting);
    }

    /// The channel as it is after a save of the person's own: what they have typed since is what is left to save.
    pub(super) fn saved(self, channel: &Channel) {
        let now = Settings::of(channel);
        follow(self.typed, self.base, &now, self.followed);
        self.base.set(now);
    }

    /// What would be sent: only what is changed.
    pub(super) fn request(self) -> UpdateChannel {
        self.typed.settings().update(&self.arn(), &self.changed.get())
    }

    /// The same members as the person has seen them.
    pub(super) fn seen(self) -> UpdateChannel {
        self.base.with(|base| base.update(&self.arn(), &self.changed.get()))
    }

    fn arn(self) -> String {
        self.channel.with(|channel| channel.arn.clone().unwrap_or_default())
    }

    /// What IVS would refuse, and what is still to be decided. What the person leaves as it is counts only where it does not
    /// fit what they change: a value that this build does not know may stay.
    pub(super) fn check(self) -> FieldErrors {
        let mut errors = self.typed.check();
        self.changed.with(|changed| {
            errors.0.retain(|error| changed.iter().any(|setting| setting.concerns(&error.field)));
        });
        let undecided = |setting: Setting| FieldError {
            field: setting.path().to_owned(),
            message: "Somebody else changed this meanwhile. Say which one holds.".to_owned(),
        };
        errors.0.extend(self.conflicts().into_iter().map(undecided));
        errors
    }
}

/// Does it count, as the others are? The preset is IVS's own affair on types that have none, and so is the policy on private
/// channels.
fn matters(typed: Typed, setting: Setting) -> bool {
    (setting != Setting::Preset || typed.advanced()) && (setting != Setting::Policy || !typed.private())
}

/// What somebody else changed and the person did not goes into the form.
fn follow(typed: Typed, base: RwSignal<Settings>, theirs: &Settings, followed: RwSignal<Vec<Setting>>) {
    let before = base.get_untracked();
    // All of them first: a type that follows decides whether the preset counts.
    let mine =
        untrack(|| Setting::ALL.map(|setting| if matters(typed, setting) { typed.text(setting) } else { before.get(setting).to_owned() }));
    for (setting, mine) in Setting::ALL.into_iter().zip(mine) {
        let now = theirs.get(setting);
        match Meanwhile::of(before.get(setting), now, &mine) {
            // A preset goes and comes with the type, which is what there is to decide.
            Meanwhile::Conflict if setting == Setting::Preset && now.is_empty() => {}
            Meanwhile::Nothing | Meanwhile::Conflict => continue,
            // What does not count now may have been typed before.
            Meanwhile::Follow if !untrack(|| matters(typed, setting)) => {
                if untrack(|| typed.text(setting)) == before.get(setting) {
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
        base.update(|base| base.put(setting, now));
    }
}

#[cfg(test)]
mod tests {
    use super::Meanwhile;

    #[test]
    fn nobody_overwrites_what_they_have_not_seen() {
        assert_eq!(Meanwhile::of("a", "a", "a"), Meanwhile::Nothing);
        assert_eq!(Meanwhile::of("a", "a", "b"), Meanwhile::Nothing, "only the person has changed it");
        assert_eq!(Meanwhile::of("a", "b", "a"), Meanwhile::Follow);
        assert_eq!(Meanwhile::of("a", "b", "b"), Meanwhile::Agree);
        assert_eq!(Meanwhile::of("a", "b", "c"), Meanwhile::Conflict);
    }
}
