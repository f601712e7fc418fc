//! What can be said in configuration, what is refused, and the page about it.

use backend::config::keys::{KEYS, Kind};
use backend::config::{Config, Demo, Finding, Sources, Surroundings, show};
use contract::access::{Grant, Role};
use std::collections::BTreeMap;
use std::path::Path;

/// Safe: one account on an emulator.
fn safe(data_dir: &Path) -> String {
    format!("data_dir = {data_dir:?}\n[[accounts]]\nname = \"main\"\nregions = [\"eu-west-1\"]\nendpoint_url = \"http://127.0.0.1:4510\"\n")
}

type Environment<'a> = &'a [(&'a str, &'a str)];

fn sources(file: &str, env: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Sources {
    Sources {
        file: Some(("tally.toml".to_owned(), file.to_owned())),
        env: env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        flags: flags.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
    }
}

fn load(file: &str, env: &[(&str, &str)], aws_config: &str) -> Result<Config, Vec<Finding>> {
    let sources = sources(file, env, &[]);
    let around = Surroundings { env: sources.env.clone(), aws_config: aws_config.to_owned(), ..Surroundings::default() };
    Config::load(&sources, &around)
}

fn keys(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| &*finding.key).collect()
}

/// One row: what is said beside the safe configuration, and the key that is refused for it.
struct Row {
    name: &'static str,
    top: &'static str,
    account: &'static str,
    env: &'static [(&'static str, &'static str)],
    aws_config: &'static str,
    refused: &'static str,
}

const ROW: Row = Row { name: "", top: "", account: "", env: &[], aws_config: "", refused: "" };

