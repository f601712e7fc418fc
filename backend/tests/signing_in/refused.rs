//! One row, one thing that is said wrong. Real AWS is behind it and it listens everywhere: with sign-in, both may be.

use crate::world::{GOOD, World};
use backend::config::Surroundings;

/// Before this, a key of no table can be said.
const AT_THE_TOP: &str = "listen";

/// Before this, tokens of a proxy can be said; and then they are how people sign in.
const JWT_AT: &str = "[oidc]";

/// What stands there instead of what, and the key that is refused for it.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    ("no sign-in, off loopback", "mode = \"oidc\"", "mode = \"none\"", "listen"),
    ("no sign-in, and a provider is described", "mode = \"oidc\"", "mode = \"none\"", "auth.mode"),
    ("no sign-in, real AWS", "mode = \"oidc\"", "mode = \"none\"", "danger_single_user"),
    ("a mode that is none", "mode = \"oidc\"", "mode = \"saml\"", "auth.mode"),
    ("no public address", "public_url = \"https://tally.example.com\"\n", "", "public_url"),
    ("a public address without TLS", "https://tally.example.com", "http://tally.example.com", "public_url"),
    ("a public address with a path", "https://tally.example.com", "https://tally.example.com/tally", "public_url"),
    ("a public address with a person", "https://tally.example.com", "https://ann@tally.example.com", "public_url"),
    ("a public address of another kind", "https://tally.example.com", "ftp://tally.example.com", "public_url"),
    ("a public address that is a name", "https://tally.example.com", "tally.example.com", "public_url"),
    ("no issuer", "issuer = \"https://login.example.com\"\n", "", "oidc.issuer"),
    ("an issuer without TLS", "https://login.example.com", "http://login.example.com", "oidc.issuer"),
    ("an issuer that only looks like this machine", "https://login.example.com", "http://127.0.0.1.evil.org", "oidc.issuer"),
    ("an issuer with a query", "https://login.example.com", "https://login.example.com?x=1", "oidc.issuer"),
    ("an issuer that is none", "https://login.example.com", "login", "oidc.issuer"),
    ("no client", "client_id = \"tally\"\n", "", "oidc.client_id"),
    ("no client's secret", "client_secret_file = \"{}/client-secret\"\n", "", "oidc.client_secret_file"),
    ("a secret in the file itself", "client_secret_file = \"{}/client-secret\"", "client_secret = \"hunter2\"", "oidc.client_secret"),
    ("a secret that is not there", "{}/client-secret", "{}/nothing", "oidc.client_secret_file"),
    ("a secret that is empty", "{}/client-secret", "{}/empty", "oidc.client_secret_file"),
    ("a secret that others may read", "{}/client-secret", "{}/open", "oidc.client_secret_file"),
    ("scopes without openid", "client_id = \"tally\"", "client_id = \"tally\"\nscopes = [\"email\"]", "oidc.scopes"),
    ("authorities that are none", "client_id = \"tally\"", "client_id = \"tally\"\nca_file = \"{}/open\"", "oidc.ca_file"),
    (
        "no rule",
        "[[auth.rules]]\nclaim = \"groups\"\nequals = \"ops\"\nrole = \"operator\"\naccounts = [\"main\"]\nregions = [\"eu-west-1\"]",
        "",
        "auth.rules",
    ),
    ("no rule that lets anybody in", "role = \"operator\"", "grants = [\"auditor\"]", "auth.rules"),
    ("a rule that gives nothing", "role = \"operator\"\n", "", "auth.rules[0]"),
    ("a rule of a role that is none", "role = \"operator\"", "role = \"root\"", "auth.rules[0].role"),
    ("a rule without a claim", "claim = \"groups\"\n", "", "auth.rules[0].claim"),
    ("a rule that anything equals", "equals = \"ops\"", "equals = \"\"", "auth.rules[0].equals"),
    ("a rule with a member that is none", "equals = \"ops\"", "equals = \"ops\"\nmatches = \".*\"", "auth.rules[0].matches"),
    ("a rule for an account that is none", "accounts = [\"main\"]", "accounts = [\"mian\"]", "auth.rules[0].accounts"),
    ("a rule for a region that is none", "equals = \"ops\"", "equals = \"ops\"\nregions = [\"eu-wst-1\"]", "auth.rules[0].regions"),
    ("a rule for a list of no accounts", "accounts = [\"main\"]", "accounts = []", "auth.rules[0].accounts"),
    ("a rule for a region of no account", "equals = \"ops\"", "equals = \"ops\"\nregions = [\"us-west-2\"]", "auth.rules[0].regions"),
    (
        "the provider's document for its name",
        "https://login.example.com",
        "https://login.example.com/.well-known/openid-configuration",
        "oidc.issuer",
    ),
    ("no TLS, and no proxy that does it", "tls_cert_file = \"{}/cert.pem\"\ntls_key_file = \"{}/key.pem\"\n", "", "listen"),
    (
        "half the world as a proxy",
        "client_id = \"tally\"",
        "client_id = \"tally\"\n[proxy]\ntrusted = [\"0.0.0.0/1\", \"128.0.0.0/1\"]",
        "proxy.trusted",
    ),
    (
        "a user's header that browsers send",
        "client_id = \"tally\"",
        "client_id = \"tally\"\n[proxy]\nuser_header = \"accept-language\"",
        "proxy.user_header",
    ),
    (
        "a header for two things",
        "client_id = \"tally\"",
        "client_id = \"tally\"\n[proxy]\nuser_header = \"x-tally-proxy-secret\"",
        "proxy.user_header",
    ),
    (
        "a way out that is a script",
        "client_id = \"tally\"",
        "client_id = \"tally\"\n[proxy]\nsign_out_url = \"javascript:alert(1)\"",
        "proxy.sign_out_url",
    ),
    ("a proxy without an address", "mode = \"oidc\"", "mode = \"proxy-header\"", "proxy.trusted"),
    ("a proxy without a secret", "mode = \"oidc\"", "mode = \"proxy-header\"", "proxy.secret_file"),
    ("a proxy without a way out", "mode = \"oidc\"", "mode = \"proxy-header\"", "proxy.sign_out_url"),
    ("a proxy that signs, and nothing of its tokens", "mode = \"oidc\"", "mode = \"proxy-jwt\"", "jwt.issuer"),
    ("a proxy that signs for anybody", "mode = \"oidc\"", "mode = \"proxy-jwt\"", "jwt.audience"),
    ("a proxy that signs in no header", "mode = \"oidc\"", "mode = \"proxy-jwt\"", "jwt.header"),
    ("a proxy that signs, without a way out", "mode = \"oidc\"", "mode = \"proxy-jwt\"", "proxy.sign_out_url"),
    ("a proxy's tokens, and people sign in elsewhere", JWT_AT, "[jwt]\nissuer = \"https://x.example\"\n[oidc]", "auth.mode"),
    ("a token in a cookie", JWT_AT, "[jwt]\nheader = \"cookie\"\n[oidc]", "jwt.header"),
    ("a token in a header with an underscore", JWT_AT, "[jwt]\nheader = \"x_id_token\"\n[oidc]", "jwt.header"),
    ("a token in a header of browsers", JWT_AT, "[jwt]\nheader = \"user-agent\"\n[oidc]", "jwt.header"),
    ("keys in the clear", JWT_AT, "[jwt]\nissuer = \"x\"\nkeys_url = \"http://login.example.com/jwks\"\n[oidc]", "jwt.keys_url"),
    ("keys from a file", JWT_AT, "[jwt]\nissuer = \"x\"\nkeys_url = \"file:///etc/keys\"\n[oidc]", "jwt.keys_url"),
    ("keys of an issuer in the clear", JWT_AT, "[jwt]\nissuer = \"http://login.example.com\"\n[oidc]", "jwt.keys_url"),
    ("an issuer that shows keys nowhere", JWT_AT, "[jwt]\nissuer = \"tally\"\n[oidc]", "jwt.keys_url"),
    ("an algorithm of secrets", JWT_AT, "[jwt]\nalgorithms = [\"HS256\"]\n[oidc]", "jwt.algorithms"),
    ("no algorithm at all", JWT_AT, "[jwt]\nalgorithms = [\"none\"]\n[oidc]", "jwt.algorithms"),
    ("anybody's load balancer", JWT_AT, "[jwt]\nproxy = \"alb\"\n[oidc]", "jwt.alb_arn"),
    (
        "a load balancer of another kind",
        JWT_AT,
        "[jwt]\nproxy = \"alb\"\nalb_arn = \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/x/1\"\n[oidc]",
        "jwt.alb_arn",
    ),
    (
        "a load balancer of a region that is an address",
        JWT_AT,
        "[jwt]\nproxy = \"alb\"\nalb_arn = \"arn:aws:elasticloadbalancing:evil.example/:123456789012:loadbalancer/app/x/1\"\n[oidc]",
        "jwt.alb_arn",
    ),
    ("authorities of keys that are none", JWT_AT, "[jwt]\nca_file = \"{}/open\"\n[oidc]", "jwt.ca_file"),
    ("a role for the one person there is not", AT_THE_TOP, "single_user_role = \"admin\"\nlisten", "single_user_role"),
    ("grants for the one person there is not", AT_THE_TOP, "single_user_grants = [\"auditor\"]\nlisten", "single_user_grants"),
    ("nobody's sign-in beside everybody's", AT_THE_TOP, "danger_single_user = true\nlisten", "danger_single_user"),
    ("keys that are not there", "{}/session-keys", "{}/nothing", "auth.session_keys_file"),
    ("keys that others may read", "{}/session-keys", "{}/open", "auth.session_keys_file"),
    ("keys that are too short", "{}/session-keys", "{}/short", "auth.session_keys_file"),
    ("keys out of an example", "{}/session-keys", "{}/zeros", "auth.session_keys_file"),
    ("a session that idles longer than it lasts", "session_idle = 1800", "session_idle = 80000", "auth.session_idle"),
    ("a certificate without its key", "tls_key_file = \"{}/key.pem\"\n", "", "tls_key_file"),
    ("a key without its certificate", "tls_cert_file = \"{}/cert.pem\"\n", "", "tls_cert_file"),
    ("a certificate that is not there", "{}/cert.pem", "{}/nothing", "tls_cert_file"),
    ("a certificate that is none", "{}/cert.pem", "{}/empty", "tls_cert_file"),
    ("a key of another certificate", "{}/key.pem", "{}/other-key.pem", "tls_cert_file"),
    ("a key that others may read", "{}/key.pem", "{}/open-key.pem", "tls_key_file"),
    ("a journal's key that is not there", AT_THE_TOP, "journal.key_file = \"{}/nothing\"\nlisten", "journal.key_file"),
    ("a journal's key that others may read", AT_THE_TOP, "journal.key_file = \"{}/open-key.pem\"\nlisten", "journal.key_file"),
    ("a journal's key that is not one of Ed25519", AT_THE_TOP, "journal.key_file = \"{}/key.pem\"\nlisten", "journal.key_file"),
    ("a journal's key that cannot sign", AT_THE_TOP, "journal.key_file = \"{}/journal.pub\"\nlisten", "journal.key_file"),
    ("a database whose URL is not there", AT_THE_TOP, "journal.postgres_url_file = \"{}/nothing\"\nlisten", "journal.postgres_url_file"),
    (
        "a database whose URL others may read",
        AT_THE_TOP,
        "journal.postgres_url_file = \"{}/open-url\"\nlisten",
        "journal.postgres_url_file",
    ),
    (
        "a database that anybody may answer for",
        AT_THE_TOP,
        "journal.postgres_url_file = \"{}/far-url\"\nlisten",
        "journal.postgres_url_file",
    ),
    ("a URL of something else", AT_THE_TOP, "journal.postgres_url_file = \"{}/other-url\"\nlisten", "journal.postgres_url_file"),
    (
        "a shared journal, and keys of sessions that are not",
        "session_keys_file = \"{}/session-keys\"\n",
        "[journal]\npostgres_url_file = \"{}/near-url\"\n",
        "auth.session_keys_file",
    ),
    ("rows that go without a word", AT_THE_TOP, "journal.keep_days = 400\nlisten", "journal.keep_days"),
    ("rows that go within days", AT_THE_TOP, "journal.keep_days = 29\njournal.key_file = \"{}/journal.key\"\nlisten", "journal.keep_days"),
];

