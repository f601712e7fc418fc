//! `index.html`: Trunk's inline start goes, `boot.js` takes its place.

use std::path::Path;

use anyhow::{Context as _, bail};
use base64::Engine as _;
use sha2::{Digest as _, Sha256, Sha384};

use super::script::without_comments;
use super::split::App;
use crate::hex::hex;

pub(super) const INDEX: &str = "index.html";
const BOOT: &str = "boot.js";
/// Where `index.html` wants the one script: the comment that begins so.
const PLACE: &str = "<!-- boot:";

/// Writes `boot-HASH.js` with the names of the app's files in it, and has `index.html` load that and nothing else.
///
/// # Errors
/// When the page or `boot.js` is not of the form this expects: better here than a page that does not start.
pub(super) fn start_from_boot(dist: &Path, app: &App) -> anyhow::Result<()> {
    let page = std::fs::read_to_string(dist.join(INDEX)).context("no index.html")?;
    let (page, start) = without_trunk_start(&page)?;
    for ending in [".js", ".wasm"] {
        // The app in one piece, whose place the one in parts has taken.
        std::fs::remove_file(dist.join(named_in(&start, ending)?))?;
    }
    let template = std::fs::read_to_string(dist.join(BOOT)).context("no boot.js")?;
    let boot = fill(&template, app)?;

    let hash = hex(&Sha256::digest(&boot)).chars().take(16).collect::<String>();
    let name = format!("boot-{hash}.js");
    std::fs::write(dist.join(&name), &boot)?;
    std::fs::remove_file(dist.join(BOOT))?;

    let preloads = preloads(dist, app)?;
    let script = format!(r#"<script src="/{name}" integrity="{}"></script>"#, integrity(boot.as_bytes()));
    std::fs::write(dist.join(INDEX), with_boot(&page, &preloads, &script)?)?;
    Ok(())
}

/// The path of the file with this ending that Trunk's start loads.
fn named_in<'a>(start: &'a str, ending: &str) -> anyhow::Result<&'a str> {
    let mut quoted = start.split(['\'', '"', '`']).filter(|word| word.ends_with(ending) && !word.contains(char::is_whitespace));
    let path = quoted.next().with_context(|| format!("Trunk's start names no {ending} file"))?;
    Ok(path.trim_start_matches('/'))
}

fn fill(boot: &str, app: &App) -> anyhow::Result<String> {
    const FOLDER: &str = "{{app}}";
    if !boot.contains(FOLDER) {
        bail!("boot.js does not ask for {FOLDER}");
    }
    Ok(without_comments(boot)?.replace(FOLDER, &format!("/{}", app.folder)))
}

