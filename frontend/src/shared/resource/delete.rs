//! Deleting one of a kind: what uses it is looked up before it is asked for.

use super::used_by::Users;
use super::{Plan, Shown, one_of};
use crate::api::{Change, Mutation};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::copy::CodeBox;
use crate::routes::{At, Page};
use crate::shared::{as_code, session};
use crate::view::prelude::*;
use contract::Call;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// A deletion that can be asked for. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Deletion {
    shown: Shown,
    /// Is it being asked?
    pub(crate) open: RwSignal<bool>,
    role: Off,
    busy: Signal<bool>,
    line: Signal<String>,
    send: Callback<()>,
}

impl Deletion {
    /// `request` deletes what has this ARN, and `gone` takes it off the list.
    pub(crate) fn of<R: Call>(shown: Shown, request: fn(String) -> R, gone: impl Fn(&str) + Clone + Send + Sync + 'static) -> Self {
        let (delete, open, navigate) = (Mutation::action(), RwSignal::new(false), use_navigate());
        // Gone with the page.
        let here = RwSignal::new(());
        let send = Callback::new(move |()| {
            let (arn, name, scope) = untrack(|| (shown.arn(), shown.name(), shown.scope.get()));
            let list = Page::Resource(scope.clone(), shown.noun, At::List).path();
            let (gone, navigate) = (gone.clone(), navigate.clone());
            let change = Change::new(scope, request(arn.clone()), format!("{name} deleted"));
            delete.run(change, move |_| {
                gone(&arn);
                // Whoever went elsewhere meanwhile stays there; in place of this page: Back must not lead to what is gone.
                if here.try_set(()) {
                    navigate(&list, NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
            });
            open.set(false);
        });
        let line = Signal::derive(move || shown.scope.with(|scope| as_code::command(scope, &request(shown.arn()))));
        Self { shown, open, role: session::off::<R>(), busy: delete.busy(), line, send }
    }
}

/// The button that asks; where channels use it, what it asks is the plan that detaches them first.
pub(crate) fn button(deletion: Deletion, plan: Option<Plan>) -> View {
    let used = move || plan.is_some_and(Plan::has_users);
    let ask = move |()| if used() { plan.into_iter().for_each(Plan::ask) } else { deletion.open.set(true) };
    view! { <Action label="Delete…" look=Look::Danger off=deletion.role busy=deletion.busy on=ask/> }
}

/// The question. `loses` says what goes with it.
pub(crate) fn dialog(deletion: Deletion, users: Option<Users>, loses: Vec<(Tone, &'static str)>) -> View {
    let Deletion { shown, open, busy, line, send, .. } = deletion;
    let one = one_of(shown.noun);
    let using = Memo::new(move |_| users.map_or(0, |users| users.channels(&shown.arn()).len()));
    let off: Off = Signal::derive(move || match using.get() {
        0 => None,
        1 => Some(format!("A channel uses it: IVS deletes no {one} that is in use.")),
        many => Some(format!("{many} channels use it: IVS deletes no {one} that is in use.")),
    });
    let state = move || match (using.get(), users.is_none_or(|users| users.complete.get())) {
        _ if users.is_none() => "This cannot be undone.".to_owned(),
        (0, true) => "No channel uses it. This cannot be undone.".to_owned(),
        (0, false) => format!("Not all channels have been looked at: IVS refuses if one of them uses this {one}. This cannot be undone."),
        (using, _) => {
            format!("Detach it first: {}.", if using == 1 { "a channel uses it".to_owned() } else { format!("{using} channels use it") })
        }
    };
    let name = Signal::derive(move || if using.get() == 0 { shown.name() } else { String::new() });
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Delete {} in {}?", shown.name(), shown.scope.get().region))
            verb="Delete"
            keep="Keep it"
            type_name=name
            off=off
            busy=busy
            on=send
        >
            <p class="soft" role="status">{state}</p>
            <ul class="facts">{loses.iter().map(|(tone, text)| fact(*tone, *text)).collect::<View>()}</ul>
            <details>
                <summary>"as aws ivs"</summary>
                <CodeBox name="Copy command" text=line/>
            </details>
        </Confirm>
    }
}
