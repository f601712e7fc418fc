//! Who may what: permissions, the roles that hold them, and the grants on top.

use serde::{Deserialize, Serialize};

/// What an operation or a route of ours asks of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Permission {
    /// Look at everything but secret values.
    View,
    /// Act on what is live: stop, metadata, ads, viewers, stream keys.
    Operate,
    /// Create, change and delete resources and their tags.
    Manage,
    /// See secret values: stream keys and SRT passphrases. No role holds it; it is granted.
    Reveal,
}

impl Permission {
    /// All of them, weakest first.
    pub const ALL: [Permission; 4] = [Self::View, Self::Operate, Self::Manage, Self::Reveal];
}

/// A person's role. Each holds what the one before holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks.
    Viewer,
    /// Looks and acts on live streams.
    Operator,
    /// Looks, acts and configures.
    Admin,
}

impl Role {
    /// All of them, weakest first.
    pub const ALL: [Role; 3] = [Self::Viewer, Self::Operator, Self::Admin];

    /// As in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

/// A right that comes on top of any role. None comes with a role, not even admin's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// May see secret values.
    SecretReader,
    /// May read everyone's rows of the journal, not only their own.
    Auditor,
}

impl Grant {
    /// As in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SecretReader => "secret-reader",
            Self::Auditor => "auditor",
        }
    }
}

impl Permission {
    /// What is missing where it must be held in every account and region, in words for whoever does not hold it so.
    pub const fn missing_throughout(self) -> &'static str {
        match self {
            Self::View => "Needs a role in every account and region. Ask whoever runs this console.",
            Self::Operate => "Needs the operator role in every account and region. Ask whoever runs this console.",
            Self::Manage => "Needs the admin role in every account and region. Ask whoever runs this console.",
            Self::Reveal => "Needs the secret-reader grant in every account and region. Ask whoever runs this console.",
        }
    }
}

impl Grant {
    /// What is missing, in words, for whoever does not hold it.
    pub const fn missing(self) -> &'static str {
        match self {
            Self::SecretReader => "Needs the secret-reader grant. Ask whoever runs this console.",
            Self::Auditor => "Needs the auditor grant. Ask whoever runs this console.",
        }
    }
}

const NO_ROLE: &str = "Needs a role. Ask whoever runs this console.";

/// What a person holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// One role. `None`: nothing gives them one. They are signed in and may nothing, whatever was granted to them.
    pub role: Option<Role>,
    /// Any number of grants.
    #[serde(default)]
    pub grants: Vec<Grant>,
}

impl Rights {
    /// May this person?
    pub fn allow(&self, permission: Permission) -> bool {
        match permission {
            Permission::View => self.role.is_some(),
            Permission::Operate => self.role >= Some(Role::Operator),
            Permission::Manage => self.role >= Some(Role::Admin),
            Permission::Reveal => self.role.is_some() && self.grants.contains(&Grant::SecretReader),
        }
    }

    /// May this person? If not, what is missing, in words for them.
    ///
    /// # Errors
    /// The role or grant that would be needed.
    pub fn demand(&self, permission: Permission) -> Result<(), &'static str> {
        if self.allow(permission) {
            return Ok(());
        }
        if self.role.is_none() {
            return Err(NO_ROLE);
        }
        Err(match permission {
            Permission::View => NO_ROLE,
            Permission::Operate => "Needs the operator role. Ask whoever runs this console.",
            Permission::Manage => "Needs the admin role. Ask whoever runs this console.",
            Permission::Reveal => Grant::SecretReader.missing(),
        })
    }
}