fn world() -> World {
    let world = World::new();
    world.write("empty", "", 0o600);
    world.write("open", "hunter2\n", 0o644);
    world.write("short", "00010203\n", 0o600);
    world.write("zeros", &"0".repeat(64), 0o600);
    let key = std::fs::read_to_string(world.path("key.pem")).unwrap();
    world.write("open-key.pem", &key, 0o640);
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    world.write("open-url", "postgres://tally:hunter2@127.0.0.1/tally", 0o640);
    world.write("near-url", "postgres://tally:hunter2@127.0.0.1/tally", 0o600);
    world.write("far-url", "postgres://tally:hunter2@db.example/tally?sslmode=require", 0o600);
    world.write("other-url", "mysql://tally:hunter2@127.0.0.1/tally", 0o600);
    world.write("journal.key", &key.serialize_pem(), 0o600);
    world.write("journal.pub", &key.public_key_pem(), 0o600);
    world
}

#[test]
fn each_unsafe_thing_about_signing_in_is_refused_with_its_reason_and_its_fix() {
    let world = world();
    for (name, said, instead, refused) in REFUSED {
        assert!(GOOD.contains(said), "{name}");
        // A rule's region is said once.
        let file =
            if instead.contains("regions") { GOOD.replacen("\nregions = [\"eu-west-1\"]\n[oidc]", "\n[oidc]", 1) } else { GOOD.to_owned() };
        let mut file = file.replace(said, instead);
        if *said == JWT_AT && !name.contains("elsewhere") {
            file = file.replace("mode = \"oidc\"", "mode = \"proxy-jwt\"");
        }
        let findings = world.load(&file).expect_err(name);
        assert!(findings.iter().any(|finding| finding.key == *refused), "{name}: {findings:?}");
        assert!(findings.iter().all(|finding| !finding.reason.is_empty() && !finding.fix.is_empty()), "{name}");
        assert!(findings.iter().all(|finding| !finding.reason.contains("hunter2")), "{name}: {findings:?}");
    }
    println!("{} unsafe configurations of sign-in refused", REFUSED.len());
}

