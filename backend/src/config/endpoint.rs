//! Everything that can send the SDK elsewhere than to AWS: an account's `endpoint_url`, the environment, the profile.
//! Whoever can set one of these reads every request and every secret, so none may lead off this machine.

use std::collections::BTreeMap;

/// Does the URL lead to this machine?
pub(super) fn on_loopback(url: &str) -> bool {
    let Ok(url) = url.parse::<http::Uri>() else { return false };
    let host = url.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let by_address = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    matches!(url.scheme_str(), Some("http" | "https")) && (by_address || host.eq_ignore_ascii_case("localhost"))
}

/// The overrides in the environment, by variable: `AWS_ENDPOINT_URL` and those of the two services we call.
pub(super) fn in_environment(env: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    if ignored(env) {
        return Vec::new();
    }
    env.iter().filter(|(name, url)| name.starts_with("AWS_ENDPOINT_URL") && !url.is_empty()).map(|(name, url)| (&**name, &**url)).collect()
}

/// The overrides that a profile brings: its own, and those of the `[services …]` section that it names. The SDK reads a
/// profile from two files, `[profile NAME]` in the one and `[NAME]` in the other; here either counts in both.
pub(super) fn in_profile<'a>(files: [&'a str; 2], profile: &str, env: &BTreeMap<String, String>) -> Vec<&'a str> {
    if ignored(env) {
        return Vec::new();
    }
    let sections = |section: String| files.into_iter().flat_map(move |file| settings(file, &section));
    let lines: Vec<_> = sections(profile.to_owned()).chain(sections(format!("profile {profile}"))).collect();
    let named = lines.iter().filter(|(name, _)| name.eq_ignore_ascii_case("services"));
    let services: Vec<_> = named.flat_map(|(_, section)| sections(format!("services {section}"))).collect();
    lines.into_iter().chain(services).filter(|(name, _)| name.eq_ignore_ascii_case("endpoint_url")).map(|(_, url)| url).collect()
}

fn ignored(env: &BTreeMap<String, String>) -> bool {
    env.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// The `name = value` lines of a section, nested ones too: any service's override counts, since a harmless one is rare and a
/// missed one is not. Upper and lower case are the same, as they are to the SDK in the names of settings.
fn settings<'a>(file: &'a str, section: &str) -> Vec<(&'a str, &'a str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in file.lines() {
        if let Some(header) = line.trim().strip_prefix('[') {
            let name = header.split(']').next().unwrap_or_default();
            let words = (name.split_whitespace(), section.split_whitespace());
            inside = words.0.map(str::to_ascii_lowercase).eq(words.1.map(str::to_ascii_lowercase));
        } else if inside && let Some((name, value)) = line.split_once('=') {
            found.push((name.trim(), value.trim()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for near in ["http://127.0.0.1:4510", "http://127.9.9.9", "https://localhost:1/", "http://[::1]:4510"] {
            assert!(on_loopback(near), "{near}");
        }
        for far in [
            "http://127.0.0.1.evil.org",
            "http://localhost.evil.org",
            "http://10.0.0.1",
            "http://0.0.0.0:1",
            "ftp://localhost",
            "localhost:4510",
            "",
            "http://a@127.0.0.1@evil.org",
        ] {
            assert!(!on_loopback(far), "{far}");
        }
    }

    #[test]
    fn a_profile_brings_its_own_override_and_its_services() {
        let file = "[default]\nendpoint_url = http://a\n[profile  work]\nregion=eu-west-1\nservices = local\n[services local]\nivs =\n  endpoint_url = http://b\n[profile other]\nendpoint_url=http://c\n";
        let none = BTreeMap::new();
        assert_eq!(in_profile([file, ""], "default", &none), ["http://a"]);
        assert_eq!(in_profile([file, ""], "work", &none), ["http://b"]);
        assert_eq!(in_profile([file, ""], "absent", &none), [""; 0]);
        let ignoring = BTreeMap::from([("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS".to_owned(), "true".to_owned())]);
        assert_eq!(in_profile([file, ""], "work", &ignoring), [""; 0]);
    }

    #[test]
    fn neither_case_nor_the_other_file_hides_an_override() {
        let none = BTreeMap::new();
        let config = "[PROFILE work]\nENDPOINT_URL = http://a\nSERVICES = Local\n[Services local]\nIVS =\n  Endpoint_Url = http://b\n";
        let credentials = "[work]\naws_access_key_id = AKIA\nendpoint_url = http://c\n[default]\nendpoint_url = http://d\n";
        assert_eq!(in_profile([config, credentials], "work", &none), ["http://c", "http://a", "http://b"]);
        assert_eq!(in_profile([config, credentials], "default", &none), ["http://d"]);
    }
}
