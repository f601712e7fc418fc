//! The configurations of docs/deploying, each as it stands there: what somebody copies must start.

use crate::world::World;

const HEAD: &str = "public_url = \"https://tally.example.com\"\nlisten = \"127.0.0.1:4500\"\n";
const RULE: &str = "\n[[auth.rules]]\nclaim = \"groups\"\nequals = \"ops\"\nrole = \"operator\"\n";
const ACCOUNT: &str = "\n[[accounts]]\nname = \"main\"\nregions = [\"eu-west-1\"]\nendpoint_url = \"http://127.0.0.1:4510\"\n";

/// The page's blocks of TOML.
fn blocks(page: &str) -> Vec<&str> {
    page.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```")).map(|(block, _)| block).collect()
}

/// A block with what it leaves out since it does not matter there, and with files of the world for those that it names.
fn whole(block: &str) -> String {
    let mut text = block.to_owned();
    if !text.contains("public_url") && text.contains("mode = ") {
        text = format!("{HEAD}{text}");
    }
    // A block that only shows how keys are said in one table.
    if text.contains("claim = ") && !text.contains("mode = ") || text.contains("client_secret_file") && !text.contains("issuer") {
        return String::new();
    }
    if text.contains("[jwt]\nproxy = \"pomerium\"") {
        text = format!("{HEAD}[auth]\nmode = \"proxy-jwt\"\n{text}");
    }
    if text.contains("[proxy]\ntrusted = [\"127.0.0.1\"]\n") && !text.contains("mode = ") {
        return String::new();
    }
    if text.contains("mode = ") && !text.contains("[[auth.rules]]") {
        text.push_str(RULE);
    }
    if text.contains("mode = \"oidc\"") && !text.contains("[oidc]") {
        text.push_str(
            "\n[oidc]\nissuer = \"https://login.example.com\"\nclient_id = \"tally\"\nclient_secret_file = \"/etc/tally/client-secret\"\n",
        );
    }
    if !text.contains("[[accounts]]") {
        text.push_str(ACCOUNT);
    }
    for file in [
        "cert.pem",
        "key.pem",
        "client-secret",
        "proxy-secret",
        "journal.key",
        "secrets/postgres-url",
        "secrets/journal.pem",
        "secrets/session-keys",
    ] {
        text = text.replace(&format!("/etc/tally/{file}"), &format!("{{}}/{}", file.trim_start_matches("secrets/")));
    }
    text.replace("/var/lib/tally", "{}")
}

#[test]
fn what_stands_on_the_pages_about_deploying_starts() {
    let world = World::new();
    world.write("proxy-secret", &"5".repeat(64), 0o600);
    world.write("postgres-url", "postgres://tally@127.0.0.1/tally", 0o600);
    world.write("session-keys", &"5a3c".repeat(16), 0o600);
    world.write("journal.pem", &rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap().serialize_pem(), 0o600);
    world.write("journal.key", &rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap().serialize_pem(), 0o600);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/deploying");
    let mut tried = 0;
    for page in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if page.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&page).unwrap();
        for block in blocks(&text).into_iter().map(whole).filter(|block| !block.is_empty()) {
            let file = if block.contains("data_dir") { block } else { format!("data_dir = \"{{}}\"\n{block}") };
            world.load(&file).unwrap_or_else(|findings| panic!("{}: {findings:?}\n{file}", page.display()));
            tried += 1;
        }
    }
    println!("{tried} configurations of docs/deploying start");
    assert!(tried >= 10, "{tried}");
}
