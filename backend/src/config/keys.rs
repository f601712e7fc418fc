//! The one table of configuration: every key with its meaning, unit and default. The loader, the flags, `tally config
//! print` and `docs/configuration.md` are made from it.

/// A key of the file, `TALLY_…` in the environment, `--…` among the flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As in the file, a table and its member joined by a dot.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// As TOML; empty where there is none, and the key may be left out.
    pub default: &'static str,
    /// What it does, and what it is good for.
    pub meaning: &'static str,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text of any form.
    Text,
    /// An IP address and a port.
    Address,
    /// A path.
    Path,
    /// `true` or `false`.
    Flag,
    /// Whole seconds, at least 1.
    Seconds,
    /// Whole days, at least 1.
    Days,
    /// A list of text; with commas in the environment and among the flags.
    List,
    /// The same, and not an empty one: what is left out means something else.
    SomeText,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of these words; with commas in the environment and among the flags.
    SomeOf(&'static [&'static str]),
    /// `[[accounts]]` and the like; in the environment and among the flags an array of inline tables.
    Tables(&'static Tables),
}

/// What the tables of a list of tables are.
#[derive(Debug, PartialEq, Eq)]
pub struct Tables {
    /// One of them, with its article.
    pub one: &'static str,
    /// All of them.
    pub all: &'static str,
    /// Their members.
    pub keys: &'static [Key],
    /// Those that none may be without.
    pub required: &'static [&'static str],
    /// How to write one.
    pub example: &'static str,
}

/// The AWS accounts.
pub const ACCOUNTS: Tables = Tables {
    one: "an account",
    all: "accounts",
    keys: ACCOUNT_KEYS,
    required: &["name", "regions"],
    example: "[{ name = \"main\", regions = [\"eu-west-1\"] }]",
};

/// Who may what.
pub const RULES: Tables = Tables {
    one: "a rule",
    all: "rules",
    keys: RULE_KEYS,
    required: &["claim", "equals"],
    example: "[{ claim = \"groups\", equals = \"ivs-operators\", role = \"operator\" }]",
};

const fn key(name: &'static str, kind: Kind, default: &'static str, meaning: &'static str) -> Key {
    Key { name, kind, default, meaning }
}

const MODES: &[&str] = &["none", "oidc", "proxy-header", "proxy-jwt"];
const PROXIES: &[&str] = &["alb", "cloudflare-access", "pomerium", "oauth2-proxy", "generic"];
const ALGORITHMS: &[&str] = &["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"];
const ROLES: &[&str] = &["viewer", "operator", "admin"];
const GRANTS: &[&str] = &["secret-reader", "auditor"];

