//! Nothing is shown before it is known who looks.

use super::sign_in;
use crate::api::Problem;
use crate::components::page::out_of_sight;
use crate::components::part::{in_part, part};
use crate::shared::place;
use crate::shared::session::{self, Session, Who};
use crate::view::prelude::*;

/// What stands in the page's place.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    Wait,
    SignIn,
    Broken(Problem),
    NoSuchPlace,
    /// Into the page.
    In,
}

in_part! { console:
    /// What stands there while nobody is signed in.
    SIGN_IN = sign_in or fetch_sign_in => view! { <sign_in::SignIn/> };
}

#[component]
pub(super) fn Gate(children: ChildrenFn) -> View {
    let (page, scope) = (place::page(), place::scope());
    let way = Memo::new(move |_| match session::current().get() {
        Session::Asking => Way::Wait,
        Session::SignedOut => Way::SignIn,
        Session::Failed(problem) => Way::Broken(problem),
        Session::Known(me) => {
            let elsewhere = page.with(|page| page.as_ref().is_some_and(|page| page.scope().is_some()));
            if elsewhere && scope.with(|scope| !place::offered(&me, scope)) { Way::NoSuchPlace } else { Way::In }
        }
    });
    // Out of sight, the page stays while nobody is signed in: what was typed in it waits for the same person to come back.
    let made_for = Memo::new(move |before: Option<&Option<Who>>| match way.get() {
        Way::In => session::me().as_ref().map(session::who),
        Way::NoSuchPlace => None,
        Way::Wait | Way::SignIn | Way::Broken(_) => before.cloned().flatten(),
    });
    provide_context(sign_in::Waits(Signal::derive(move || made_for.with(Option::is_some))));
    let hidden = out_of_sight();
    effect(move || hidden.set(way.get() != Way::In));
    let instead = move || match way.get() {
        Way::Wait => view! { <p class="faint" aria-busy="true">"Loading…"</p> },
        Way::SignIn => part(SIGN_IN),
        Way::Broken(problem) => broken(problem),
        Way::NoSuchPlace => no_such_place(),
        Way::In => View::Nothing,
    };
    view! {
        {instead}
        <div class="gate" hidden=hidden>{move || made_for.get().map(|_| children())}</div>
    }
}

fn broken(problem: Problem) -> View {
    view! {
        <div class="narrow stack">
            <h1 tabindex="-1">{problem.title}</h1>
            <p class="soft">{problem.detail} " " {problem.advice}</p>
            <p>
                <button class="btn primary" type="button" on:click=|_| session::ask()>"Try again"</button>
            </p>
        </div>
    }
}

fn no_such_place() -> View {
    let scope = place::scope();
    view! {
        <div class="narrow stack">
            <h1 tabindex="-1">"Not set up here"</h1>
            <p class="soft">
                "This console has, for you, no account " <b>{move || scope.get().account}</b> " with region " <b>{move || scope.get().region}</b>
                ". Choose another one above; or whoever runs the console adds it to the configuration, or to what you may."
            </p>
            <p><a class="link" href="/">"Go to the first account"</a></p>
        </div>
    }
}
