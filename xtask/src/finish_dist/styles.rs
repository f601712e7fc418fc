//! The style sheets become one: they are written apart to be read, and each would cost a request before the first paint.

use std::path::Path;

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use super::minify;
use super::page::{INDEX, integrity};
use crate::hex::hex;

/// Writes `style-HASH.css` with all of them in the page's order, and has `index.html` load that instead.
///
/// # Errors
/// When a sheet that the page names is not there.
pub(super) fn merge(dist: &Path) -> anyhow::Result<()> {
    let page = std::fs::read_to_string(dist.join(INDEX)).context("no index.html")?;
    let (page, sheets) = without_sheets(&page);
    let mut merged = String::new();
    for sheet in &sheets {
        let path = dist.join(sheet.trim_start_matches('/'));
        merged += &std::fs::read_to_string(&path).with_context(|| format!("no {sheet}"))?;
        std::fs::remove_file(path)?;
    }
    let merged = minify::css(&merged)?;
    let hash = hex(&Sha256::digest(&merged)).chars().take(16).collect::<String>();
    let name = format!("style-{hash}.css");
    std::fs::write(dist.join(&name), &merged)?;
    let link = format!(r#"<link rel="stylesheet" href="/{name}" integrity="{}">"#, integrity(merged.as_bytes()));
    let page = page.replacen("</head>", &format!("{link}</head>"), 1);
    std::fs::write(dist.join(INDEX), page).context("cannot write index.html")
}

/// The page without its links to style sheets, and where they led.
fn without_sheets(page: &str) -> (String, Vec<String>) {
    let (mut kept, mut sheets) = (String::new(), Vec::new());
    for (n, part) in page.split("<link").enumerate() {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        let href = tag.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(href, _)| href);
        match href {
            Some(href) if n > 0 && tag.contains("\"stylesheet\"") => {
                sheets.push(href.to_owned());
                kept += after;
            }
            _ => {
                kept += if n > 0 { "<link" } else { "" };
                kept += part;
            }
        }
    }
    (kept, sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sheets_become_one_in_their_order_and_other_links_stay() {
        let dist = tempfile::tempdir().unwrap();
        let page = r#"<head><link rel="icon" href="/i.svg"><link rel="stylesheet" href="/b.css" integrity="x"/>
<link rel="stylesheet" href="/a.css"></head><body></body>"#;
        std::fs::write(dist.path().join(INDEX), page).unwrap();
        std::fs::write(dist.path().join("b.css"), "b{}").unwrap();
        std::fs::write(dist.path().join("a.css"), "a{}").unwrap();
        merge(dist.path()).unwrap();

        let page = std::fs::read_to_string(dist.path().join(INDEX)).unwrap();
        assert!(page.contains(r#"<link rel="icon" href="/i.svg">"#));
        assert_eq!(page.matches("stylesheet").count(), 1);
        let name = page.split('"').find(|word| word.starts_with("/style-")).unwrap();
        assert_eq!(std::fs::read_to_string(dist.path().join(name.trim_start_matches('/'))).unwrap(), "b{}a{}");
        assert!(!dist.path().join("a.css").exists());
    }
}