/// All of them.
pub const KEYS: &[Key] = &[
    key(
        "listen",
        Kind::Address,
        "\"127.0.0.1:4500\"",
        "Where to accept connections. Without sign-in (`auth.mode` is `none`) it must be loopback: whoever reaches the console is the one person it knows.",
    ),
    key(
        "allowed_hosts",
        Kind::List,
        "[]",
        "Names, each with a port or without, that the console is reached by beside localhost, 127.0.0.1 and [::1]. Requests to any other `Host` are refused.",
    ),
    key(
        "public_url",
        Kind::Text,
        "",
        "What people open, without a path: `https://tally.example.com`. Required wherever people sign in; no header of a request is believed instead.",
    ),
    key(
        "tls_cert_file",
        Kind::Path,
        "",
        "The console's certificate with its chain, as PEM, where it does TLS itself. Read again when it changes. Without it, a proxy does TLS.",
    ),
    key("tls_key_file", Kind::Path, "", "The certificate's private key, as PEM, readable by its owner alone. Read again when it changes."),
    key(
        "metrics_listen",
        Kind::Address,
        "",
        "Where Prometheus may read the metrics, at `/metrics`; without it there are none. An address of its own, loopback or of a private network: whoever reaches it is asked nothing.",
    ),
    key(
        "danger_public_metrics",
        Kind::Flag,
        "false",
        "Allows `metrics_listen` to be an address that anybody may reach: whoever does sees how much the console is used, when, and what fails in it.",
    ),
    key(
        "data_dir",
        Kind::Path,
        "\"tally-data\"",
        "The folder of the journal. Made if it is not there; must be writable, since without the journal nothing is changed and no secret shown.",
    ),
    key(
        "journal.postgres_url_file",
        Kind::Path,
        "",
        "The file with the URL of a PostgreSQL database, for its owner alone: the journal stands there, and several consoles may share it. `postgres://USER:PASSWORD@HOST/DATABASE?sslmode=verify-full`, with `&sslrootcert=FILE` for authorities of your own. Without it, the journal is a file in `data_dir`, for one console.",
    ),
    key(
        "journal.key_file",
        Kind::Path,
        "",
        "The private key of Ed25519, as PEM, that the journal's checkpoints are signed with; public keys of earlier ones may follow. Without it there are no checkpoints.",
    ),
    key(
        "journal.keep_days",
        Kind::Days,
        "",
        "Rows older than this are let go, with a signed row that says so. At least 30; needs `journal.key_file`. Without it, all are kept.",
    ),
    key("single_user_role", Kind::OneOf(ROLES), "\"viewer\"", "The role of whoever opens the console with the launch token."),
    key(
        "single_user_grants",
        Kind::SomeOf(GRANTS),
        "[]",
        "Their grants: `secret-reader` sees stream keys and SRT passphrases, `auditor` everyone's rows of the journal.",
    ),
    key(
        "danger_single_user",
        Kind::Flag,
        "false",
        "Allows real AWS although nobody signs in with a name: everything is done by one local person, and the journal can name no other.",
    ),
    key(
        "operation_tag",
        Kind::Flag,
        "true",
        "Creates carry the tag `tally:op`, by which a create whose answer was lost is found again. Without it, such a create shows its candidates.",
    ),
    key(
        "auth.mode",
        Kind::OneOf(MODES),
        "\"none\"",
        "How people sign in. `none`: with the launch token that is printed at start, as the one person there is. `oidc`: at an OpenID provider. `proxy-header`: at a proxy, which says in headers who it is. `proxy-jwt`: at a proxy, which signs who it is.",
    ),
    key("auth.session_idle", Kind::Seconds, "1800", "Not used for so long, a session ends."),
    key("auth.session_absolute", Kind::Seconds, "28800", "So long after the sign-in a session ends, however much it is used."),
    key(
        "auth.session_keys_file",
        Kind::Path,
        "",
        "The keys that session cookies are sealed with: 64 hexadecimal digits a line, the first seals, all open. Without it, the console makes one in `data_dir`.",
    ),
    key(
        "auth.rules",
        Kind::Tables(&RULES),
        "[]",
        "Who may what, by what the provider says of them. Each rule that fits adds its role and grants; whom none fits does not get in.",
    ),
    key("oidc.issuer", Kind::Text, "", "The provider, as its tokens name it: `https://login.example.com/realms/main`."),
    key("oidc.client_id", Kind::Text, "", "The console's name at the provider."),
    key("oidc.client_secret_file", Kind::Path, "", "The file of the client secret, readable by its owner alone."),
    key(
        "oidc.scopes",
        Kind::List,
        "[\"openid\", \"profile\", \"email\"]",
        "What is asked of the provider. Some need `groups` to tell of groups.",
    ),
    key(
        "oidc.userinfo",
        Kind::Flag,
        "false",
        "Asks the provider's userinfo endpoint too, and believes it beside the ID token: for providers that keep groups out of the token.",
    ),
    key("oidc.name_claim", Kind::Text, "\"name\"", "The claim that says what to call somebody. A name gives no right."),
    key("oidc.provider_name", Kind::Text, "\"single sign-on\"", "What people call the provider; it stands on the button."),
    key("oidc.ca_file", Kind::Path, "", "The certificates that the provider is trusted by, as PEM, where the system's do not do."),
    key(
        "proxy.trusted",
        Kind::List,
        "[]",
        "The networks of the proxies in front: `10.1.2.0/24`, or single addresses. What they say of where a request came from is believed, and nobody else is let in: with `auth.mode` `proxy-header` always, with `proxy-jwt` where some are named.",
    ),
    key(
        "proxy.secret_header",
        Kind::Text,
        "\"x-tally-proxy-secret\"",
        "The header in which the proxy sends the secret that it shares with the console.",
    ),
    key("proxy.secret_file", Kind::Path, "", "The file of that secret, at least 32 bytes, readable by its owner alone."),
    key(
        "proxy.user_header",
        Kind::Text,
        "\"x-forwarded-user\"",
        "The header that says who it is: the same for the same person, for ever. Rules know it as the claim `user`.",
    ),
    key("proxy.name_header", Kind::Text, "", "The header that says what to call them."),
    key(
        "proxy.groups_header",
        Kind::Text,
        "\"x-forwarded-groups\"",
        "The header that says in which groups they are. Rules know them as the claim `groups`.",
    ),
    key("proxy.groups_delimiter", Kind::Text, "\",\"", "What stands between two groups."),
    key(
        "proxy.sign_out_url",
        Kind::Text,
        "",
        "Where one signs out of the proxy: a path of its, or an https address. Required where people sign in at a proxy, but for those whose path is known.",
    ),
    key("jwt.proxy", Kind::OneOf(PROXIES), "\"generic\"", "Whose tokens they are; what is usual for it need not be said."),
    key("jwt.header", Kind::Text, "", "The header that they come in; in `authorization`, after `Bearer`. Required with `generic`."),
    key("jwt.issuer", Kind::Text, "", "Who makes them, letter by letter as they say in `iss`."),
    key(
        "jwt.audience",
        Kind::Text,
        "",
        "For whom they are made, as they say in `aud`; of a load balancer its client id at the provider. A token for another application does not do.",
    ),
    key(
        "jwt.keys_url",
        Kind::Text,
        "",
        "Where the keys are shown (JWKS). Left out: where the proxy is known to show them, or where the issuer's `/.well-known/openid-configuration` says.",
    ),
    key("jwt.alb_arn", Kind::Text, "", "The ARN of the load balancer; tokens that another one signed do not do. Required with `alb`."),
    key(
        "jwt.algorithms",
        Kind::SomeOf(ALGORITHMS),
        "[]",
        "How they may be signed. Left out, as is usual for the proxy; with `generic`, RS256 and ES256.",
    ),
    key("jwt.name_claim", Kind::Text, "\"name\"", "The claim that says what to call somebody. A name gives no right."),
    key(
        "jwt.ca_file",
        Kind::Path,
        "",
        "The certificates by which whoever shows the keys is trusted, as PEM, where the system's do not do.",
    ),
    key("log.filter", Kind::Text, "\"info\"", "What is logged, in the notation of RUST_LOG, such as `info,backend=debug`."),
    key("log.format", Kind::OneOf(&["human", "json"]), "\"human\"", "`human` for people, `json` for machines: one object a line."),
    key(
        "log.danger_sdk_trace",
        Kind::Flag,
        "false",
        "Lets the AWS SDK and the HTTP crates log below INFO. They print requests and replies, secrets included.",
    ),
    key("timeouts.connect", Kind::Seconds, "3", "For a connection to AWS."),
    key("timeouts.read", Kind::Seconds, "5", "For the first byte of an answer of AWS."),
    key("timeouts.attempt", Kind::Seconds, "6", "For one attempt of a call."),
    key("timeouts.operation", Kind::Seconds, "15", "For a call with all its attempts."),
    key(
        "timeouts.request",
        Kind::Seconds,
        "30",
        "For one request of the browser. A change that was sent goes on; one that was not sent within half of it is refused.",
    ),
    key("timeouts.shutdown", Kind::Seconds, "20", "For requests and changes that still run when the process is asked to stop."),
    key("accounts", Kind::Tables(&ACCOUNTS), "[]", "The AWS accounts, in the order in which the console shows them. At least one."),
];

