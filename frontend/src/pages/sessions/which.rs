//! Which channel: picked by its name, or by an ARN, which a deleted one still has.

use crate::api::{Pages, Query, Scope};
use crate::components::action::{Action, Look};
use crate::routes::sessions_of;
use crate::shared::arn::{called, find};
use crate::shared::known_channels::{Known, Meant};
use crate::shared::session;
use crate::view::prelude::*;
use contract::arn::{Arn, Resource};
use contract::channel::ChannelSummary;
use contract::session::Me;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// So many channels are offered while a name is being typed.
const OFFERED: usize = 50;

/// The place and the id of the channel that a text means, or why it means none.
pub(super) fn meant(text: &str, scope: &Scope, me: &Me, known: &Known) -> Result<(Scope, String), String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Type the name of a channel, or paste its ARN.".to_owned());
    }
    if text.starts_with("arn:") {
        return by_arn(text, scope, me);
    }
    match known.meant(text) {
        Meant::One(arn) => Ok((scope.clone(), Arn::short(arn).to_owned())),
        Meant::Several(several) => Err(format!("{several} channels are called so. Paste the ARN of the one you mean.")),
        // That of a deleted one.
        Meant::No | Meant::NotYet if is_id(text) => Ok((scope.clone(), text.to_owned())),
        Meant::No => Err(format!("No channel in {} is called so. That of a deleted one is found by its ARN.", scope.region)),
        Meant::NotYet => Err("No channel that is known yet is called so; not all have been looked up. Try again in a moment.".to_owned()),
    }
}

fn by_arn(text: &str, scope: &Scope, me: &Me) -> Result<(Scope, String), String> {
    let arn = Arn::parse(text).filter(|arn| arn.resource != Resource::Channel);
    if let Some(arn) = arn {
        return Err(format!("That is the ARN of a {}. Sessions are those of a channel.", arn.resource.as_str().replace('-', " ")));
    }
    find(text, me).map(|(there, arn)| {
        // Two accounts of the console may be the same one in AWS: who is in one of them stays there.
        let here = me.accounts.iter().any(|account| account.name == scope.account && account.id.as_deref() == Some(&arn.account));
        if here && arn.region == scope.region { (scope.clone(), arn.id) } else { (there, arn.id) }
    })
}

/// Those of a list, if there is one yet.
fn known_of(region: String, pages: Option<&Pages<ChannelSummary>>) -> Known {
    pages.map_or_else(Known::default, |pages| Known::of(region, &pages.items, pages.complete))
}

/// As IVS makes them: twelve letters and digits, or a UUID.
fn is_id(text: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_alphanumeric();
    text.len() == 12 && text.bytes().all(plain) || text.len() == 36 && text.bytes().all(|letter| plain(letter) || letter == b'-')
}

/// The field. `chosen` is what the address says.
pub(super) fn field(scope: Memo<Scope>, list: Query<Pages<ChannelSummary>>, chosen: Memo<String>, wrong: Memo<Option<String>>) -> View {
    let (typed, refused) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    // A list that was looked at again leaves what is being typed.
    let known = Memo::new(move |_| {
        let shown = chosen.get();
        list.with(|state| state.value().and_then(|pages| name_of(&pages.items, &shown)).map(ToOwned::to_owned)).unwrap_or(shown)
    });
    // Back and a link change the address without us.
    effect(move || {
        typed.set(known.get());
        refused.set(None);
    });
    let navigate = use_navigate();
    let go = Callback::new(move |()| {
        let Some(me) = untrack(session::me) else { return };
        let text = typed.get_untracked();
        let found = untrack(|| list.with(|state| meant(&text, &scope.get(), &me, &known_of(scope.get().region, state.value()))));
        refused.set(found.as_ref().err().cloned());
        if let Ok((scope, id)) = found {
            navigate(&sessions_of(&scope, &id), NavigateOptions::default());
        }
    });
    let offered = Memo::new(move |_| list.with(|state| offers(state.value().map_or(&[], |pages| &pages.items), &typed.get())));
    let error = Memo::new(move |_| refused.get().or_else(|| wrong.get()));
    let option = |(value, label): (String, String)| view! { <option value=value>{label}</option> };
    view! {
        <form
            class="field which"
            on:submit=move |event| {
                event.prevent_default();
                go.run(());
            }
        >
            <label for="sessions-channel">"Channel"</label>
            <div class="row nowrap">
                <input
                    class="input"
                    id="sessions-channel"
                    list="sessions-channels"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="Name, or ARN of a channel that was deleted"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby="sessions-channel-error"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <datalist id="sessions-channels">{move || offered.get().into_iter().map(option).collect::<View>()}</datalist>
                <Action label="Show sessions" look=Look::Plain on=go/>
            </div>
            <p class="error" id="sessions-channel-error" role="alert" hidden=move || error.with(Option::is_none)>{error}</p>
        </form>
    }
}

