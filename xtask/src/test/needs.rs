//! What the tests need: listed first, then installed or, with `--no-install`, named with the command that would.

use anyhow::{Context as _, bail};

use super::{alerts, browser, python};
use crate::postgres;
use crate::system::{self, Package};
use crate::tools::Tool;

/// Where Debian has it.
const APACHE: [&str; 2] = ["/usr/sbin/apache2", "/usr/lib/apache2/modules/mod_auth_openidc.so"];
const NGINX: &str = "/usr/sbin/nginx";

struct Need {
    name: String,
    there: bool,
    by_hand: String,
    install: fn() -> anyhow::Result<()>,
}

/// # Errors
/// When something is missing and may not or cannot be installed.
pub(super) fn meet(install: bool) -> anyhow::Result<()> {
    let needs = all()?;
    println!("the tests need:");
    for need in &needs {
        println!("  {:<44} {}", need.name, if need.there { "there" } else { "missing" });
    }
    let missing: Vec<_> = needs.iter().filter(|need| !need.there).collect();
    if !install && !missing.is_empty() {
        let commands: Vec<_> = missing.iter().map(|need| need.by_hand.as_str()).collect();
        bail!("missing, and --no-install was given; the commands are:\n  {}", commands.join("\n  "));
    }
    for need in missing {
        println!("\n── installing {}", need.name);
        (need.install)().with_context(|| format!("{} could not be installed; the command is: {}", need.name, need.by_hand))?;
    }
    Ok(())
}

/// In the order of installation.
fn all() -> anyhow::Result<Vec<Need>> {
    Ok(vec![
        package(&system::NPM, || bail!("install Node.js 20 or newer with npm, as you like to have it")),
        package(&system::CHROMIUM, || system::CHROMIUM.install()),
        // Without its service: the programs alone, which the tests start themselves.
        Need {
            name: "Apache with mod_auth_openidc".to_owned(),
            there: APACHE.iter().all(|path| std::path::Path::new(path).exists()),
            by_hand: "sudo apt-get install --no-install-recommends apache2-bin libapache2-mod-auth-openidc".to_owned(),
            install: || ["apache2-bin", "libapache2-mod-auth-openidc"].into_iter().try_for_each(system::apt_install),
        },
        // Debian starts a service of its own with it, where there is systemd; the tests do not need it.
        Need {
            name: "nginx".to_owned(),
            there: std::path::Path::new(NGINX).exists(),
            by_hand: "sudo apt-get install --no-install-recommends nginx".to_owned(),
            install: || system::apt_install("nginx"),
        },
        Need {
            name: "PostgreSQL".to_owned(),
            there: postgres::programs().is_some(),
            by_hand: "sudo apt-get install --no-install-recommends postgresql".to_owned(),
            install: || system::apt_install("postgresql"),
        },
        Need {
            name: "promtool, of Prometheus".to_owned(),
            there: alerts::is_installed(),
            by_hand: alerts::by_hand()?,
            install: alerts::install,
        },
        Need {
            name: "Python 3 with venv".to_owned(),
            there: python::can_make_environments(),
            by_hand: "sudo apt-get install python3-venv".to_owned(),
            install: || system::apt_install("python3-venv"),
        },
        Need {
            name: format!("rustup target {}", system::WASM),
            there: system::has_wasm_target(),
            by_hand: format!("rustup target add {}", system::WASM),
            install: system::install_wasm_target,
        },
        tool(&Tool::trunk(), || Tool::trunk().install())?,
        tool(&Tool::wasm_bindgen()?, || Tool::wasm_bindgen()?.install())?,
        tool(&Tool::wasm_split(), || Tool::wasm_split().install())?,
        tool(&Tool::nextest(), || Tool::nextest().install())?,
        tool(&Tool::deny(), || Tool::deny().install())?,
        Need {
            name: "Python packages: boto3, the AWS CLI, pytest".to_owned(),
            there: python::is_installed()?,
            by_hand: python::by_hand()?,
            install: python::install,
        },
        Need {
            name: "npm packages: Playwright, axe, oidc-provider".to_owned(),
            there: browser::is_installed(),
            by_hand: "npm ci --prefix e2e".to_owned(),
            install: browser::install,
        },
    ])
}

fn package(package: &Package, install: fn() -> anyhow::Result<()>) -> Need {
    Need { name: package.program.to_owned(), there: package.is_installed(), by_hand: package.by_hand(), install }
}

fn tool(tool: &Tool, install: fn() -> anyhow::Result<()>) -> anyhow::Result<Need> {
    Ok(Need { name: format!("{} {}", tool.name, tool.version), there: tool.is_installed()?, by_hand: tool.by_hand()?, install })
}