/// The members of an account.
pub const ACCOUNT_KEYS: &[Key] = &[
    key("name", Kind::Text, "", "As in URLs and on the screen: 1 to 32 lower-case letters, digits and hyphens. Required."),
    key("regions", Kind::List, "", "The regions of IVS in use, at least one. Required."),
    key("expected_account_id", Kind::Text, "", "Its 12 digits. With credentials of another account nothing is changed."),
    key(
        "profile",
        Kind::Text,
        "",
        "The profile of the AWS configuration files to take credentials from, and from nowhere else. Without one, the SDK's chain: environment, web identity, ECS, instance metadata.",
    ),
    key("assume_role_arn", Kind::Text, "", "The role to assume with these credentials."),
    key("endpoint_url", Kind::Text, "", "Called instead of IVS and STS. Only an emulator on this machine: `http://127.0.0.1:4510`."),
];

/// The members of a rule.
pub const RULE_KEYS: &[Key] = &[
    key(
        "claim",
        Kind::Text,
        "",
        "The claim, such as `groups`; one inside another as a JSON pointer: `/realm_access/roles`. Of `email` only one that the provider has verified counts. Required.",
    ),
    key(
        "equals",
        Kind::Text,
        "",
        "The text that the claim is, or that is one of its list. Letter by letter: no pattern, no part of it. Required.",
    ),
    key("role", Kind::OneOf(ROLES), "", "The role that it gives. Of several, the strongest holds."),
    key("grants", Kind::SomeOf(GRANTS), "", "The grants that it adds: `secret-reader`, `auditor`."),
    key("accounts", Kind::SomeText, "", "The accounts in which it holds. Left out: in all."),
    key("regions", Kind::SomeText, "", "The regions in which it holds. Left out: in all."),
];

impl Key {
    /// In the environment.
    pub fn variable(&self) -> String {
        format!("TALLY_{}", self.name.replace('.', "_").to_ascii_uppercase())
    }

    /// Among the flags, without the dashes.
    pub fn flag(&self) -> String {
        self.name.replace(['.', '_'], "-")
    }

    /// What its value is counted in; empty where nothing is counted.
    pub const fn unit(&self) -> &'static str {
        match self.kind {
            Kind::Seconds => "seconds",
            Kind::Days => "days",
            Kind::Text
            | Kind::Address
            | Kind::Path
            | Kind::Flag
            | Kind::List
            | Kind::SomeText
            | Kind::OneOf(_)
            | Kind::SomeOf(_)
            | Kind::Tables(_) => "",
        }
    }
}

impl Kind {
    /// What stands for the value in a command's help.
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Address => "ADDR:PORT",
            Self::Path => "PATH",
            Self::Flag => "true|false",
            Self::Seconds => "SECONDS",
            Self::Days => "DAYS",
            Self::List | Self::SomeText | Self::SomeOf(_) => "A,B",
            Self::OneOf(_) => "WORD",
            Self::Tables(_) => "TOML",
        }
    }
}
