//! ARNs as people meet them: the last part, and a button for the whole.

use super::{session, toasts};
use crate::api::Scope;
use crate::components::copy::{Copy, to_clipboard};
use crate::view::prelude::*;
use contract::arn::{Arn, Resource};
use contract::session::Me;

/// What people call a resource: its name, or where it has none the last part of its ARN.
pub(crate) fn called<'a>(name: Option<&'a str>, arn: &'a str) -> &'a str {
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| Arn::short(arn))
}

/// What it is called beside another: with its id too, where both have one name, as a copy has at first.
pub(crate) fn apart(name: &str, arn: &str, other: &str) -> String {
    if name == other { format!("{name} ({})", Arn::short(arn)) } else { name.to_owned() }
}

/// The short id of a resource, with a button that copies its ARN.
pub(crate) fn arn(text: &str) -> View {
    view! {
        <span class="arn">
            <code title=text.to_owned()>{Arn::short(text).to_owned()}</code>
            <Copy name="Copy ARN" text=Signal::stored(text.to_owned())/>
        </span>
    }
}

/// The whole ARN, with a button that copies it.
pub(crate) fn whole(text: String) -> View {
    view! {
        <span class="arn">
            <code>{text.clone()}</code>
            <Copy name="Copy ARN" text=Signal::stored(text)/>
        </span>
    }
}

/// Copies a text, and says so in these words; or what to do instead.
pub(crate) async fn copy(text: String, said: &'static str) {
    match to_clipboard(&text).await {
        Ok(()) => toasts::say(toasts::Tone::Good, said),
        Err(refused) => toasts::say(toasts::Tone::Warn, refused),
    }
}

/// Copies an ARN.
pub(crate) fn copy_arn(arn: String) {
    leptos::task::spawn_local(copy(arn, "ARN copied"));
}

/// The short id in a list; pressing it copies the ARN.
pub(crate) fn id(arn: &str, called: &str) -> View {
    let (whole, label) = (arn.to_owned(), format!("Copy the ARN of {called}"));
    let copy = move |_| copy_arn(whole.clone());
    view! { <button type="button" class="id" aria-label=label title="Copy the ARN" on:click=copy>{Arn::short(arn).to_owned()}</button> }
}

/// The ARN of what a place has, by its id, once the digits of the account are known. Reactive.
pub(crate) fn of(scope: &Scope, resource: Resource, id: &str) -> Option<String> {
    let account = session::me()?.accounts.into_iter().find(|account| account.name == scope.account)?.id?;
    Some(Arn { region: scope.region.clone(), account, resource, id: id.to_owned() }.to_string())
}

/// Where it is, as far as this console goes.
pub(crate) fn find(text: &str, me: &Me) -> Result<(Scope, Arn), String> {
    let arn = Arn::parse(text).ok_or("That is no ARN of IVS. One looks like arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh.")?;
    let of = || me.accounts.iter().filter(|account| account.id.as_deref() == Some(&arn.account));
    if let Some(account) = of().find(|account| account.regions.contains(&arn.region)) {
        return Ok((Scope { account: account.name.clone(), region: arn.region.clone() }, arn));
    }
    Err(match of().next() {
        Some(account) => format!("This console does not use {} in the account {}.", arn.region, account.name),
        None if me.accounts.iter().any(|account| account.id.is_none()) => {
            "Which account this is in is not known: IVS has not told the number of one of this console's accounts. Set-up says why."
                .to_owned()
        }
        None => format!("This console has no account {}.", arn.account),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::access::{Rights, Role};
    use contract::session::Account;

    #[test]
    fn what_cannot_be_looked_up_here_says_why() {
        let rights = Rights { role: Some(Role::Viewer), grants: Vec::new() };
        let account =
            Account { name: "main".into(), id: Some("123456789012".into()), endpoint_url: None, regions: vec!["eu-west-1".into()] };
        let me = Me {
            name: "a".into(),
            subject: "a".into(),
            rights,
            places: vec![],
            throughout: None,
            named: false,
            sign_out_url: None,
            demo: false,
            accounts: vec![account],
            version: "0".into(),
            operation_tag: true,
            jobs: false,
        };
        let arn = |region: &str, account: &str| format!("arn:aws:ivs:{region}:{account}:playback-key/abcdABCDefgh");
        let scope = find(&arn("eu-west-1", "123456789012"), &me).expect("it is here").0;
        assert_eq!((scope.account.as_str(), scope.region.as_str()), ("main", "eu-west-1"));
        for (text, why) in [
            ("studio-a".to_owned(), "no ARN of IVS"),
            (arn("eu-west-1", "210987654321"), "no account 210987654321"),
            (arn("us-west-2", "123456789012"), "does not use us-west-2 in the account main"),
        ] {
            let refused = find(&text, &me).expect_err(&text);
            assert!(refused.contains(why), "{refused}");
        }
    }

    #[test]
    fn one_is_told_from_another_of_its_name() {
        let arn = "arn:aws:ivs:eu-west-1:123456789012:recording-configuration/abcdABCDefgh";
        assert_eq!(apart("night", arn, "night"), "night (abcdABCDefgh)");
        assert_eq!(apart("night", arn, "day"), "night");
    }
}
