//! Nothing is shown before it is known who looks.

use crate::api::Problem;
use crate::shared::place;
use crate::shared::session::{self, Session};
use crate::view::prelude::*;
use contract::access::Rights;

/// What stands in the page's place.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    Wait,
    SignIn,
    Broken(Problem),
    NoSuchPlace,
    /// Into the page, made anew for other rights.
    In(Rights),
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
            if elsewhere && scope.with(|scope| !place::offered(&me, scope)) { Way::NoSuchPlace } else { Way::In(me.rights) }
        }
    });
    let show = move || match way.get() {
        Way::Wait => view! { <p class="faint" aria-busy="true">"Loading…"</p> },
        Way::SignIn => signed_out(),
        Way::Broken(problem) => broken(problem),
        Way::NoSuchPlace => no_such_place(),
        Way::In(_) => children(),
    };
    show.into_view()
}

fn signed_out() -> View {
    view! {
        <div class="narrow stack">
            <h1 tabindex="-1">"Sign in with the console's own address"</h1>
            <p class="soft">
                "When it starts, the console prints an address that ends in " <code>"#t=…"</code>
                ". It works once and signs this browser in. Start the console again for a new one."
            </p>
        </div>
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
                "This console has no account " <b>{move || scope.get().account}</b> " with region " <b>{move || scope.get().region}</b>
                ". Choose another one above, or add it to the console's configuration."
            </p>
            <p><a class="link" href="/">"Go to the first account"</a></p>
        </div>
    }
}
