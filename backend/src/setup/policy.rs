//! The IAM policies that the console needs, from the table of operations: one to paste for what is missing
//! (`tally check`, the Set-up page), and one for each role (`docs/iam-policies.md`). IVS's actions are named as its
//! operations are.

use contract::access::{Rights, Role};
use contract::{Effect, Operation};
use std::collections::BTreeSet;

/// Asked by the account check. AWS answers it to anyone, also where no policy allows it.
const WHO: &str = "sts:GetCallerIdentity";
/// A create that carries tags needs it beside its own action; the console's carry the operation tag.
const TAG: Operation = Operation::TagResource;

/// The actions that these operations take.
pub fn actions(operations: impl IntoIterator<Item = Operation>) -> BTreeSet<String> {
    let operations: BTreeSet<Operation> = operations.into_iter().collect();
    let creates = operations.iter().any(|operation| operation.effect() == Effect::Creates);
    operations.into_iter().chain(creates.then_some(TAG)).map(|operation| format!("ivs:{operation}")).collect()
}

/// The actions of a console in which nobody has a higher role.
pub fn of_role(role: Role) -> BTreeSet<String> {
    let rights = Rights { role: Some(role), grants: Vec::new() };
    let mut actions = actions(Operation::ALL.iter().copied().filter(|operation| rights.allow(operation.permission())));
    actions.insert(WHO.to_owned());
    actions
}

/// A policy that allows these actions everywhere, as JSON to paste.
pub fn allowing(actions: &BTreeSet<String>) -> String {
    // Written by hand: `serde_json` would put the members in the order of the alphabet, which no page of AWS does.
    let actions: Vec<String> = actions.iter().map(|action| format!("        \"{action}\"")).collect();
    format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Effect\": \"Allow\",\n      \"Action\": [\n{}\n      ],\n      \"Resource\": \"*\"\n    }}\n  ]\n}}",
        actions.join(",\n")
    )
}
