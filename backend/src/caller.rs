//! Who is calling: the person, what they hold at this moment, and the request they came in with.

use crate::ivs::Scope;
use crate::ivs::governor::Lane;
use crate::journal::{Actor, Intent, Kind};
use contract::access::Rights;
use std::net::IpAddr;

/// One request's person. Made by `auth` from the session, or by a job for whoever started it.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who, as the journal names them.
    pub actor: Actor,
    /// What they hold now: rights that were taken away are gone from the next call on.
    pub rights: Rights,
    /// The id of the request, as in the log and in the answer.
    pub request_id: String,
    /// From where.
    pub client_ip: Option<IpAddr>,
    /// What their browser calls itself.
    pub user_agent: Option<String>,
    /// How soon they are served.
    pub lane: Lane,
}

impl Caller {
    /// The beginning of a row of the journal about something this person does.
    pub fn intent(&self, kind: Kind, operation: &str, scope: Option<&Scope>) -> Intent {
        Intent {
            kind,
            request_id: self.request_id.clone(),
            actor: Actor { rights: Some(self.rights.clone()), ..self.actor.clone() },
            client_ip: self.client_ip,
            user_agent: self.user_agent.clone(),
            operation: operation.to_owned(),
            account: scope.map(|scope| scope.account.clone()),
            region: scope.map(|scope| scope.region.clone()),
            ..Intent::default()
        }
    }
}
