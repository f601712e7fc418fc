//! Who is calling: the person, what they hold at this moment, and the request they came in with.

use crate::auth::held::Held;
use crate::error::Failure;
use crate::ivs::Scope;
use crate::ivs::governor::Lane;
use crate::journal::{Actor, Decision, Intent, Journal, Kind, Visibility};
use contract::Code;
use contract::access::{Grant, Permission, Rights};
use contract::arn::Arn;
use std::net::IpAddr;

/// One request's person. Made by `auth` from the session, or by a job for whoever started it.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who, as the journal names them.
    pub actor: Actor,
    /// What they hold now, and where: rights that were taken away are gone from the next call on.
    pub held: Held,
    /// The id of the request, as in the log and in the answer.
    pub request_id: String,
    /// From where.
    pub client_ip: Option<IpAddr>,
    /// What their browser calls itself.
    pub user_agent: Option<String>,
    /// How soon they are served.
    pub lane: Lane,
}

/// So many of what somebody was denied to touch are named: a job may be about ten thousand, and whoever may do nothing must not
/// fill the journal.
const NAMED: usize = 100;

impl Caller {
    /// What they hold in a place, or, where there is none, somewhere.
    pub fn rights(&self, scope: Option<&Scope>) -> Rights {
        scope.map_or_else(|| self.held.anywhere(), |scope| self.held.at(scope))
    }

    /// The beginning of a row of the journal about something this person does.
    pub fn intent(&self, kind: Kind, operation: &str, scope: Option<&Scope>) -> Intent {
        Intent {
            kind,
            request_id: self.request_id.clone(),
            actor: Actor { rights: Some(self.rights(scope)), ..self.actor.clone() },
            client_ip: self.client_ip,
            user_agent: self.user_agent.clone(),
            operation: operation.to_owned(),
            account: scope.map(|scope| scope.account.clone()),
            region: scope.map(|scope| scope.region.clone()),
            ..Intent::default()
        }
    }

    /// Refuses them something, for want of a permission, and journals it.
    pub(crate) async fn denied(
        &self,
        journal: &Journal,
        operation: &str,
        scope: Option<&Scope>,
        permission: Permission,
        missing: &str,
        about: &[(String, Arn)],
    ) -> Failure {
        let mut event = self.intent(Kind::Authz, operation, scope);
        event.permission = Some(permission);
        event.targets = about.iter().take(NAMED).map(|(_, arn)| arn.to_string()).collect();
        let denial = Decision::Denied { code: Code::RoleForbidden, message: missing.to_owned() };
        if let Err(error) = journal.event(&event, &denial).await {
            tracing::error!(%error, "a denial could not be journaled");
        }
        Failure::refused(Code::RoleForbidden, missing)
    }

    /// What they see of the journal and of jobs: their own, and with the auditor grant everyone's.
    pub(crate) fn sees(&self) -> Visibility {
        if self.held.throughout().grants.contains(&Grant::Auditor) { Visibility::Everyone } else { self.sees_own() }
    }

    /// Only their own.
    pub(crate) fn sees_own(&self) -> Visibility {
        Visibility::Only(self.actor.subject.clone())
    }
}