/// Every reason to refuse to start.
const REFUSED: &[Row] = &[
    Row { name: "off loopback", top: "listen = \"0.0.0.0:4500\"", refused: "listen", ..ROW },
    Row { name: "off loopback with a name", top: "listen = \"10.0.0.1:4500\"\nallowed_hosts = [\"box\"]", refused: "listen", ..ROW },
    Row { name: "metrics for anybody", top: "metrics_listen = \"0.0.0.0:9464\"", refused: "metrics_listen", ..ROW },
    Row { name: "metrics for anybody, IPv6", top: "metrics_listen = \"[::]:9464\"", refused: "metrics_listen", ..ROW },
    Row { name: "metrics at a public address", top: "metrics_listen = \"203.0.113.9:9464\"", refused: "metrics_listen", ..ROW },
    Row { name: "metrics at a public address of IPv6", top: "metrics_listen = \"[2001:db8::1]:9464\"", refused: "metrics_listen", ..ROW },
    Row { name: "metrics beside a shared network", top: "metrics_listen = \"100.128.0.1:9464\"", refused: "metrics_listen", ..ROW },
    Row {
        name: "metrics at a public address in other words",
        top: "metrics_listen = \"[::ffff:8.8.8.8]:9464\"",
        refused: "metrics_listen",
        ..ROW
    },
    Row { name: "metrics among the requests", top: "metrics_listen = \"127.0.0.1:4500\"", refused: "metrics_listen", ..ROW },
    Row {
        name: "metrics among the requests, everywhere",
        top: "metrics_listen = \"0.0.0.0:4500\"\ndanger_public_metrics = true",
        refused: "metrics_listen",
        ..ROW
    },
    Row {
        name: "real AWS for nobody in particular",
        account: "[[accounts]]\nname = \"real\"\nregions = [\"eu-west-1\"]",
        refused: "danger_single_user",
        ..ROW
    },
    Row {
        name: "an endpoint elsewhere",
        account: "[[accounts]]\nname = \"far\"\nregions = [\"eu-west-1\"]\nendpoint_url = \"http://10.0.0.1\"",
        top: "danger_single_user = true",
        refused: "accounts.far.endpoint_url",
        ..ROW
    },
    Row { name: "an endpoint elsewhere for all services", env: &[("AWS_ENDPOINT_URL", "http://evil")], refused: "AWS_ENDPOINT_URL", ..ROW },
    Row { name: "an endpoint elsewhere for IVS", env: &[("AWS_ENDPOINT_URL_IVS", "https://evil")], refused: "AWS_ENDPOINT_URL_IVS", ..ROW },
    Row {
        name: "an endpoint elsewhere in the profile",
        aws_config: "[default]\nendpoint_url = http://evil",
        refused: "profile default",
        ..ROW
    },
    Row {
        name: "an endpoint elsewhere in the chosen profile",
        env: &[("AWS_PROFILE", "work")],
        aws_config: "[profile work]\nservices = s\n[services s]\nivs =\n  endpoint_url = http://evil",
        refused: "profile work",
        ..ROW
    },
    Row { name: "sensitive bodies in the log", env: &[("LOG_SENSITIVE_BODIES", "true")], refused: "LOG_SENSITIVE_BODIES", ..ROW },
    Row { name: "a journal that cannot be written", env: &[("TALLY_DATA_DIR", "/proc/nowhere")], refused: "data_dir", ..ROW },
    Row { name: "no account", env: &[("TALLY_ACCOUNTS", "[]")], refused: "accounts", ..ROW },
    Row {
        name: "an endpoint in capitals in the profile",
        aws_config: "[default]\nENDPOINT_URL = http://evil",
        refused: "profile default",
        ..ROW
    },
    Row {
        name: "two accounts of one name",
        account: "[[accounts]]\nname = \"main\"\nregions = [\"us-west-2\"]\nendpoint_url = \"http://[::1]:1\"",
        refused: "accounts.name",
        ..ROW
    },
    Row {
        name: "a name that is none",
        account: "[[accounts]]\nname = \"A/B\"\nregions = [\"us-west-2\"]\nendpoint_url = \"http://[::1]:1\"",
        refused: "accounts.name",
        ..ROW
    },
    Row {
        name: "a region without IVS",
        account: "[[accounts]]\nname = \"b\"\nregions = [\"eu-north-1\"]\nendpoint_url = \"http://localhost:1\"",
        refused: "accounts.b.regions",
        ..ROW
    },
    Row {
        name: "a region twice",
        account: "[[accounts]]\nname = \"b\"\nregions = [\"eu-west-1\", \"eu-west-1\"]\nendpoint_url = \"http://localhost:1\"",
        refused: "accounts.b.regions",
        ..ROW
    },
    Row {
        name: "no region",
        account: "[[accounts]]\nname = \"b\"\nregions = []\nendpoint_url = \"http://localhost:1\"",
        refused: "accounts.b.regions",
        ..ROW
    },
    Row { name: "no regions at all", account: "[[accounts]]\nname = \"b\"", refused: "accounts[1].regions", ..ROW },
    Row {
        name: "an id that is none",
        account: "[[accounts]]\nname = \"b\"\nregions = [\"eu-west-1\"]\nendpoint_url = \"http://localhost:1\"\nexpected_account_id = \"12345\"",
        refused: "accounts.b.expected_account_id",
        ..ROW
    },
    Row {
        name: "a role that is none",
        account: "[[accounts]]\nname = \"b\"\nregions = [\"eu-west-1\"]\nendpoint_url = \"http://localhost:1\"\nassume_role_arn = \"admin\"",
        refused: "accounts.b.assume_role_arn",
        ..ROW
    },
    Row {
        name: "a role of another account",
        account: "[[accounts]]\nname = \"b\"\nregions = [\"eu-west-1\"]\nendpoint_url = \"http://localhost:1\"\nexpected_account_id = \"123456789012\"\nassume_role_arn = \"arn:aws:iam::210987654321:role/x\"",
        refused: "accounts.b.assume_role_arn",
        ..ROW
    },
    Row { name: "a URL for a host", top: "allowed_hosts = [\"http://box\"]", refused: "allowed_hosts", ..ROW },
    Row { name: "any host", top: "allowed_hosts = [\"*\"]", refused: "allowed_hosts", ..ROW },
    Row { name: "a filter that is none", top: "log.filter = \"info,=,=\"", refused: "log.filter", ..ROW },
    Row { name: "a wait that never ends first", top: "timeouts.attempt = 60", refused: "timeouts.attempt", ..ROW },
    Row { name: "an unknown key", top: "danger_single_usr = true", refused: "danger_single_usr", ..ROW },
    Row { name: "an unknown key in a table", top: "log.level = \"info\"", refused: "log.level", ..ROW },
    Row { name: "an unknown table", top: "[authentication]\nmode = \"none\"", refused: "authentication", ..ROW },
    Row {
        name: "an unknown member of an account",
        account: "[[accounts]]\nname = \"b\"\nregions = [\"eu-west-1\"]\nsecret_key = \"x\"",
        refused: "accounts[1].secret_key",
        ..ROW
    },
    Row { name: "an unknown variable", env: &[("TALLY_LISTN", "127.0.0.1:1")], refused: "TALLY_LISTN", ..ROW },
    Row { name: "a role of nobody", top: "single_user_role = \"root\"", refused: "single_user_role", ..ROW },
    Row { name: "a grant of nothing", top: "single_user_grants = [\"all\"]", refused: "single_user_grants", ..ROW },
    Row { name: "no time at all", top: "timeouts.connect = 0", refused: "timeouts.connect", ..ROW },
    Row { name: "text for a number", env: &[("TALLY_TIMEOUTS_READ", "5s")], refused: "timeouts.read", ..ROW },
    Row { name: "not TOML", top: "listen = = 1", refused: "tally.toml", ..ROW },
];