/// What opens the console is fetched together, none after the one that names it.
fn preloads(dist: &Path, app: &App) -> anyhow::Result<String> {
    let mut links = String::new();
    for js in [app.js(), app.loader()] {
        let integrity = integrity(&std::fs::read(dist.join(&js)).context(js.clone())?);
        links += &format!(r#"<link rel="modulepreload" href="/{js}" crossorigin="anonymous" integrity="{integrity}">"#);
    }
    // Without an integrity: Chromium ignores it here, with a warning.
    links += &format!(r#"<link rel="preload" href="/{}" crossorigin="anonymous" as="fetch" type="application/wasm">"#, app.wasm());
    Ok(links)
}

/// The page without the script that Trunk put in to start the app, and that script.
fn without_trunk_start(page: &str) -> anyhow::Result<(String, String)> {
    let fired = page.find("TrunkApplicationStarted").context("index.html has no start script by Trunk")?;
    let (before, after) = page.split_at(fired);
    let from = before.rfind("<script").context("Trunk's start is no script")?;
    let to = fired + after.find("</script>").context("Trunk's start has no end")? + "</script>".len();
    let cut = |range: std::ops::Range<usize>| page.get(range).unwrap_or_default();
    Ok((format!("{}{}", cut(0..from), cut(to..page.len())), cut(from..to).to_owned()))
}

/// The links that preload go before the script: what it fetches while it runs is not taken from a link that comes later,
/// and would be fetched twice. Trunk's own, for the app in one piece, go.
fn with_boot(page: &str, preloads: &str, script: &str) -> anyhow::Result<String> {
    let page = without_preloads(page);
    let (before, rest) = page.split_once(PLACE).with_context(|| format!("index.html has no comment `{PLACE} …`"))?;
    let (_, after) = rest.split_once("-->").context("the boot comment has no end")?;
    Ok(format!("{before}{preloads}{script}{after}"))
}

/// The page without its links that preload.
fn without_preloads(page: &str) -> String {
    let mut rest = String::new();
    for (n, part) in page.split("<link").enumerate() {
        let link = if n > 0 { "<link" } else { "" };
        match part.split_once('>').filter(|(tag, _)| n > 0 && (tag.contains(r#"="preload""#) || tag.contains(r#"="modulepreload""#))) {
            Some((_, after)) => rest += after,
            None => {
                rest += link;
                rest += part;
            }
        }
    }
    rest
}

pub(super) fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", base64::prelude::BASE64_STANDARD.encode(Sha384::digest(content)))
}

/// Neither `<script>` with a body, nor `<style>`, `style="…"` or `on…="…"`: refused here and not in somebody's browser.
pub(super) fn refuse_inline(page: &str) -> anyhow::Result<()> {
    let lower = page.to_ascii_lowercase();
    for script in lower.split("<script").skip(1) {
        let body = script.split_once('>').and_then(|(_, after)| after.split_once("</script")).map(|(body, _)| body);
        if body.is_none_or(|body| !body.trim().is_empty()) {
            bail!("index.html has an inline script, which the content-security policy refuses");
        }
    }
    for inline in ["<style", " style=", " onload=", " onerror=", " onclick="] {
        if lower.contains(inline) {
            bail!("index.html has `{inline}`, which the content-security policy refuses");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><head><!-- boot: here --><link rel="modulepreload" href="/whole-1.js"><link rel="preload" href="/whole-1_bg.wasm"></head><body>
<script type="module">
import init, * as bindings from '/whole-1.js';
const wasm = await init({ module_or_path: '/whole-1_bg.wasm' });
dispatchEvent(new CustomEvent("TrunkApplicationStarted", {detail: {wasm}}));
</script></body></html>"#;

    fn app() -> App {
        App { folder: "app-1".to_owned() }
    }

    #[test]
    fn the_start_moves_into_boot() {
        let dist = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &str| std::fs::write(dist.path().join(name), content).unwrap();
        write(INDEX, PAGE);
        write(BOOT, "import('{{app}}/frontend.js')");
        for whole in ["whole-1.js", "whole-1_bg.wasm"] {
            write(whole, "whole");
        }
        std::fs::create_dir(dist.path().join("app-1")).unwrap();
        for file in [app().js(), app().loader()] {
            write(&file, "app");
        }
        start_from_boot(dist.path(), &app()).unwrap();

        let page = std::fs::read_to_string(dist.path().join(INDEX)).unwrap();
        refuse_inline(&page).unwrap();
        let name = page.split('"').find(|word| word.starts_with("/boot-")).unwrap();
        let boot = std::fs::read_to_string(dist.path().join(name.trim_start_matches('/'))).unwrap();
        assert_eq!(boot, "import('/app-1/frontend.js')\n");
        assert!(page.contains(&integrity(boot.as_bytes())) && page.contains(&integrity(b"app")));
        let preload = page.find(r#"href="/app-1/frontend_bg.wasm""#).unwrap();
        assert!(preload < page.find("<script").unwrap(), "what the script fetches is preloaded before it");
        assert!(!page.contains("whole"), "{page}");
        assert!(!dist.path().join(BOOT).exists() && !dist.path().join("whole-1.js").exists());
    }

    #[test]
    fn the_integrity_of_an_empty_file_is_as_the_world_knows_it() {
        assert_eq!(integrity(b""), "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }

    #[test]
    fn a_boot_that_asks_for_no_app_is_refused() {
        assert!(fill("import('/frontend.js')", &app()).is_err());
    }

    #[test]
    fn inline_scripts_styles_and_handlers_are_refused() {
        for page in
            ["<script>go()</script>", "<SCRIPT type=module>\nx</SCRIPT>", "<style>a{}</style>", r#"<p style="x">"#, r#"<body onload="x">"#]
        {
            assert!(refuse_inline(page).is_err(), "{page}");
        }
    }
}
