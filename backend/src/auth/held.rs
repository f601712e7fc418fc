//! What somebody holds, and where.

use crate::ivs::Scope;
use contract::access::{Grant, Rights, Role};
use serde::{Deserialize, Serialize};

/// Everything that the rules give somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Held(Vec<Given>);

/// What one rule gives, and where it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The role.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The grants.
    #[serde(rename = "g", default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    /// The accounts; everywhere, if there are none.
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
    /// The regions; everywhere, if there are none.
    #[serde(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
}

impl Given {
    const fn is_everywhere(&self) -> bool {
        self.accounts.is_empty() && self.regions.is_empty()
    }

    fn holds_in(&self, scope: &Scope) -> bool {
        let among = |all: &[String], one: &String| all.is_empty() || all.contains(one);
        among(&self.accounts, &scope.account) && among(&self.regions, &scope.region)
    }
}

impl Held {
    /// These rights wherever the console reaches.
    pub fn everywhere(rights: Rights) -> Self {
        Self(vec![Given { role: rights.role, grants: rights.grants, accounts: Vec::new(), regions: Vec::new() }])
    }

    /// What all of these give together. What two give alike is kept once: a person may be in a hundred groups.
    pub fn of(given: impl IntoIterator<Item = Given>) -> Self {
        let mut all = Vec::new();
        given.into_iter().for_each(|one| {
            if !all.contains(&one) {
                all.push(one)
            }
        });
        Self(all)
    }

    /// There: the strongest of the roles and all of the grants that hold in the place.
    pub fn at(&self, scope: &Scope) -> Rights {
        together(self.0.iter().filter(|given| given.holds_in(scope)))
    }

    /// Somewhere: for what is of no place, such as the list of jobs. What is in it is judged by its own place.
    pub fn anywhere(&self) -> Rights {
        together(&self.0)
    }

    /// Everywhere: what the rules that name no place give. For what is about the console itself.
    pub fn throughout(&self) -> Rights {
        together(self.0.iter().filter(|given| given.is_everywhere()))
    }

    /// Is it the same wherever one looks?
    pub fn is_everywhere(&self) -> bool {
        self.0.iter().all(Given::is_everywhere)
    }
}

fn together<'a>(given: impl IntoIterator<Item = &'a Given>) -> Rights {
    let mut rights = Rights { role: None, grants: Vec::new() };
    for one in given {
        rights.role = rights.role.max(one.role);
        rights.grants.extend(&one.grants);
    }
    rights.grants.sort_unstable();
    rights.grants.dedup();
    rights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(role: Option<Role>, grants: &[Grant], accounts: &[&str], regions: &[&str]) -> Given {
        let words = |all: &[&str]| all.iter().map(ToString::to_string).collect();
        Given { role, grants: grants.to_vec(), accounts: words(accounts), regions: words(regions) }
    }

    fn at(held: &Held, account: &str, region: &str) -> Rights {
        held.at(&Scope { account: account.to_owned(), region: region.to_owned() })
    }

    #[test]
    fn each_rule_holds_where_it_says_and_the_strongest_role_counts() {
        let held = Held::of([
            given(Some(Role::Viewer), &[], &[], &[]),
            given(Some(Role::Admin), &[], &["test"], &[]),
            given(Some(Role::Operator), &[Grant::SecretReader], &["main"], &["eu-west-1"]),
            given(None, &[Grant::Auditor], &["nowhere"], &[]),
        ]);
        assert_eq!(at(&held, "main", "eu-west-1"), Rights { role: Some(Role::Operator), grants: vec![Grant::SecretReader] });
        assert_eq!(at(&held, "main", "us-west-2"), Rights { role: Some(Role::Viewer), grants: vec![] });
        assert_eq!(at(&held, "test", "us-west-2"), Rights { role: Some(Role::Admin), grants: vec![] });
        assert_eq!(held.anywhere(), Rights { role: Some(Role::Admin), grants: vec![Grant::SecretReader, Grant::Auditor] });
        assert_eq!(held.throughout(), Rights { role: Some(Role::Viewer), grants: vec![] });
        assert!(!held.is_everywhere());
    }

    #[test]
    fn without_a_place_it_holds_everywhere_and_without_anything_nowhere() {
        let admin = Rights { role: Some(Role::Admin), grants: vec![Grant::Auditor] };
        assert_eq!(at(&Held::everywhere(admin.clone()), "any", "any"), admin);
        assert_eq!(at(&Held::default(), "any", "any"), Rights { role: None, grants: vec![] });
    }

    #[test]
    fn a_thousand_groups_that_give_the_same_weigh_no_more_than_one() {
        let one = given(Some(Role::Viewer), &[Grant::Auditor], &["main"], &[]);
        assert_eq!(Held::of(vec![one.clone(); 1000]), Held::of([one]));
    }
}
