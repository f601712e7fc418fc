//! From what a provider says of somebody to what they hold. Exact: no pattern, no part of a word, and a value of another type
//! than the rule's is no value at all.

use super::held::{Given, Held};
use crate::config::auth::Rule;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// What is said of somebody, by name.
pub(super) type Claims = Map<String, Value>;

/// The rules of the configuration.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    all: Vec<Rule>,
    hash: [u8; 32],
}

/// Why nobody gets in with these claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nothing {
    /// No rule fits.
    NoRule,
    /// The provider says that there are groups, but not which: too many for the token.
    GroupsLeftOut,
}

impl Rules {
    /// `under`: what else sessions are made under, such as who vouches for people.
    pub(super) fn new(all: &[Rule], under: &[&str]) -> Self {
        let written = serde_json::to_vec(&(all, under)).unwrap_or_default();
        Self { all: all.to_vec(), hash: Sha256::digest(written).into() }
    }

    /// Tells rules apart, and who vouches, and which accounts there are: whoever signed in under others signs in again.
    pub(super) const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// The claims that rules ask for and that are not among these, each once.
    pub(super) fn absent(&self, claims: &Claims) -> Vec<&str> {
        let mut absent: Vec<&str> = self.all.iter().filter(|rule| said(rule, claims).is_none()).map(|rule| &*rule.claim).collect();
        absent.sort_unstable();
        absent.dedup();
        absent
    }

    /// What somebody with these claims holds. A grant without any role lets nobody in.
    pub(super) fn judge(&self, claims: &Claims) -> Result<Held, Nothing> {
        let fitting = self.all.iter().filter(|rule| fits(rule, claims));
        let held = Held::of(fitting.map(|rule| Given {
            role: rule.role,
            grants: rule.grants.clone(),
            accounts: rule.accounts.clone(),
            regions: rule.regions.clone(),
        }));
        match (held.anywhere().role, left_out(claims)) {
            (Some(_), _) => Ok(held),
            (None, true) => Err(Nothing::GroupsLeftOut),
            (None, false) => Err(Nothing::NoRule),
        }
    }
}

/// What is said under a rule's claim.
fn said<'a>(rule: &Rule, claims: &'a Claims) -> Option<&'a Value> {
    match rule.claim.strip_prefix('/') {
        None => claims.get(&rule.claim),
        Some(path) => inside(path, claims),
    }
}

fn fits(rule: &Rule, claims: &Claims) -> bool {
    // An address that anybody may have typed into their own profile names nobody.
    let verified = rule.claim.trim_start_matches('/') != "email" || claims.get("email_verified") == Some(&Value::Bool(true));
    let equal = |value: &Value| value.as_str() == Some(&rule.equals);
    verified && said(rule, claims).is_some_and(|said| equal(said) || said.as_array().is_some_and(|all| all.iter().any(equal)))
}

/// What a JSON pointer, its first slash taken off, points to.
fn inside<'a>(path: &str, claims: &'a Claims) -> Option<&'a Value> {
    let unescaped = |name: &str| name.replace("~1", "/").replace("~0", "~");
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let value = claims.get(&unescaped(first))?;
    rest.map_or(Some(value), |rest| value.pointer(&format!("/{rest}")))
}

