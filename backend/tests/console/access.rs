//! The permission matrix: every operation and every route of ours, for everybody. What each role may is written here a
//! second time, by hand, so that a slip in the table turns it red.

use crate::support::{Console, REGIONS};
use contract::access::{Grant, Role};
use contract::own::Route;
use contract::{Effect, Operation};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What operators may beside looking. Everything else that changes something is the admins'.
const OPERATE: [&str; 7] = [
    "BatchStartViewerSessionRevocation",
    "CreateStreamKey",
    "DeleteStreamKey",
    "InsertAdBreak",
    "PutMetadata",
    "StartViewerSessionRevocation",
    "StopStream",
];

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Anonymous,
    /// A cookie that is nobody's.
    Stranger,
    /// Signed in, without a role. A grant alone gives nothing.
    NoMatch,
    Viewer,
    Operator,
    Admin,
    AdminSecretReader,
}

const EVERYBODY: [Who; 7] = [Who::Anonymous, Who::Stranger, Who::NoMatch, Who::Viewer, Who::Operator, Who::Admin, Who::AdminSecretReader];

impl Who {
    async fn become_on(self, console: &Console) -> Option<Console> {
        match self {
            Self::Anonymous => return Some(console.with_cookie(None)),
            Self::Stranger => return Some(console.with_cookie(Some("tally_4500=0123456789abcdef"))),
            Self::NoMatch => console.act_as(None, &[Grant::SecretReader, Grant::Auditor]).await,
            Self::Viewer => console.act_as(Role::Viewer, &[]).await,
            Self::Operator => console.act_as(Role::Operator, &[]).await,
            Self::Admin => console.act_as(Role::Admin, &[]).await,
            Self::AdminSecretReader => console.act_as(Role::Admin, &[Grant::SecretReader]).await,
        }
        None
    }

    fn may_call(self, operation: Operation) -> bool {
        match self {
            Self::Anonymous | Self::Stranger | Self::NoMatch => false,
            Self::Viewer => operation.reads(),
            Self::Operator => operation.reads() || OPERATE.contains(&operation.name()),
            Self::Admin | Self::AdminSecretReader => true,
        }
    }

    fn may_use(self, route: Route) -> bool {
        match route {
            Route::SignIn | Route::GetSignIn => true,
            Route::Me | Route::ActAs | Route::SignOut | Route::ListSessions | Route::EndSession => self >= Self::NoMatch,
            Route::GetSetup | Route::ListJobs | Route::GetJob | Route::ListJournal | Route::GetJournalEntry => self >= Self::Viewer,
            // Nobody of these holds the auditor grant with a role.
            Route::VerifyJournal => false,
            Route::ListAllSessions | Route::EndSessionsOf => self >= Self::Admin,
            Route::StartJob | Route::CancelJob | Route::RetryJob => self >= Self::Operator,
            Route::RevealStreamKey | Route::RevealStreamKeys | Route::RevealPassphrase => self == Self::AdminSecretReader,
        }
    }
}

fn refused(code: &str) -> bool {
    code == "RoleForbidden" || code == "SignInRequired"
}

#[tokio::test]
async fn every_operation_and_route_for_everybody() {
    let console = Console::start().await;
    let mut tried = 0;
    for (who, region) in EVERYBODY.into_iter().zip(REGIONS) {
        let other = who.become_on(&console).await;
        let as_them = other.as_ref().unwrap_or(&console);
        for operation in Operation::ALL {
            // Refused for its limits where it is allowed: who may not do it learns nothing of how it is done.
            let answer = as_them.call(region, operation.name(), json!({ "none": "of these" })).await;
            assert_eq!(!refused(&answer.code()), who.may_call(*operation), "{who:?} {operation}: {answer:?}");
            tried += 1;
        }
        for route in Route::ALL {
            let body = if *route == Route::ActAs { json!({ "rights": "none" }) } else { Value::Null };
            let answer = as_them.post(route.path(), &body).await;
            assert_eq!(!refused(&answer.code()), who.may_use(*route), "{who:?} {route:?}: {answer:?}");
            tried += 1;
        }
    }
    println!("{tried} pairs tried");
    assert_eq!(tried, EVERYBODY.len() * (Operation::ALL.len() + Route::ALL.len()));
    assert!(console.emulator.commits().keys().all(|operation| operation.reads()), "{:?}", console.emulator.commits());
}

#[tokio::test]
async fn a_denial_is_journaled_and_nothing_is_sent() {
    let console = Console::start().await;
    let (channel, _) = console.channel("eu-west-1", "kept").await;
    console.act_as(Role::Viewer, &[]).await;
    assert_eq!(console.call("eu-west-1", "DeleteChannel", json!({ "arn": channel })).await.code(), "RoleForbidden");
    assert_eq!(console.emulator.calls().get(&Operation::DeleteChannel), None);
    let journal = console.post("/api/journal", &json!({})).await.json();
    let denial = &journal["entries"][0];
    assert_eq!(
        (denial["kind"].as_str(), denial["operation"].as_str(), denial["code"].as_str()),
        (Some("authz"), Some("DeleteChannel"), Some("RoleForbidden"))
    );
    assert_eq!(denial["targets"], json!([channel]), "{denial}");
}

#[tokio::test]
async fn another_account_or_region_is_not_there() {
    let console = Console::start().await;
    let paths = ["/api/ivs/other/eu-west-1/ListChannels", "/api/ivs/demo/eu-west-9/ListChannels", "/api/ivs/%ff/eu-west-1/ListChannels"];
    for path in paths {
        assert_eq!(console.post(path, &json!({ "request": {} })).await.code(), "NotFound", "{path}");
    }
}

#[test]
fn the_table_names_what_operators_may() {
    let table: BTreeSet<&str> = Operation::ALL
        .iter()
        .filter(|operation| operation.permission() == contract::access::Permission::Operate)
        .map(|operation| operation.name())
        .collect();
    assert_eq!(table, BTreeSet::from(OPERATE));
    for operation in Operation::ALL {
        let looks = operation.permission() == contract::access::Permission::View;
        assert_eq!(looks, operation.effect() == Effect::Reads, "{operation}");
    }
}