#[test]
fn each_unsafe_or_unreadable_thing_is_refused_with_its_reason_and_its_fix() {
    let folder = tempfile::tempdir().expect("a folder");
    for row in REFUSED {
        // A table of its own must stand behind the plain keys, and accounts behind all.
        let file = format!("{}\n{}{}", if row.top.starts_with('[') { "" } else { row.top }, safe(folder.path()), row.account);
        let file = if row.top.starts_with('[') { format!("{file}\n{}", row.top) } else { file };
        let findings = load(&file, row.env, row.aws_config).expect_err(row.name);
        assert!(keys(&findings).contains(&row.refused), "{}: {findings:?}", row.name);
        assert!(findings.iter().all(|finding| !finding.reason.is_empty() && !finding.fix.is_empty()), "{}", row.name);
    }
    println!("{} unsafe configurations refused", REFUSED.len());
}

/// The fix says what would be taken instead, and nothing is said of what could not be read.
#[test]
fn what_cannot_be_read_is_said_once_with_what_would_be_taken() {
    let folder = tempfile::tempdir().unwrap();
    let safe = safe(folder.path());
    let said = |file: &str, env: Environment<'_>| match load(file, env, "") {
        Err(findings) => findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        Ok(config) => panic!("{config:?}"),
    };
    let seconds = "Give a whole number of seconds from 1 to 86400, or leave it out for 5.";
    for (file, env, key, fix) in [
        (safe.clone(), &[("TALLY_TIMEOUTS_READ", "abc")][..], "timeouts.read: \"abc\"", seconds),
        (format!("timeouts.read = 0\n{safe}"), &[][..], "timeouts.read: 0", seconds),
        (format!("single_user_role = \"root\"\n{safe}"), &[][..], "single_user_role: \"root\"", "Give one of viewer, operator, admin"),
        (format!("{safe}colour = \"red\"\n"), &[][..], "accounts[0].colour", "Remove it"),
        ("[[accounts\n".to_owned(), &[][..], "tally.toml", "Correct the file"),
    ] {
        let said = said(&file, env);
        assert!(said.len() == 1 && said[0].starts_with(key) && said[0].contains(fix), "{file}: {said:#?}");
    }
}

