//! Who is signed in, what they may, and, in the demo, as whom to act.

use super::theme_switch::ThemeSwitch;
use crate::components::action::Action;
use crate::components::part::{in_part, part};
use crate::routes::Page;
use crate::shared::session;
use crate::shared::toasts::{self, Tone};
use crate::view::prelude::*;
use contract::access::{Grant, Permission, Rights, Role};
use contract::session::{Me, SignOut};

in_part! { console:
    PERSON = person_part or fetch_person => view! { <Person/> };
}

#[component]
pub(super) fn Who() -> View {
    let (me, opened) = (Memo::new(move |_| here()), RwSignal::new(false));
    let button = move |me: Me| {
        let label = format!("{}, {}", me.name, words(&me.rights));
        view! {
            <button class="btn quiet who" type="button" popovertarget="who" aria-label=label>
                <span class="avatar" aria-hidden="true">{initials(&me.name)}</span>
                <span class="who-role">{me.rights.role.map_or("No role", role)}</span>
            </button>
        }
    };
    view! {
        {move || me.get().map(button)}
        <div class="float" id="who" popover="auto" on:beforetoggle=move |_| opened.set(true)>
            <Show when=move || opened.get()>{part(PERSON)}</Show>
        </div>
    }
}

/// Who is signed in, with what they may where they look.
fn here() -> Option<Me> {
    session::me().map(|me| Me { rights: session::rights(), ..me })
}

#[component]
fn Person() -> View {
    let me = Memo::new(move |_| here());
    view! {
        {move || me.get().map(|me| person(&me))}
        <ThemeSwitch />
    }
}

fn person(me: &Me) -> View {
    let may = |permission| (permission_words(permission), me.rights.demand(permission).err());
    let line = |(what, why): (&'static str, Option<&'static str>)| {
        let mark = if why.is_none() { "✓" } else { "–" };
        view! { <li class:soft=why.is_some() title=why.unwrap_or_default()><span aria-hidden="true">{mark}</span> {what}</li> }
    };
    let demo = me.demo.then(|| act_as(&me.rights));
    view! {
        <p><b>{me.name.clone()}</b> <span class="soft">" · " {words(&me.rights)} {(!me.places.is_empty()).then_some(" in this account and region")}</span></p>
        <ul class="may" aria-label="What you may">{Permission::ALL.map(may).map(line)}</ul>
        {demo}
        {(me.named || me.sign_out_url.is_some()).then(|| named(me))}
    }
}

/// For whoever signed in with a name, here or at a proxy.
fn named(me: &Me) -> View {
    let out = match me.sign_out_url.clone() {
        Some(url) => view! { <a class="btn" href=url rel="external">"Sign out"</a> },
        None => view! { <Action label="Sign out" on=Callback::new(|()| session::sign_out(SignOut::default()))/> },
    };
    view! { <p class="row">{out} <a class="link" href=Page::SignedIn.path()>"Where you are signed in"</a></p> }
}

/// The switch of the demo: every role, with and without the right to see secrets.
fn act_as(now: &Rights) -> View {
    let secrets = now.grants.contains(&Grant::SecretReader);
    let current = now.role;
    let choice = move |to: Role| {
        let choose = move |_| switch(Some(to), secrets);
        view! {
            <label>
                <input type="radio" name="role" value=to.as_str() checked=current == Some(to) on:change=choose />
                {role(to)}
            </label>
        }
    };
    view! {
        <fieldset class="segments">
            <legend>"Act as (demo)"</legend>
            {Role::ALL.map(choice)}
        </fieldset>
        <label class="check">
            <input type="checkbox" checked=secrets on:change=move |event: web_sys::Event| switch(current, event_target_checked(&event)) />
            "with secret-reader"
        </label>
    }
}

fn switch(role: Option<Role>, secrets: bool) {
    let grants = if secrets { vec![Grant::SecretReader] } else { Vec::new() };
    let rights = Rights { role, grants };
    wasm_bindgen_futures::spawn_local(async move {
        let said = words(&rights);
        match session::act_as(rights).await {
            Ok(()) => toasts::say(Tone::Good, format!("Acting as {said}")),
            Err(problem) => drop(toasts::failed(problem, None, String::new())),
        }
    });
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Operator => "Operator",
        Role::Admin => "Admin",
    }
}

const fn permission_words(permission: Permission) -> &'static str {
    match permission {
        Permission::View => "Look at everything but secrets",
        Permission::Operate => "Act on live streams",
        Permission::Manage => "Create, change and delete",
        Permission::Reveal => "See stream keys and passphrases",
    }
}

/// As `admin with secret-reader`.
fn words(rights: &Rights) -> String {
    let grants: Vec<&str> = rights.grants.iter().map(|grant| grant.as_str()).collect();
    let role = rights.role.map_or("no role", Role::as_str);
    if grants.is_empty() { role.to_owned() } else { format!("{role} with {}", grants.join(" and ")) }
}

/// Two letters at most.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_in_words() {
        assert_eq!(words(&Rights { role: Some(Role::Viewer), grants: vec![] }), "viewer");
        let both = Rights { role: Some(Role::Admin), grants: vec![Grant::SecretReader, Grant::Auditor] };
        assert_eq!(words(&both), "admin with secret-reader and auditor");
        assert_eq!(words(&Rights { role: None, grants: vec![] }), "no role");
    }
}
