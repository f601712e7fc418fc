//! `tally` as a person starts it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn tally(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tally"));
    command.args(arguments).env_remove("LOG_SENSITIVE_BODIES");
    command
}

fn ran(arguments: &[&str]) -> Output {
    tally(arguments).output().expect("it runs")
}

/// A running one, ended when the test is.
struct Running {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, lines }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    fn terminate(&mut self) -> std::process::ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        self.child.wait().expect("it ends")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `127.0.0.1:PORT` of the URL that was printed.
fn address(url: &str) -> &str {
    let rest = url.strip_prefix("http://").unwrap_or_else(|| panic!("{url:?} is no URL"));
    rest.split('/').next().unwrap_or(rest)
}

fn asked(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn the_demo_says_its_url_first_and_leaves_nothing_behind() {
    let temporary = tempfile::tempdir().expect("a folder");
    let mut demo = Running::start(tally(&["demo", "--listen", "127.0.0.1:0"]).env("TMPDIR", temporary.path()));
    let url = demo.line();
    let said: Vec<String> = (0..3).map(|_| demo.line()).collect();
    assert!(said[2].contains("aws ivs list-channels --endpoint-url http://127.0.0.1:"), "{said:?}");

    let answer = asked(address(&url), "/healthz");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(ran(&["health", "--address", address(&url)]).status.code(), Some(0));
    assert_ne!(std::fs::read_dir(&temporary).expect("readable").count(), 0, "its state is in a temporary folder");

    let asked_at = Instant::now();
    assert_eq!(demo.terminate().code(), Some(0));
    assert!(asked_at.elapsed() < Duration::from_secs(15));
    assert_eq!(std::fs::read_dir(&temporary).expect("readable").count(), 0, "a demo leaves nothing");
    assert_eq!(ran(&["health", "--address", address(&url)]).status.code(), Some(1), "nobody is there any more");
}

/// Many desks have a proxy in their environment; nobody listens at this one.
#[test]
fn the_demo_asks_no_proxy_for_what_is_on_this_machine() {
    let mut command = tally(&["demo", "--listen", "127.0.0.1:0"]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, "http://127.0.0.1:9");
    }
    let mut demo = Running::start(command.env_remove("NO_PROXY").env_remove("no_proxy"));
    let url = demo.line();
    let since = Instant::now();
    while !asked(address(&url), "/readyz").starts_with("HTTP/1.1 200") {
        assert!(since.elapsed() < Duration::from_secs(20), "the account check does not pass");
    }
}

#[test]
fn the_emulator_says_where_it_is_and_refuses_who_does_not_sign() {
    let mut emulator = Running::start(&mut tally(&["emulator", "--listen", "127.0.0.1:0", "--seed", "empty"]));
    let url = emulator.line();
    let answer = asked(address(&url), "/");
    assert!(answer.starts_with("HTTP/1.1 40"), "{answer}");
    assert_eq!(emulator.terminate().code(), Some(0));
}

/// Keys in the environment would decide which account is changed: the profile that was named does.
#[test]
fn a_named_profile_is_where_the_credentials_come_from_and_nothing_else() {
    let mut emulator = Running::start(&mut tally(&["emulator", "--listen", "127.0.0.1:0", "--seed", "empty", "--key", "PROFILE:secret"]));
    let url = emulator.line();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("config");
    let profile = format!("[profile p]\naws_access_key_id = PROFILE\naws_secret_access_key = secret\nendpoint_url = {url}\n");
    std::fs::write(&file, profile).expect("written");
    let check = |profile: &str| {
        let accounts = format!("[{{ name = \"main\", regions = [\"us-west-2\"], profile = \"{profile}\" }}]");
        let mut check = tally(&["check", "--danger-single-user", "true", "--accounts", &accounts, "--data-dir"]);
        check.arg(folder.path()).env("AWS_CONFIG_FILE", &file).env("AWS_SHARED_CREDENTIALS_FILE", folder.path().join("none"));
        check.env("AWS_ENDPOINT_URL", &url).env("AWS_ACCESS_KEY_ID", "ENVIRONMENT").env("AWS_SECRET_ACCESS_KEY", "other");
        check.output().expect("it runs")
    };
    let output = check("p");
    assert!(output.status.success(), "{output:?}");
    let missing = check("missing");
    assert!(!missing.status.success() && String::from_utf8_lossy(&missing.stdout).contains("missing"), "{missing:?}");
}

