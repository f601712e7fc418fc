//! What a request can reach.

use crate::auth::Auth;
use crate::aws::Expiry;
use crate::ivs::Ivs;
use crate::jobs::{Calls, Jobs};
use crate::journal::Journal;
use crate::setup::Check;
use contract::session::Account;
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

/// Everything a route works with. Cheap to clone.
#[derive(Clone, Debug)]
pub struct State(Arc<Parts>);

/// What it is made of.
#[derive(Debug)]
pub struct Parts {
    /// Who is asking.
    pub auth: Arc<Auth>,
    /// Calling IVS.
    pub ivs: Ivs,
    /// What was asked, and how it ended.
    pub journal: Journal,
    /// What takes more than one call.
    pub jobs: Jobs<Calls>,
    /// What the account check looks at and found.
    pub check: Check,
    /// When the credentials of each account end.
    pub credentials: Vec<Expiry>,
    /// When the process started.
    pub started: Timestamp,
    /// Is an emulator behind it?
    pub demo: bool,
    /// The accounts of the configuration, their ids once known.
    pub accounts: Mutex<Vec<Account>>,
}

impl State {
    /// Puts it together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The accounts as the browser sees them.
    pub fn accounts(&self) -> Vec<Account> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The account check found out whose credentials they are.
    pub fn name_account(&self, name: &str, id: &str) {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        for account in accounts.iter_mut().filter(|account| account.name == name) {
            account.id = Some(id.to_owned());
        }
    }
}

impl std::ops::Deref for State {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
