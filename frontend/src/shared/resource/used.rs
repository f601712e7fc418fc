//! What the page of one that channels use has, beside what is its kind's own: who uses it, its tags, its deletion, and the plan that
//! comes before that.

use super::attach::{self, Attach};
use super::delete::{Deletion, button, dialog};
use super::one::Shown;
use super::plan::{self, Plan};
use super::used_by::{Users, card};
use crate::components::action::{Look, Way};
use crate::components::badge::Tone;
use crate::routes::{At, Page};
use crate::shared::session;
use crate::view::prelude::*;
use contract::Call;

/// A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Used {
    shown: Shown,
    pub(crate) users: Users,
    plan: Plan,
    deletion: Deletion,
}

/// What goes with every one.
const LOSES: (Tone, &str) = (Tone::Bad, "It cannot be brought back under its ARN: another one like it has another ARN.");

impl Used {
    /// `request` deletes what has this ARN, and `gone` takes it off the list.
    pub(crate) fn of<R: Call>(shown: Shown, request: fn(String) -> R, gone: impl Fn(&str) + Clone + Send + Sync + 'static) -> Self {
        let users = Users::of(shown.noun, shown.scope);
        let plan = Plan::of(shown, users, Signal::stored(None));
        Self { shown, users, plan, deletion: Deletion::of(shown, request, gone) }
    }

    /// The button that asks whether to delete it.
    pub(crate) fn delete(self) -> View {
        button(self.deletion, Some(self.plan))
    }

    /// The way to the form that changes it.
    pub(crate) fn edit<R: Call>(self) -> View {
        let Shown { scope, noun, id, .. } = self.shown;
        let (to, off) = (Signal::derive(move || Page::Resource(scope.get(), noun, At::Edit(id.get())).path()), session::off::<R>());
        view! { <Way label="Edit" look=Look::Plain off=off to=to/> }
    }

    /// The cards: the kind's own, then who uses it, then more of the kind's own and the tags. `loses`: what else goes with it.
    pub(crate) fn cards(self, main: View, aside: View, loses: &'static [(Tone, &'static str)]) -> View {
        let Self { shown, users, plan, deletion } = self;
        let arn = Memo::new(move |_| shown.arn());
        let attach = Attach::of(shown);
        let mut all = vec![LOSES];
        all.extend_from_slice(loses);
        view! {
            <div class="split">
                <div class="stack">{main}</div>
                <div class="stack">
                    {card(shown.scope, users, arn, attach::button(attach))}
                    {aside}
                    {shown.tags_card()}
                </div>
            </div>
            {dialog(deletion, Some(users), all)}
            {plan::dialog(plan, loses)}
            {attach::dialog(attach)}
        }
    }
}