/// The whole of it: credentials that end, from a process, and metrics on a port of their own.
#[test]
fn metrics_are_served_where_they_were_asked_for_and_know_when_credentials_end() {
    let mut emulator = Running::start(&mut tally(&["emulator", "--listen", "127.0.0.1:0", "--seed", "empty"]));
    let url = emulator.line();
    let folder = tempfile::tempdir().expect("a folder");
    let [config, keys] = ["config", "keys.json"].map(|name| folder.path().join(name));
    let ends = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(42);
    let given = format!(
        "{{\"Version\": 1, \"AccessKeyId\": \"AKIACANARY\", \"SecretAccessKey\": \"s\", \"SessionToken\": \"t\", \"Expiration\": \"{ends}\"}}"
    );
    std::fs::write(&keys, given).expect("written");
    let profile = format!("[profile p]\ncredential_process = cat {}\nendpoint_url = {url}\n", keys.display());
    std::fs::write(&config, profile).expect("written");

    let accounts = "[{ name = \"main\", regions = [\"us-west-2\"], profile = \"p\" }]";
    let mut serve = tally(&["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--danger-single-user", "true"]);
    serve.args(["--accounts", accounts, "--data-dir"]).arg(folder.path().join("data"));
    serve.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", folder.path().join("none"));
    let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let log = BufReader::new(child.stderr.take().expect("its log"));
    let lines = BufReader::new(child.stdout.take().expect("its output"));
    let mut console = Running { child, lines };
    let mut log = log.lines().map_while(Result::ok);
    let metrics = log.find_map(|line| Some(line.split_once("metrics are served address=")?.1.trim().to_owned())).expect("it says where");
    // Read on: a full pipe would stop it.
    std::thread::spawn(move || log.for_each(drop));
    let url = console.line();

    let since = Instant::now();
    let page = loop {
        let page = asked(&metrics, "/metrics");
        if page.contains("\ntally_ready 1\n") {
            break page;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "the account check does not pass:\n{page}");
    };
    let left = page.lines().find_map(|line| line.strip_prefix("tally_credentials_expiry_seconds ")).expect("they end");
    let left: f64 = left.parse().expect("a number");
    assert!((40.0 * 60.0..=42.0 * 60.0).contains(&left), "{left}");
    assert!(page.contains("\ntally_panics_total 0\n") && !page.contains("CANARY"), "{page}");
    assert!(asked(&metrics, "/healthz").starts_with("HTTP/1.1 404"));
    assert!(!asked(address(&url), "/metrics").contains("tally_build_info"));
    assert_eq!(console.terminate().code(), Some(0));
    assert!(TcpStream::connect(&metrics).is_err(), "they end with it");
}

#[test]
fn what_is_unsafe_is_refused_with_everything_said_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tally.toml");
    std::fs::write(&file, "listen = \"0.0.0.0:0\"\nnonsense = 1\n").expect("written");
    let file = file.to_str().expect("text");
    for command in [&["serve", "--config", file][..], &["config", "check", "--config", file], &["check", "--config", file]] {
        let output = ran(command);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
        for word in ["listen", "nonsense", "accounts", "Fix:"] {
            assert!(said.contains(word), "{command:?} does not say {word}: {said}");
        }
    }
}

#[test]
fn the_environment_and_the_flags_are_heard() {
    let output = tally(&["config", "print", "--log-format", "json"]).env("TALLY_SINGLE_USER_ROLE", "operator").output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("format = \"json\"  # --log-format") && said.contains("single_user_role = \"operator\"  # TALLY_SINGLE_USER_ROLE"),
        "{said}"
    );
}

#[test]
fn it_says_its_version() {
    assert_eq!(String::from_utf8_lossy(&ran(&["--version"]).stdout).trim(), concat!("tally ", env!("CARGO_PKG_VERSION")));
}
