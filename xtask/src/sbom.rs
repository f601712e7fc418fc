//! `cargo xtask sbom`, and a file of what is shipped: what the binary is made of, as a CycloneDX document. The same packages give the
//! same bytes: it names no time and no number of its own.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::notices::{self, Package};
use crate::paths;

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    print!("{}", text()?);
    Ok(())
}

/// # Errors
/// The packages cannot be read, or one of them is not in Cargo.lock.
pub(crate) fn text() -> anyhow::Result<String> {
    let lock = std::fs::read_to_string(paths::root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let checksums = checksums(&lock)?;
    let components = notices::shipped()?.iter().map(|package| component(package, &checksums)).collect::<anyhow::Result<Vec<_>>>()?;
    let version = env!("CARGO_PKG_VERSION");
    let document = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": format!("tally@{version}"),
                "name": "tally",
                "version": version,
                "licenses": [{ "expression": "Apache-2.0" }],
            },
        },
        "components": components,
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// The SHA-256 of each package's archive, by name and version.
type Checksums = BTreeMap<(String, String), String>;

fn checksums(lock: &str) -> anyhow::Result<Checksums> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is no TOML")?;
    let packages = lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock names no packages")?;
    let said = |package: &toml::Value, member: &str| Some(package.get(member)?.as_str()?.to_owned());
    Ok(packages
        .iter()
        .filter_map(|package| Some(((said(package, "name")?, said(package, "version")?), said(package, "checksum")?)))
        .collect())
}

fn component(package: &Package, checksums: &Checksums) -> anyhow::Result<Value> {
    let Package { name, version, licenses, .. } = package;
    let checksum =
        checksums.get(&(name.clone(), version.clone())).with_context(|| format!("Cargo.lock has no checksum of {name} {version}"))?;
    let purl = format!("pkg:cargo/{name}@{version}");
    Ok(json!({
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": [{ "alg": "SHA-256", "content": checksum }],
        "licenses": [{ "expression": licenses.join(" AND ") }],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn everything_that_is_shipped_stands_in_it_once_with_its_checksum() {
        let document: Value = serde_json::from_str(&text().expect("a document")).expect("JSON");
        let components = document["components"].as_array().expect("components");
        let shipped = notices::shipped().expect("packages");
        let names: BTreeSet<&str> = components.iter().filter_map(|component| component["purl"].as_str()).collect();
        assert_eq!((components.len(), names.len()), (shipped.len(), shipped.len()));
        assert!(
            names.iter().any(|name| name.starts_with("pkg:cargo/aws-sdk-ivs@"))
                && names.iter().any(|name| name.starts_with("pkg:cargo/leptos@"))
        );
        assert!(!names.iter().any(|name| name.contains("proptest")), "what is for tests is not shipped");
        for component in components {
            let checksum = component["hashes"][0]["content"].as_str().expect("a checksum");
            assert!(checksum.len() == 64 && checksum.bytes().all(|byte| byte.is_ascii_hexdigit()), "{component}");
        }
    }
}
