//! Where one is signed in, and, for whoever runs the console, who else is.

use crate::api::{Query, client, query};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::{Tone, badge};
use crate::components::confirm::{Confirm, fact};
use crate::components::load::{load, skeleton_lines};
use crate::components::page::{Head, card};
use crate::components::time::Ago;
use crate::shared::{clock, session, toasts};
use crate::view::prelude::*;
use contract::session::{EndSession, EndSessionsOf, ListAllSessions, ListSessions, Sessions, SignOut, Signed};

#[component]
pub(crate) fn SignedIn() -> View {
    // Query
    let own = query::own(|| Some(ListSessions {}));
    let off = session::off_route::<ListAllSessions>();
    let all = query::own(move || off.get().is_none().then_some(ListAllSessions {}));

    // Actions
    let out = RwSignal::new(false);
    let everywhere = Callback::new(move |()| {
        out.set(false);
        session::sign_out(SignOut { everywhere: true });
    });

    // View
    let mine = card(
        "Your sign-ins",
        view! { <Action label="Sign out everywhere…" look=Look::Danger off=elsewhere() on=move |()| out.set(true)/> },
        load(own, || skeleton_lines(3), move |found| sessions(found, own)),
    );
    let everyone = move || match off.get() {
        None => load(all, || skeleton_lines(3), move |found| people(found, all)),
        Some(why) => view! { <p class="soft">{why}</p> },
    };
    view! {
        <Head title="Signed in" below=move || view! { <span>"What is ended here is let in no more, at its next request."</span> }/>
        <div class="stack">
            {mine}
            {card("Everyone", View::Nothing, everyone.into_view())}
        </div>
        <Confirm open=out title="Sign out everywhere?" verb="Sign out everywhere" keep="Stay signed in" on=everywhere>
            <ul class="facts">
                {fact(Tone::Warn, "In every browser, this one too. A page that is open elsewhere keeps what was typed until you sign in there again.")}
                {fact(Tone::Good, "Jobs that you have started go on.")}
            </ul>
        </Confirm>
    }
}

/// Where a proxy signs people in, it lets them in again.
fn elsewhere() -> Off {
    let proxy = session::me().is_some_and(|me| !me.named);
    Signal::stored(proxy.then(|| "You are signed in at the proxy: sign out there.".to_owned()))
}

fn sessions(found: Signal<Sessions>, own: Query<Sessions>) -> View {
    let one = move |signed: &Signed| {
        let id = signed.id.clone();
        let end = Callback::new(move |()| {
            let id = id.clone();
            wasm_bindgen_futures::spawn_local(async move {
                match client::own(&EndSession { id: id.clone() }).await {
                    Ok(_) => own.update(|found| found.sessions.retain(|signed| signed.id != id)),
                    Err(problem) => drop(toasts::failed(problem, None, String::new())),
                }
            });
        });
        let action = if signed.current {
            badge(Tone::Good, "This browser")
        } else {
            let name = format!("End the sign-in on {}", browser(signed));
            view! { <Action label="End" name=name look=Look::Quiet off=elsewhere() on=end/> }
        };
        line(signed, browser(signed).into_view(), action)
    };
    (move || view! { <ul class="signed">{found.with(|found| found.sessions.iter().map(one).collect::<View>())}</ul> }).into_view()
}

/// Whose sign-ins are to be ended: for the machine, and for people.
type Meant = Option<(String, String)>;

fn people(found: Signal<Sessions>, all: Query<Sessions>) -> View {
    let (open, meant) = (RwSignal::new(false), RwSignal::new(Meant::None));
    let ask = Callback::new(move |whom: (String, String)| {
        meant.set(Some(whom));
        open.set(true);
    });
    let on = Callback::new(move |()| {
        open.set(false);
        let Some((subject, person)) = meant.get_untracked() else { return };
        wasm_bindgen_futures::spawn_local(async move {
            match client::own(&EndSessionsOf { subject: subject.clone(), reason: None }).await {
                Ok(ended) => {
                    let (tone, said) = match ended.ended {
                        0 => (toasts::Tone::Warn, format!("{person} was not signed in any more")),
                        _ => (toasts::Tone::Good, format!("{person} is signed out everywhere")),
                    };
                    toasts::say(tone, said);
                    all.update(|found| found.sessions.retain(|signed| signed.subject != subject));
                }
                Err(problem) => drop(toasts::failed(problem, None, String::new())),
            }
        });
    });
    let one = move |signed: &Signed| {
        let whom = (signed.subject.clone(), signed.person.clone());
        let name = format!("End all sign-ins of {}", signed.person);
        let role = signed.rights.role.map_or("no role", contract::access::Role::as_str);
        let who =
            view! { <b>{signed.person.clone()}</b> " " <span class="soft">{role}</span> " " <span class="faint">{browser(signed)}</span> };
        let action = if session::me().is_some_and(|me| me.subject == signed.subject) {
            badge(Tone::Good, "You")
        } else {
            view! { <Action label="End all…" name=name look=Look::Quiet on=move |()| ask.run(whom.clone())/> }
        };
        line(signed, who, action)
    };
    let title = move || format!("End all sign-ins of {}?", meant.get().map(|(_, person)| person).unwrap_or_default());
    view! {
        {move || view! { <ul class="signed">{found.with(|found| found.sessions.iter().map(one).collect::<View>())}</ul> }}
        <Confirm open=open title=TextProp::from(title) verb="End all sign-ins" keep="Keep them" on=on>
            <ul class="facts">
                {fact(Tone::Warn, "They are out at once, in every browser. A page that is open there keeps what was typed until they sign in again.")}
                {fact(Tone::Warn, "Their jobs stop at the next step, until they sign in again.")}
                {fact(Tone::Plain, "Whether they can sign in again is for the provider and the rules to say.")}
            </ul>
        </Confirm>
    }
}

fn line(signed: &Signed, who: View, action: View) -> View {
    let now = clock::now();
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit for 285,000 years")]
    let time = |millis: u64| Signal::stored(millis as f64);
    let from = signed.client_ip.clone().map(|ip| view! { " from " <code>{ip}</code> });
    view! {
        <li>
            <div>
                <p title=signed.user_agent.clone()>{who}</p>
                <p class="soft">"Signed in " <Ago at=time(signed.began) now=now/> {from} ", last used " <Ago at=time(signed.seen) now=now/></p>
            </div>
            {action}
        </li>
    }
}

/// What a browser is called, as far as what it calls itself tells: each also calls itself by the names of those before it.
fn browser(signed: &Signed) -> String {
    let said = signed.user_agent.as_deref().unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| said.contains(mark)).map(|(_, name)| *name);
    let program = first(&[("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Another browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::access::Rights;

    #[test]
    fn browsers_by_their_names() {
        let called = |agent: &str| {
            let rights = Rights { role: None, grants: vec![] };
            let (id, person, subject) = (String::new(), String::new(), String::new());
            let user_agent = Some(agent.to_owned());
            browser(&Signed { id, person, subject, rights, client_ip: None, user_agent, began: 0, seen: 0, current: false })
        };
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        assert_eq!(called(chrome), "Chrome on Linux");
        assert_eq!(called(&format!("{chrome} Edg/156.0")), "Edge on Linux");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";
        assert_eq!(called(phone), "Safari on iPhone");
        assert_eq!(called("curl/8"), "Another browser");
    }
}