#[test]
fn what_is_safe_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    let real = "danger_single_user = true\n[[accounts]]\nname = \"real\"\nregions = [\"eu-west-1\"]\nexpected_account_id = \"123456789012\"\nassume_role_arn = \"arn:aws:iam::123456789012:role/ivs/console\"\nprofile = \"work\"\n";
    let here = folder.path().display().to_string();
    let home = ("TALLY_DATA_DIR", &*here);
    let elsewhere = "[default]\nendpoint_url = http://evil\n[profile work]\nregion = eu-west-1\n";
    let cases: [(&str, Environment<'_>, &str); 4] = [
        (&safe(folder.path()), &[], ""),
        (&safe(folder.path()), &[("AWS_ENDPOINT_URL", "http://127.0.0.1:4510")], ""),
        (&safe(folder.path()), &[("AWS_ENDPOINT_URL", "http://evil"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")], ""),
        (real, &[home], elsewhere),
    ];
    for (file, env, aws_config) in cases {
        load(file, env, aws_config).unwrap_or_else(|findings| panic!("{file}: {findings:?}"));
    }
}

#[test]
fn metrics_are_for_those_who_are_asked_nothing_anyway() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = |metrics: &str| load(&format!("{metrics}\n{}", safe(folder.path())), &[], "");
    assert!(said("").expect("safe").metrics_listen.is_none(), "there are none unless asked for");
    for address in [
        "127.0.0.1:9464",
        "127.0.0.1:0",
        "10.1.2.3:4500",
        "172.16.0.1:1",
        "192.168.7.7:1",
        "100.64.0.1:1",
        "[::1]:1",
        "[fd00::1]:1",
        "[fe80::1]:1",
    ] {
        said(&format!("metrics_listen = {address:?}")).unwrap_or_else(|findings| panic!("{address}: {findings:?}"));
    }
    let config = said("metrics_listen = \"0.0.0.0:9464\"\ndanger_public_metrics = true").expect("what danger_public_metrics is for");
    assert!(config.danger_public_metrics);
}

#[test]
fn everything_wrong_is_said_at_once() {
    let file = "listen = \"0.0.0.0:1\"\nnonsense = 1\nlog.format = \"xml\"\nallowed_hosts = [\"*\"]";
    let findings = load(file, &[("LOG_SENSITIVE_BODIES", ""), ("TALLY_DATA_DIR", "/proc/nowhere")], "").expect_err("refused");
    for key in ["nonsense", "log.format", "listen", "allowed_hosts", "LOG_SENSITIVE_BODIES", "data_dir", "accounts"] {
        assert!(keys(&findings).contains(&key), "{key}: {findings:?}");
    }
}

#[test]
fn flags_win_over_the_environment_which_wins_over_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file =
        format!("single_user_role = \"operator\"\nsingle_user_grants = [\"auditor\"]\nlog.filter = \"warn\"\n{}", safe(folder.path()));
    let told = |env: &[(&str, &str)], flags: &[(&'static str, &str)]| {
        Config::load(&sources(&file, env, flags), &Surroundings::default()).expect("safe")
    };
    assert_eq!(told(&[], &[]).single_user_role, Role::Operator);
    assert_eq!(told(&[("TALLY_SINGLE_USER_ROLE", "admin")], &[]).single_user_role, Role::Admin);
    let all = told(
        &[("TALLY_SINGLE_USER_ROLE", "admin"), ("TALLY_LOG_FILTER", "debug")],
        &[("single_user_role", "viewer"), ("single_user_grants", "secret-reader, auditor")],
    );
    assert_eq!((all.single_user_role, &*all.log.filter), (Role::Viewer, "debug"));
    assert_eq!(all.single_user_grants, [Grant::SecretReader, Grant::Auditor]);
}

#[test]
fn unsaid_a_person_may_look_and_nothing_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = load(&safe(folder.path()), &[], "").expect("safe");
    assert_eq!((config.single_user_role, config.single_user_grants.len(), config.operation_tag), (Role::Viewer, 0, true));
    assert!(config.listen.ip().is_loopback() && !config.danger_single_user && !config.log.danger_sdk_trace && !config.demo);
}

#[test]
fn the_demo_leaves_loopback_only_with_a_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = |listen: &str, hosts: &[&str], env: &[(&str, &str)]| {
        let demo = Demo {
            listen: listen.parse().expect("an address"),
            allowed_hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            data_dir: folder.path().to_owned(),
            emulator: ([127, 0, 0, 1], 4510).into(),
            account_id: "123456789012".to_owned(),
            regions: vec!["eu-west-1".to_owned()],
            log_filter: "warn".to_owned(),
        };
        let env: BTreeMap<_, _> = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Config::demo(demo, &Surroundings { env, ..Surroundings::default() })
    };
    assert!(demo("127.0.0.1:4500", &[], &[]).is_ok_and(|config| config.demo && config.single_user_role == Role::Admin));
    assert!(demo("0.0.0.0:4500", &["box.local"], &[]).is_ok());
    assert_eq!(keys(&demo("0.0.0.0:4500", &[], &[]).expect_err("refused")), ["listen"]);
    assert!(demo("127.0.0.1:4500", &[], &[("AWS_ENDPOINT_URL", "http://elsewhere")]).is_ok(), "its account names its emulator");
    assert!(demo("127.0.0.1:4500", &[], &[("LOG_SENSITIVE_BODIES", "1")]).is_err());
}

