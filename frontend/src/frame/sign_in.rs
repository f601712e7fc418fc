//! What stands in the page's place while nobody is signed in: how to, why it did not work, and what waits behind it.

use crate::api::{Problem, client};
use crate::components::load::{failed_load, skeleton_lines};
use crate::routes::Page;
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::session::{GetSignIn, LOGIN, Provider, SignInProblem, SignInWay};
use leptos_router::hooks::use_location;

/// Is there a page that waits?
#[derive(Clone, Copy, Debug)]
pub(super) struct Waits(pub(super) Signal<bool>);

#[component]
pub(super) fn SignIn() -> View {
    // Not a query: those wait until somebody is signed in.
    let way = RwSignal::new(None::<Result<SignInWay, Problem>>);
    let ask = Callback::new(move |()| {
        way.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = client::own(&GetSignIn {}).await;
            let _gone = way.try_set(Some(answer));
        });
    });
    ask.run(());
    let shown = move || match way.get() {
        None => view! { <div aria-busy="true">{skeleton_lines(4)}</div> },
        Some(Ok(way)) => by(way),
        Some(Err(problem)) => {
            // Most likely the proxy's answer, whose page is for a tab of its own.
            view! {
                {failed_load(problem, ask)}
                <p class="soft">
                    "Where a proxy in front of the console signs people in: "
                    <a class="link" href="/" rel="external" target="_blank">"sign in in another tab"</a> ", then try again."
                </p>
                {move || waits().then(back)}
            }
        }
    };
    view! { <div class="narrow stack">{shown}</div> }
}

fn by(way: SignInWay) -> View {
    let waits = waits();
    let out = asked("out").is_some();
    let title = match (&way.provider, waits, out) {
        (_, true, _) => "Your session has ended",
        (_, false, true) => "You are signed out",
        (None, false, false) => "Sign in with the console's own address",
        (Some(_), false, false) => "Sign in",
    };
    let how = match way.provider {
        None => token(),
        Some(Provider { name, sign_out_url }) => provider(&name, sign_out_url, out, waits),
    };
    view! {
        <h1 tabindex="-1">{title}</h1>
        {how}
        {waits.then(back)}
    }
}

fn waits() -> bool {
    expect_context::<Waits>().0.get_untracked()
}

fn back() -> View {
    let tried = RwSignal::new(false);
    let again = move |_| {
        tried.set(true);
        session::ask();
    };
    view! {
        <p class="soft">"The page waits as you left it, with what was typed. Sign in in another tab of this browser, then:"</p>
        <p><button class="btn" type="button" on:click=again>"Go on here"</button></p>
        <p class="soft" role="status">{move || tried.get().then_some("Nobody is signed in in this browser yet.")}</p>
    }
}

fn token() -> View {
    view! {
        <p class="soft">
            "When it starts, the console prints an address that ends in " <code>"#t=…"</code>
            ". It works once and signs this browser in. Start the console again for a new one."
        </p>
    }
}

/// `waits`: what was typed must not go, so it is done in another tab.
fn provider(name: &str, sign_out_url: Option<String>, out: bool, waits: bool) -> View {
    let problem = asked("why").and_then(|why| SignInProblem::ALL.iter().copied().find(|problem| problem.as_str() == why));
    let notice = problem.map(|problem| {
        let (title, advice) = words(problem, name);
        view! { <div class="problem" role="alert"><b>{title}</b><p>{advice}</p></div> }
    });
    let provider = name.to_owned();
    // Whom the provider knows as somebody without access comes back as that until they are signed out there.
    let other = matches!(problem, Some(SignInProblem::NoAccess | SignInProblem::GroupsLeftOut));
    let out = sign_out_url.filter(|_| out || other).map(|url| {
        let why = if other { "Not you? You are signed in at " } else { "You are still signed in at " };
        view! {
            <p class="soft">
                {why} {provider} ". " <a class="link" href=url rel="external">"Sign out there, too"</a>
            </p>
        }
    });
    let target = waits.then_some("_blank");
    view! {
        {notice}
        <p class="soft">"Sign in with " {name.to_owned()} " to work with live channels. Your groups there decide what you may do here."</p>
        <p><a class="btn primary" href=login() rel="external" target=target>"Continue with " {name.to_owned()} {waits.then_some(" in another tab")}</a></p>
        {out}
    }
}

/// Where a sign-in begins that leads back to where one is, or was to be.
fn login() -> String {
    let location = use_location();
    let here = format!(
        "{}{}",
        location.pathname.get_untracked(),
        location.search.with_untracked(|search| if search.is_empty() { String::new() } else { format!("?{search}") })
    );
    let to = if place::page().get_untracked() == Some(Page::SignIn) { asked("to").unwrap_or_else(|| "/".to_owned()) } else { here };
    let to = js_sys::encode_uri_component(&to).as_string().unwrap_or_default();
    format!("{LOGIN}?to={to}")
}

/// What stands in the address under a name.
fn asked(name: &str) -> Option<String> {
    use_location().query.with_untracked(|query| query.get(name))
}

/// What went wrong, and what to do about it.
fn words(problem: SignInProblem, provider: &str) -> (String, String) {
    let (title, advice) = match problem {
        SignInProblem::NotBegunHere => (
            "That sign-in was not begun here",
            "It took more than ten minutes, or another one was begun in this browser since. Sign in again.",
        ),
        SignInProblem::ProviderUnreachable => {
            ("{} did not answer", "Try again in a moment. If it stays so, whoever runs this console finds the cause in its log.")
        }
        SignInProblem::ProviderRefused => {
            ("{} did not let you in", "It sent you back without saying who you are. Try again, or ask whoever runs it.")
        }
        SignInProblem::NotVouchedFor => {
            ("What {} said does not hold", "The console does not believe it. Try again; if it stays so, its log says why.")
        }
        SignInProblem::NoAccess => {
            ("You have no access here", "{} knows you, and no rule of this console gives you a role. Ask whoever runs it.")
        }
        SignInProblem::GroupsLeftOut => (
            "You are in too many groups",
            "{} left them out of what it said. Whoever runs this console can have it send only those that matter.",
        ),
        SignInProblem::TooManyRules => {
            ("Too many rules give you something", "A browser cannot keep it all. Whoever runs this console can say it with fewer rules.")
        }
        SignInProblem::TooOften => ("Too many sign-ins from where you are", "Wait a minute, then sign in again."),
        SignInProblem::NotJournaled => {
            ("The journal cannot be written", "Until it can, nobody is signed in. Whoever runs this console finds the cause in its log.")
        }
    };
    (title.replace("{}", provider), advice.replace("{}", provider))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_words_and_an_advice() {
        for problem in SignInProblem::ALL {
            let (title, advice) = words(*problem, "Acme");
            assert!(!title.contains('{') && !advice.contains('{') && advice.ends_with('.'), "{title} {advice}");
        }
    }
}
