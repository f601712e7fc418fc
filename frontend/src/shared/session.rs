//! Who is signed in, and what they may.

use crate::api::{Problem, Scope, catch_up, client, forget};
use crate::components::action::{Off, always};
use crate::view::prelude::*;
use contract::Call;
use contract::access::{Permission, Rights, Role};
use contract::own::{Access, Own};
use contract::session::{ActAs, Me, Place, SIGN_IN, SignOut, WhoAmI};
use std::cell::RefCell;

/// How far it is known who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Session {
    /// Asking.
    Asking,
    /// Somebody.
    Known(Me),
    /// Nobody.
    SignedOut,
    /// It cannot be said.
    Failed(Problem),
}

thread_local! {
    /// Who was signed in last.
    static LAST: RefCell<Option<Who>> = const { RefCell::new(None) };
    /// Where they look.
    static HERE: RwSignal<Scope> = RwSignal::new(Scope::default());
    static SESSION: RwSignal<Session> = RwSignal::new(Session::Asking);
}

/// The session, as a signal that outlives every page.
pub(crate) fn current() -> RwSignal<Session> {
    SESSION.with(|session| *session)
}

/// Asks who is signed in. Called once by the root of the app, and to try again.
pub(crate) fn ask() {
    let session = current();
    HERE.with(|_lives_as_long_as_the_app| ());
    session.set(Session::Asking);
    wasm_bindgen_futures::spawn_local(async move {
        match client::own(&WhoAmI {}).await {
            Ok(me) => known(me),
            Err(problem) if session.get_untracked() == Session::SignedOut => drop(problem),
            Err(problem) => session.set(Session::Failed(problem)),
        }
    });
}

/// Somebody is signed in. What was looked up for others, or with other rights, is not theirs to see; what could not be looked up
/// while nobody was signed in is looked up now.
fn known(me: Me) {
    let who = who(&me);
    if LAST.replace(Some(who.clone())).is_some_and(|last| last != who) {
        forget();
    }
    current().set(Session::Known(me));
    catch_up();
}

/// Somebody, with what they may: for whom else, or with what else, everything is asked for anew.
pub(crate) type Who = (String, Rights, Vec<Place>);

/// Who that is.
pub(crate) fn who(me: &Me) -> Who {
    (me.subject.clone(), me.rights.clone(), me.places.clone())
}

/// The person looks at another account or region: what they may there may be something else.
pub(crate) fn look_at(scope: &Scope) {
    HERE.with(|here| here.set(scope.clone()));
}

/// Has nobody been signed in since the page was loaded? Reactive. There is nothing to go to then, and nothing that waits.
pub(crate) fn nobody_yet() -> bool {
    current().with(|session| *session == Session::SignedOut) && LAST.with_borrow(Option::is_none)
}

/// Is nobody signed in? Not reactive.
pub(crate) fn out() -> bool {
    current().with_untracked(|session| *session == Session::SignedOut)
}

/// The backend says that nobody is signed in any more.
pub(crate) fn ended() {
    current().set(Session::SignedOut);
}

/// Signs out, and begins anew where somebody can sign in: nothing of what was looked up stays in the page.
pub(crate) fn sign_out(how: SignOut) {
    wasm_bindgen_futures::spawn_local(async move {
        match client::own(&how).await {
            Ok(_) => {
                // A page that cannot be left is left signed out.
                let _left = window().location().assign(&format!("{SIGN_IN}?out=1"));
            }
            Err(problem) => drop(super::toasts::failed(problem, None, String::new())),
        }
    });
}

/// In the demo: continues with other rights. Everything on the screen is asked for again with them.
pub(crate) async fn act_as(rights: Rights) -> Result<(), Problem> {
    let me = client::own(&ActAs { rights }).await?;
    known(me);
    Ok(())
}

/// Who is signed in, reactively; `None` while that is not known.
pub(crate) fn me() -> Option<Me> {
    current().with(|session| match session {
        Session::Known(me) => Some(me.clone()),
        Session::Asking | Session::SignedOut | Session::Failed(_) => None,
    })
}

/// What the person may where they look, reactively. While that is not known, nothing is said to be forbidden that only looks.
pub(crate) fn rights() -> Rights {
    let here = HERE.with(|here| here.get());
    me().map_or_else(viewer, |me| me.rights_in(&here.account, &here.region).clone())
}

fn throughout() -> Rights {
    me().map_or_else(viewer, |me| me.rights_throughout().clone())
}

const fn viewer() -> Rights {
    Rights { role: Some(Role::Viewer), grants: Vec::new() }
}

/// Why the person may not call this operation, for the control that would. Only a hint: the backend decides.
pub(crate) fn off<R: Call>() -> Off {
    without(R::OPERATION.permission())
}

/// The same for a route of ours.
pub(crate) fn off_route<O: Own>() -> Off {
    match O::ROUTE.access() {
        Access::Needs(permission) => without(permission),
        Access::NeedsGrant(grant) => Signal::derive(move || (!throughout().grants.contains(&grant)).then(|| grant.missing().to_owned())),
        Access::NeedsThroughout(permission) => {
            Signal::derive(move || throughout().demand(permission).err().map(|_| permission.missing_throughout().to_owned()))
        }
        Access::Anyone | Access::SignedIn => always(),
    }
}

fn without(permission: Permission) -> Off {
    Signal::derive(move || rights().demand(permission).err().map(ToOwned::to_owned))
}

/// Where an emulator plays the account; `None` for real AWS.
pub(crate) fn endpoint(account: &str) -> Option<String> {
    me()?.accounts.into_iter().find(|known| known.name == account)?.endpoint_url
}