/// Microsoft's "groups overage": instead of the groups, where they could be asked for.
fn left_out(claims: &Claims) -> bool {
    let named = claims.get("_claim_names").and_then(Value::as_object).is_some_and(|names| names.contains_key("groups"));
    !claims.contains_key("groups") && (named || claims.get("hasgroups") == Some(&Value::Bool(true)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::access::{Grant, Role};
    use serde_json::json;

    fn rule(claim: &str, equals: &str, role: Option<Role>, grants: &[Grant]) -> Rule {
        let (claim, equals, grants) = (claim.to_owned(), equals.to_owned(), grants.to_vec());
        Rule { claim, equals, role, grants, accounts: Vec::new(), regions: Vec::new() }
    }

    fn judged(rules: &[Rule], claims: &Value) -> Result<Option<Role>, Nothing> {
        let claims = claims.as_object().cloned().unwrap_or_default();
        Rules::new(rules, &[]).judge(&claims).map(|held| held.anywhere().role)
    }

    #[test]
    fn what_rules_ask_for_and_did_not_come_is_named() {
        let rules =
            [("groups", "a"), ("groups", "b"), ("/realm/roles", "c"), ("user", "d")].map(|(claim, equals)| rule(claim, equals, None, &[]));
        let claims = json!({"realm": {"roles": []}, "user": 7, "name": "Ann"}).as_object().cloned().unwrap_or_default();
        assert_eq!(Rules::new(&rules, &[]).absent(&claims), ["groups"]);
    }

    #[test]
    fn a_claim_counts_as_text_or_in_a_list_of_text_and_as_nothing_else() {
        let rules = [rule("groups", "ops", Some(Role::Operator), &[])];
        for fitting in [json!({"groups": "ops"}), json!({"groups": ["ops"]}), json!({"groups": ["a", 7, null, "ops"]})] {
            assert_eq!(judged(&rules, &fitting), Ok(Some(Role::Operator)), "{fitting}");
        }
        for other in [
            json!({}),
            json!({"groups": "ops, admins"}),
            json!({"groups": "OPS"}),
            json!({"groups": " ops"}),
            json!({"groups": "devops"}),
            json!({"groups": ["ops2", "o", "ops "]}),
            json!({"groups": [["ops"]]}),
            json!({"groups": {"ops": true}}),
            json!({"groups": {"0": "ops"}}),
            json!({"groups": true}),
            json!({"groups": null}),
            json!({"Groups": ["ops"]}),
            json!({"groups ": ["ops"]}),
            json!({"nested": {"groups": ["ops"]}}),
        ] {
            assert_eq!(judged(&rules, &other), Err(Nothing::NoRule), "{other}");
        }
    }

    #[test]
    fn a_number_is_not_the_text_of_it() {
        assert_eq!(judged(&[rule("level", "7", Some(Role::Admin), &[])], &json!({"level": 7})), Err(Nothing::NoRule));
        assert_eq!(judged(&[rule("admin", "true", Some(Role::Admin), &[])], &json!({"admin": true})), Err(Nothing::NoRule));
    }

    #[test]
    fn a_claim_inside_another_is_pointed_to() {
        let keycloak = json!({"realm_access": {"roles": ["ivs"]}, "https://x/roles": ["ivs"], "a/b": "ivs"});
        for pointer in ["/realm_access/roles", "https://x/roles", "/a~1b"] {
            assert!(judged(&[rule(pointer, "ivs", Some(Role::Viewer), &[])], &keycloak).is_ok(), "{pointer}");
        }
        for pointer in ["/realm_access", "/realm_access/roles/x", "/", "realm_access.roles"] {
            assert!(judged(&[rule(pointer, "ivs", Some(Role::Viewer), &[])], &keycloak).is_err(), "{pointer}");
        }
    }

    #[test]
    fn an_address_counts_once_the_provider_has_verified_it() {
        let rules = [rule("email", "ann@example.com", Some(Role::Admin), &[])];
        assert!(judged(&rules, &json!({"email": "ann@example.com", "email_verified": true})).is_ok());
        for unverified in [json!(null), json!(false), json!("true"), json!(1)] {
            assert!(judged(&rules, &json!({"email": "ann@example.com", "email_verified": unverified})).is_err(), "{unverified}");
        }
        assert!(judged(&rules, &json!({"email": "ann@example.com"})).is_err());
        let pointed = [rule("/email", "ann@example.com", Some(Role::Admin), &[])];
        assert!(judged(&pointed, &json!({"email": "ann@example.com"})).is_err());
    }

    #[test]
    fn a_grant_alone_lets_nobody_in() {
        let rules = [rule("groups", "readers", None, &[Grant::SecretReader]), rule("groups", "ops", Some(Role::Viewer), &[])];
        assert_eq!(judged(&rules, &json!({"groups": ["readers"]})), Err(Nothing::NoRule));
        assert_eq!(judged(&rules, &json!({"groups": ["readers", "ops"]})), Ok(Some(Role::Viewer)));
    }

    #[test]
    fn groups_that_were_left_out_of_the_token_are_called_so() {
        let rules = [rule("groups", "ops", Some(Role::Operator), &[])];
        assert_eq!(judged(&rules, &json!({"_claim_names": {"groups": "src1"}})), Err(Nothing::GroupsLeftOut));
        assert_eq!(judged(&rules, &json!({"hasgroups": true})), Err(Nothing::GroupsLeftOut));
        assert_eq!(judged(&rules, &json!({"hasgroups": true, "groups": []})), Err(Nothing::NoRule));
    }

    #[test]
    fn other_rules_have_another_hash() {
        let one = rule("groups", "ops", Some(Role::Operator), &[]);
        let other = Rule { role: Some(Role::Viewer), ..one.clone() };
        assert_eq!(Rules::new(std::slice::from_ref(&one), &[]).hash(), Rules::new(std::slice::from_ref(&one), &[]).hash());
        assert_ne!(Rules::new(std::slice::from_ref(&one), &[]).hash(), Rules::new(&[other], &[]).hash());
        assert_ne!(Rules::new(std::slice::from_ref(&one), &["a"]).hash(), Rules::new(std::slice::from_ref(&one), &["b"]).hash());
    }
}