/// The name that is typed for a channel of the list; none where others have it too.
fn name_of<'a>(channels: &'a [ChannelSummary], id: &str) -> Option<&'a str> {
    let this = |channel: &&ChannelSummary| channel.arn.as_deref().is_some_and(|arn| Arn::short(arn) == id);
    let name = channels.iter().find(this)?.name.as_deref().filter(|name| !name.is_empty())?;
    let alone = channels.iter().filter(|channel| channel.name.as_deref() == Some(name)).count() == 1;
    alone.then_some(name)
}

/// What is offered: by name where one has it alone, else by id.
fn offers(channels: &[ChannelSummary], typed: &str) -> Vec<(String, String)> {
    let typed = typed.trim().to_ascii_lowercase();
    let fits = |channel: &&ChannelSummary| channel.name.as_deref().unwrap_or_default().to_ascii_lowercase().contains(&typed);
    let offer = |channel: &ChannelSummary| {
        let arn = channel.arn.as_deref().unwrap_or_default();
        let id = Arn::short(arn);
        match name_of(channels, id) {
            Some(name) => (name.to_owned(), id.to_owned()),
            None => (id.to_owned(), called(channel.name.as_deref(), arn).to_owned()),
        }
    };
    channels.iter().filter(fits).take(OFFERED).map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::access::{Rights, Role};
    use contract::session::Account;

    fn me() -> Me {
        let rights = Rights { role: Some(Role::Viewer), grants: Vec::new() };
        let account = |name: &str, id: &str| Account {
            name: name.into(),
            id: Some(id.into()),
            endpoint_url: None,
            regions: vec!["eu-west-1".into(), "us-west-2".into()],
        };
        let accounts = vec![account("main", "123456789012"), account("again", "123456789012")];
        Me {
            name: "a".into(),
            subject: "a".into(),
            rights,
            places: vec![],
            throughout: None,
            named: false,
            sign_out_url: None,
            demo: false,
            accounts,
            version: "0".into(),
            operation_tag: true,
            jobs: false,
        }
    }

    fn scope() -> Scope {
        Scope { account: "again".into(), region: "eu-west-1".into() }
    }

    fn channels() -> Vec<ChannelSummary> {
        let channel = |name: &str, id: &str| ChannelSummary {
            name: Some(name.into()),
            arn: Some(format!("arn:aws:ivs:eu-west-1:123456789012:channel/{id}")),
            ..ChannelSummary::default()
        };
        vec![
            channel("arena", "aaaaaaaaaaaa"),
            channel("twin", "bbbbbbbbbbbb"),
            channel("twin", "cccccccccccc"),
            channel("", "dddddddddddd"),
        ]
    }

    fn known(complete: bool) -> Known {
        Known::of("eu-west-1".to_owned(), &channels(), complete)
    }

    #[test]
    fn a_channel_is_meant_by_name_id_or_arn() {
        let here = |text: &str| meant(text, &scope(), &me(), &known(true));
        assert_eq!(here(" arena "), Ok((scope(), "aaaaaaaaaaaa".into())));
        assert_eq!(here("cccccccccccc"), Ok((scope(), "cccccccccccc".into())));
        assert_eq!(here("goneGONEgone"), Ok((scope(), "goneGONEgone".into())), "of a deleted one");
        assert_eq!(here("arn:aws:ivs:eu-west-1:123456789012:channel/goneGONEgone"), Ok((scope(), "goneGONEgone".into())));
        let (there, _) = here("arn:aws:ivs:us-west-2:123456789012:channel/goneGONEgone").expect("another region");
        assert_eq!((there.account.as_str(), there.region.as_str()), ("main", "us-west-2"));
    }

    #[test]
    fn what_means_none_says_why() {
        for (text, why) in [
            ("", "Type the name"),
            ("nobody", "No channel in eu-west-1"),
            ("twin", "2 channels are called so"),
            ("arn:aws:ivs:eu-west-1:123456789012:stream-key/abcdABCDefgh", "ARN of a stream key"),
            ("arn:aws:ivs:eu-west-1:999999999999:channel/abcdABCDefgh", "no account 999999999999"),
            ("arn:nonsense", "no ARN of IVS"),
        ] {
            let refused = meant(text, &scope(), &me(), &known(true)).expect_err(text);
            assert!(refused.contains(why), "{refused}");
        }
        let early = meant("nobody", &scope(), &me(), &known(false)).expect_err("more to come");
        assert!(early.contains("not all"), "{early}");
    }

    #[test]
    fn those_whose_name_others_have_too_are_offered_by_id() {
        let offered = |typed: &str| offers(&channels(), typed).into_iter().map(|(value, _)| value).collect::<Vec<_>>();
        assert_eq!(offered("TWI"), ["bbbbbbbbbbbb", "cccccccccccc"]);
        assert_eq!(offered(""), ["arena", "bbbbbbbbbbbb", "cccccccccccc", "dddddddddddd"]);
    }
}