#[test]
fn print_says_what_holds_and_who_said_it_and_no_credential() {
    let file = "single_user_role = \"admin\"\nallowed_hosts = [\"AKIAIOSFODNN7EXAMPLE\"]\n[[accounts]]\nname = \"main\"\nregions = [\"eu-west-1\"]\nprofile = \"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\"\nendpoint_url = \"http://me:hunter2@127.0.0.1:1\"";
    let text = show::print(&sources(file, &[("TALLY_LOG_FORMAT", "json")], &[("listen", "127.0.0.1:1")]));
    for line in [
        "single_user_role = \"admin\"  # tally.toml",
        "format = \"json\"  # TALLY_LOG_FORMAT",
        "listen = \"127.0.0.1:1\"  # --listen",
        "operation_tag = true  # default",
        "[[accounts]]  # tally.toml",
        "[timeouts]",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    for secret in ["AKIA", "wJalr", "hunter2"] {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
    let again = load(&text, &[], "").expect_err("the blotted values are refused");
    assert!(again.iter().all(|finding| finding.key != "tally.toml"), "it is TOML again: {again:?}");
}

#[test]
fn every_key_has_its_own_variable_and_flag_and_a_meaning() {
    let variables: std::collections::BTreeSet<_> = KEYS.iter().map(|key| key.variable()).collect();
    assert_eq!(variables.len(), KEYS.len());
    for key in KEYS {
        assert!(key.meaning.ends_with('.'), "{}", key.name);
        assert_eq!(key.unit().is_empty(), !matches!(key.kind, Kind::Seconds | Kind::Days), "{}", key.name);
    }
}

#[test]
fn the_page_is_written_from_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/configuration.md");
    let page = show::document();
    if std::env::var_os("TALLY_BLESS").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/configuration.md is stale: TALLY_BLESS=1 cargo test -p backend --test config writes it");
}

#[test]
fn an_endpoint_in_the_credentials_file_is_refused_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = Sources { file: Some(("tally.toml".to_owned(), safe(folder.path()))), ..Sources::default() };
    let around = Surroundings { aws_credentials: "[default]\nendpoint_url = http://evil".to_owned(), ..Surroundings::default() };
    let findings = Config::load(&sources, &around).expect_err("an override");
    assert_eq!(findings.iter().map(|finding| &*finding.key).collect::<Vec<_>>(), ["profile default"]);
}

/// The journal makes it, for its owner alone.
#[test]
fn looking_at_the_configuration_makes_no_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("not/yet/there");
    load(&safe(&data), &[], "").expect("can be made");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

/// Whoever may write there could put another journal in the place of the console's.
#[test]
fn a_folder_that_others_may_write_to_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    for (mode, refused) in [(0o700, false), (0o755, false), (0o775, true), (0o1777, true)] {
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        let findings = load(&safe(folder.path()), &[], "").err().unwrap_or_default();
        assert_eq!(keys(&findings) == ["data_dir"], refused, "{mode:o}: {findings:?}");
    }
}
