//! What the metrics say of signing in.

use super::{Auth, Way};
use crate::metrics::instruments::Counts;
use crate::metrics::page::Page;
use crate::metrics::table;
use contract::session::SignInProblem;

/// Somebody is in.
pub(crate) const OK: &str = "ok";
/// A launch token that is not the one.
pub(crate) const TOKEN: &str = "token";

/// The counters, one for each way in which a sign-in may end.
pub(super) fn sign_ins() -> Counts<1> {
    let problems = SignInProblem::ALL.iter().map(|problem| problem.as_str());
    Counts::from_zero([OK, TOKEN].into_iter().chain(problems).map(|outcome| [outcome]))
}

impl Auth {
    /// A sign-in ended so.
    pub(crate) fn signed_in(&self, outcome: &'static str) {
        self.sign_ins.count([outcome]);
    }

    pub(crate) async fn measure(&self, page: &mut Page) {
        page.counts(table::SIGN_INS, &self.sign_ins);
        let sessions = match &self.way {
            Way::Launch(launch) => Ok(launch.sessions()),
            Way::Oidc(oidc) => oidc.sessions.count().await,
            Way::ProxyHeader(proxy) => proxy.proxied.people.count().await,
            Way::ProxyJwt(proxy) => proxy.proxied.people.count().await,
        };
        match sessions {
            Ok(sessions) => page.one(table::SESSIONS, sessions),
            Err(error) => tracing::warn!(%error, "the sessions could not be counted"),
        }
        let keys = match &self.way {
            Way::Launch(_) | Way::ProxyHeader(_) => return,
            Way::Oidc(oidc) => oidc.keys_age(),
            Way::ProxyJwt(proxy) => proxy.keys_age(),
        };
        page.known(table::PROVIDER_KEYS_AGE, keys.map(|age| age.as_secs()));
    }
}
