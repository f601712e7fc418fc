//! `docs/permissions.md`: who may what, for every operation of IVS and every route of the console's own.

use contract::access::{Grant, Rights, Role};
use contract::own::{Access, Route};
use contract::{Effect, Operation};

const INTRODUCTION: &str = "# Permissions

<!-- Written by `cargo test -p backend --test documents` from the two tables, with TALLY_BLESS=1 in the environment. -->

Roles are viewer, operator and admin; each holds what the one before holds. `secret-reader` and `auditor` are granted on top of any role: no role holds them, not even
admin, and without a role they are worth nothing. Who is signed in and has no role may only ask who they are. What one may not do is there, but off, and says what it needs.

What stands in neither table cannot be reached. `backend/tests/console/access.rs` tries every line for everybody.
";

/// Who the columns are.
static PEOPLE: [(&str, Option<Rights>); 6] = [
    ("anonymous", None),
    ("no role", Some(Rights { role: None, grants: Vec::new() })),
    ("viewer", Some(Rights { role: Some(Role::Viewer), grants: Vec::new() })),
    ("operator", Some(Rights { role: Some(Role::Operator), grants: Vec::new() })),
    ("admin", Some(Rights { role: Some(Role::Admin), grants: Vec::new() })),
    ("secret-reader adds", None),
];

/// A column for everybody; the last is whoever holds a role and the grant, and has a tick where that alone is new.
fn ticks(access: Access) -> String {
    let secret_reader = Rights { role: Some(Role::Viewer), grants: vec![Grant::SecretReader] };
    let may = |rights: Option<&Rights>| if access.allows(rights.map(|rights| (rights, rights))) { "✓" } else { "" };
    let mut cells: Vec<&str> = PEOPLE[..5].iter().map(|(_, rights)| may(rights.as_ref())).collect();
    let viewer = PEOPLE[2].1.as_ref();
    cells.push(if may(viewer) == "✓" { "" } else { may(Some(&secret_reader)) });
    cells.join(" | ")
}

fn head(page: &mut String, columns: &[&str]) {
    let names: Vec<&str> = columns.iter().copied().chain(PEOPLE.iter().map(|(name, _)| *name)).collect();
    page.push_str(&format!("| {} |\n|{}\n", names.join(" | "), "---|".repeat(names.len())));
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Reads => "reads",
        Effect::Creates => "creates",
        Effect::Changes => "changes",
        Effect::Destroys => "destroys",
    }
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Operations of IVS\n\n`*`: its reply carries a secret value, which is taken out of it for everyone.\n\n");
    head(&mut page, &["Operation", "Effect", "Permission"]);
    for operation in Operation::ALL {
        let permission = operation.permission();
        let star = if operation.secret() { " \\*" } else { "" };
        let row =
            format!("| {operation}{star} | {} | {permission:?} | {} |\n", effect(operation.effect()), ticks(Access::Needs(permission)));
        page.push_str(&row);
    }
    page.push_str("\n## Routes of the console's own\n\nA job also asks, before each of its steps, for the permission of that step's operation. With `auditor`, ListJournal, ListJobs and GetJob show everyone's.\n\n");
    head(&mut page, &["Route", "Path", "Permission"]);
    for route in Route::ALL {
        let needs = match route.access() {
            Access::Anyone => "none".to_owned(),
            Access::SignedIn => "signed in".to_owned(),
            Access::Needs(permission) => format!("{permission:?}"),
            Access::NeedsGrant(grant) => format!("any role, with {}, in every account and region", grant.as_str()),
            Access::NeedsThroughout(permission) => format!("{permission:?}, in every account and region"),
        };
        page.push_str(&format!("| {} | `{}` | {needs} | {} |\n", route.name(), route.path(), ticks(route.access())));
    }
    page
}

#[test]
fn the_page_is_written_from_the_tables() {
    super::compare("permissions.md", &page());
}

#[test]
fn no_line_is_missing_and_ticks_mean_what_they_say() {
    let page = page();
    let line = |name: &str| page.lines().find(|line| line.starts_with(&format!("| {name}"))).unwrap_or_else(|| panic!("no line of {name}"));
    assert!(Operation::ALL.iter().all(|operation| line(operation.name()).contains('✓')));
    // By hand, one of each kind.
    assert!(line("ListChannels ").ends_with("|  |  | ✓ | ✓ | ✓ |  |"), "{}", line("ListChannels "));
    assert!(line("StopStream ").ends_with("|  |  |  | ✓ | ✓ |  |"));
    assert!(line("DeleteChannel ").ends_with("|  |  |  |  | ✓ |  |"));
    assert!(line("RevealStreamKey ").ends_with("|  |  |  |  |  | ✓ |"), "{}", line("RevealStreamKey "));
    assert!(line("Me ").ends_with("|  | ✓ | ✓ | ✓ | ✓ |  |"));
    assert!(line("SignIn ").ends_with("| ✓ | ✓ | ✓ | ✓ | ✓ |  |"));
}
