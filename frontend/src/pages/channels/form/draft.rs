//! What a person is changing in a channel.

use super::said::said;
use super::settings::{Setting, Settings};
use super::typed::Typed;
use crate::shared::resources::Offers;
use crate::shared::sheet::{Sheet, Texts};
use crate::view::prelude::*;
use contract::channel::{Channel, UpdateChannel};
use contract::{FieldError, FieldErrors};

/// A copy is the same draft.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// What is in the fields.
    pub(super) typed: Typed,
    /// How that stands to what is in IVS.
    pub(super) sheet: Sheet,
    channel: Signal<Channel>,
}

struct Fields {
    typed: Typed,
    offers: Offers,
}

impl Texts for Fields {
    fn text(&self, setting: usize) -> String {
        self.typed.text(Setting::ALL[setting])
    }

    fn put(&self, setting: usize, text: &str) {
        self.typed.put(Setting::ALL[setting], text);
    }

    /// The preset is IVS's own affair on types that have none, and so is the policy on private channels.
    fn matters(&self, setting: usize) -> bool {
        let setting = Setting::ALL[setting];
        (setting != Setting::Preset || self.typed.advanced()) && (setting != Setting::Policy || !self.typed.private())
    }

    /// A preset goes and comes with the type.
    fn goes_along(&self, setting: usize, now: &str) -> bool {
        Setting::ALL[setting] == Setting::Preset && now.is_empty()
    }

    fn label(&self, setting: usize) -> &'static str {
        Setting::ALL[setting].label()
    }

    fn said(&self, setting: usize, text: &str) -> String {
        said(self.offers, Setting::ALL[setting], text)
    }
}

impl Draft {
    /// Begins with the channel as it is, and follows it.
    pub(super) fn new(channel: Signal<Channel>, offers: Offers) -> Self {
        let typed = Typed::of(&channel.with_untracked(Settings::of));
        let theirs = Memo::new(move |_| channel.with(|channel| Settings::of(channel).texts()));
        Self { typed, sheet: Sheet::new(Fields { typed, offers }, theirs.into()), channel }
    }

    /// The settings that the person wants otherwise.
    fn changed(self) -> Vec<Setting> {
        self.sheet.changed.get().into_iter().map(|setting| Setting::ALL[setting]).collect()
    }

    /// What would be sent: only what is changed.
    pub(super) fn request(self) -> UpdateChannel {
        self.typed.settings().update(&self.arn(), &self.changed())
    }

    /// The same members as the person has seen them.
    pub(super) fn seen(self) -> UpdateChannel {
        Settings::from(self.sheet.seen()).update(&self.arn(), &self.changed())
    }

    fn arn(self) -> String {
        self.channel.with(|channel| channel.arn.clone().unwrap_or_default())
    }

    /// What IVS would refuse, and what is still to be decided. What the person leaves as it is counts only where it does not
    /// fit what they change: a value that this build does not know may stay.
    pub(super) fn check(self) -> FieldErrors {
        let mut errors = self.typed.check();
        let changed = self.changed();
        errors.0.retain(|error| changed.iter().any(|setting| setting.concerns(&error.field)));
        let undecided = |setting: usize| FieldError {
            field: Setting::ALL[setting].path().to_owned(),
            message: "Somebody else changed this meanwhile. Say which one holds.".to_owned(),
        };
        errors.0.extend(self.sheet.conflicts().into_iter().map(undecided));
        errors
    }
}
