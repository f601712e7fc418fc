//! One of a kind: which one the address means, what is known of it, and the frame of its page.

use super::kind;
use crate::api::{Bare, Problem, Query, Scope};
use crate::components::load::{Stage, failed_load, failure, skeleton_lines, stage};
use crate::components::page::{Head, card};
use crate::components::time::Ago;
use crate::routes::{At, Noun, Page};
use crate::shared::as_code::{self, Again};
use crate::shared::tags_card::{self, Tagged};
use crate::shared::{arn, clock, place};
use crate::view::prelude::*;
use contract::Code;
use contract::arn::Arn;
use contract::tag::Tags;

/// What every kind has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known {
    pub(crate) arn: String,
    pub(crate) name: String,
    pub(crate) tags: Tags,
    /// Why no channel can have it now.
    pub(crate) unready: Option<&'static str>,
}

/// Why no channel can have one that IVS is still making.
pub(crate) const MAKING: &str = "IVS is still making it: a channel can have it after that.";
/// Why none can have one that it could not make.
pub(crate) const NOT_MADE: &str = "IVS could not make it: no channel can have it.";

/// One on the screen. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) scope: Memo<Scope>,
    pub(crate) noun: Noun,
    /// The last part of its ARN.
    pub(crate) id: Memo<String>,
    query: Bare,
    /// What was found last, even if it is gone since.
    known: Memo<Option<Known>>,
    problem: Memo<Option<Problem>>,
    at: Memo<Option<f64>>,
}

/// The id that the address names, and its ARN once the digits of the account are known.
pub(crate) fn of_page(noun: Noun, scope: Memo<Scope>) -> (Memo<String>, Memo<Option<String>>) {
    let here = place::page();
    // On the way to another page this one is still there for a moment.
    let id = Memo::new(move |before: Option<&String>| {
        let now = here.with(|page| if let Some(Page::Resource(_, _, at)) = page { at.id().map(ToOwned::to_owned) } else { None });
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    (id, Memo::new(move |_| arn::of(&scope.get(), kind(noun), &id.get())))
}

impl Shown {
    /// What a Get operation finds; `read` takes from its reply what every kind has.
    pub(crate) fn of<T: Clone + PartialEq + Send + Sync + 'static>(
        noun: Noun,
        scope: Memo<Scope>,
        id: Memo<String>,
        query: Query<T>,
        read: fn(&T) -> Option<Known>,
    ) -> Self {
        let known = Memo::new(move |before: Option<&Option<Known>>| {
            let now = query.with(|state| state.value().and_then(read));
            let same = || before.cloned().flatten().filter(|before| Arn::short(&before.arn) == id.get());
            now.filter(|now| Arn::short(&now.arn) == id.get()).or_else(same)
        });
        let problem = Memo::new(move |_| query.with(|state| state.problem().cloned()));
        Self { scope, noun, id, query: query.bare(), known, problem, at: Memo::new(move |_| query.with(crate::api::State::at)) }
    }

    /// Its ARN; empty while it is not known.
    pub(crate) fn arn(self) -> String {
        self.known.with(|known| known.as_ref().map(|known| known.arn.clone()).unwrap_or_default())
    }

    /// What people call it.
    pub(crate) fn name(self) -> String {
        self.known.with(|known| known.as_ref().map_or_else(|| self.id.get(), |known| arn::called(Some(&known.name), &known.arn).to_owned()))
    }

    /// Why no channel can have it now.
    pub(super) fn unready(self) -> Option<&'static str> {
        self.known.with(|known| known.as_ref().and_then(|known| known.unready))
    }

    /// Was it there, and is it gone now?
    pub(crate) fn gone(self) -> Memo<bool> {
        Memo::new(move |_| {
            self.problem.with(|problem| problem.as_ref().is_some_and(|problem| problem.code == Some(Code::ResourceNotFoundException)))
        })
    }

    /// Is it known, and not known to be gone?
    fn there(self) -> Memo<bool> {
        let gone = self.gone();
        Memo::new(move |_| self.known.with(Option::is_some) && !gone.get())
    }

    fn list(self) -> Signal<String> {
        Signal::derive(move || Page::Resource(self.scope.get(), self.noun, At::List).path())
    }

    /// Looks again.
    pub(crate) fn again(self) {
        self.query.refetch();
    }

    /// The card of what would make another like it.
    pub(crate) fn code_card<T: Again + Send + Sync + 'static>(self, one: Memo<T>) -> View {
        as_code::of_page::<T>(self.scope, one.into(), Signal::derive(move || self.arn()))
    }

    /// The card of its tags.
    pub(crate) fn tags_card(self) -> View {
        tags_card::card(Tagged {
            scope: self.scope,
            arn: Memo::new(move |_| self.arn()),
            tags: Memo::new(move |_| self.known.with(|known| known.as_ref().map(|known| known.tags.clone()).unwrap_or_default())),
            again: Callback::new(move |()| self.again()),
        })
    }
}

/// The page: head, then what `body` makes, once for each resource; why there is none, where there is none.
pub(crate) fn page(shown: Shown, badges: impl Into<ViewFn>, actions: impl Into<ViewFn>, body: impl Fn() -> View + 'static) -> View {
    let (badges, actions): (ViewFn, ViewFn) = (badges.into(), actions.into());
    let there = shown.there();
    let now = clock::now();
    let age =
        move || shown.at.get().map(|at| view! { <span class="faint nowrap">"looked up " <Ago at=Signal::stored(at) now=now/></span> });
    view! {
        <Head
            above=(shown.noun.many(), shown.list())
            title=TextProp::from(move || shown.name())
            beside=move || there.get().then(|| badges.run())
            below=move || there.get().then(|| view! { {arn::whole(shown.arn())} {age} })
            actions=move || there.get().then(|| actions.run())
        />
        {within(shown, there, Box::new(body))}
    }
}

/// The page of its form: the same, with what is edited of it said above.
pub(crate) fn edit_page(shown: Shown, form: impl Fn() -> View + 'static) -> View {
    view! {
        <Head
            above=(shown.noun.many(), shown.list())
            title=TextProp::from(move || format!("Edit {}", shown.name()))
            below=move || view! { <span>"Tags are edited on its page."</span> }
        />
        // What was typed stays, though what it was typed for is gone.
        {within(shown, Memo::new(move |_| shown.known.with(Option::is_some)), Box::new(form))}
    }
}

fn within(shown: Shown, there: Memo<bool>, body: Box<dyn Fn() -> View>) -> View {
    let (stage, list) = (stage(shown.query), shown.list());
    // What fails while it is there is said above it; it is not made anew, nor is what was typed in it lost.
    let now = Memo::new(move |_| {
        let there = there.get();
        (shown.id.get(), there, !there && (shown.problem.with(Option::is_some) || stage.get() == Stage::Failed))
    });
    let cards = move || {
        let (_, there, failed) = now.get();
        match (there, failed) {
            (true, _) => view! { {failure(shown.query)} {body()} },
            (false, true) => missing(shown, list),
            (false, false) => {
                view! { <div class="split" aria-busy="true">{card("Configuration", View::Nothing, skeleton_lines(5))}{card("Tags", View::Nothing, skeleton_lines(2))}</div> }
            }
        }
    };
    cards.into_view()
}

fn missing(shown: Shown, list: Signal<String>) -> View {
    let problem = move || shown.problem.get().map(|problem| failed_load(problem, Callback::new(move |()| shown.again())));
    view! {
        {problem}
        <p><a class="btn" href=move || list.get()>"Go to the list"</a></p>
    }
}
