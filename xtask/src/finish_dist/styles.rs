//! The style sheets become one: they are written apart to be read, and each would cost a request before the first paint.

use std::path::Path;

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

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
    let merged = without_comments(&merged);
    let hash = hex(&Sha256::digest(&merged)).chars().take(16).collect::<String>();
    let name = format!("style-{hash}.css");
    std::fs::write(dist.join(&name), &merged)?;
    let link = format!(r#"<link rel="stylesheet" href="/{name}" integrity="{}">"#, integrity(merged.as_bytes()));
    let page = page.replacen("</head>", &format!("{link}</head>"), 1);
    std::fs::write(dist.join(INDEX), page).context("cannot write index.html")
}

/// The same sheet without its comments, and with one space where there were several: to CSS they mean the same, and comments
/// are a sixth of what would be sent. What stands in quotes stays as it is.
fn without_comments(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' | '\'' => {
                kept.push(character);
                while let Some(quoted) = rest.next() {
                    kept.push(quoted);
                    if quoted == '\\' {
                        kept.extend(rest.next());
                    } else if quoted == character {
                        break;
                    }
                }
            }
            '/' if rest.peek() == Some(&'*') => {
                rest.next();
                let mut before = ' ';
                // To the end of the comment: a star and a slash.
                while rest.next_if(|next| !(before == '*' && *next == '/')).inspect(|next| before = *next).is_some() {}
                rest.next();
                space(&mut kept);
            }
            _ if character.is_ascii_whitespace() => space(&mut kept),
            _ => kept.push(character),
        }
    }
    kept
}

fn space(kept: &mut String) {
    if !kept.ends_with(' ') {
        kept.push(' ');
    }
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
    fn comments_go_and_what_is_quoted_stays() {
        let sheet = "/* why **/\n.a  .b {\n  content: \"/* no \\\"  comment */\"; /**/ width: calc(1px - 2px) }/*";
        assert_eq!(without_comments(sheet), " .a .b { content: \"/* no \\\"  comment */\"; width: calc(1px - 2px) } ");
        // A pseudo-class of the element is not one of its descendants.
        assert_eq!(without_comments("& :is(th):first-child{}"), "& :is(th):first-child{}");
    }

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