#[test]
fn what_is_said_as_it_should_be_starts() {
    let world = world();
    for (said, instead) in [
        ("", ""),
        ("https://login.example.com", "http://127.0.0.1:9000/realms/main"),
        ("session_keys_file = \"{}/session-keys\"\n", ""),
        ("tls_cert_file = \"{}/cert.pem\"\ntls_key_file = \"{}/key.pem\"\n", "proxy.trusted = [\"10.0.0.7\"]\n"),
        ("accounts = [\"main\"]\nregions = [\"eu-west-1\"]\n[oidc]", "[oidc]"),
        (AT_THE_TOP, "journal.keep_days = 30\njournal.key_file = \"{}/journal.key\"\nlisten"),
        (AT_THE_TOP, "journal.postgres_url_file = \"{}/near-url\"\nlisten"),
        ("client_id = \"tally\"", "client_id = \"tally\"\nca_file = \"{}/cert.pem\"\nuserinfo = true"),
    ] {
        let file = if said.is_empty() { GOOD.to_owned() } else { GOOD.replace(said, instead) };
        world.load(&file).unwrap_or_else(|findings| panic!("{instead}: {findings:?}"));
    }
    assert!(!world.good().contains("{}"));
}

/// Where systemd keeps a service's credentials in a tmpfs, they belong to root, and the ACL by which the service reads them shows as mode 0440.
#[test]
fn a_secret_that_systemd_brings_is_the_services_own_and_anybody_elses_is_not() {
    let world = world();
    let around = |folder: std::path::PathBuf| {
        let env = [("CREDENTIALS_DIRECTORY".to_owned(), folder.display().to_string())];
        Surroundings { env: env.into(), ..Surroundings::default() }
    };
    let by_systemd = around(world.path(""));
    world.write("client-secret", "a secret\n", 0o440);
    world.write("session-keys", &format!("{}\n", "01af".repeat(16)), 0o440);
    world.write("key.pem", &std::fs::read_to_string(world.path("key.pem")).unwrap(), 0o440);
    world.load_among(GOOD, &by_systemd).unwrap_or_else(|findings| panic!("{findings:?}"));

    let refused = |around: &Surroundings| world.load_among(GOOD, around).expect_err("others may read them").len();
    assert_eq!(refused(&Surroundings::default()), 3);
    assert_eq!(refused(&around(world.path("elsewhere"))), 3);
    for mode in [0o460, 0o444, 0o442] {
        world.write("client-secret", "a secret\n", mode);
        assert_eq!(refused(&by_systemd), 1, "{mode:o}");
    }
}

/// What PostgreSQL's own clients take from there.
#[test]
fn a_database_is_what_its_url_says_and_not_what_the_environment_does() {
    let world = world();
    let shared = GOOD.replace(AT_THE_TOP, "journal.postgres_url_file = \"{}/near-url\"\nlisten");
    let with = |env: &[(&str, &str)]| {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        world.load_among(&shared, &Surroundings { env, ..Surroundings::default() })
    };
    assert!(with(&[("PGUSER", "somebody"), ("HOME", "/")]).is_ok(), "the URL names who");
    for name in ["PGHOST", "PGPORT", "PGSSLROOTCERT", "PGOPTIONS", "PGPASSWORD"] {
        let findings = with(&[(name, "x")]).expect_err(name);
        assert!(
            matches!(&findings[..], [finding] if finding.key == "journal.postgres_url_file" && finding.reason.contains(name)),
            "{findings:?}"
        );
    }
    let file = Surroundings { env: [("PGPORT".to_owned(), "x".to_owned())].into(), ..Surroundings::default() };
    assert!(world.load_among(GOOD, &file).is_ok(), "of a journal in a file it says nothing");
}
