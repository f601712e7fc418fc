//! Showing the configuration: what holds and who said so, and the page of the documentation.

use super::keys::{ACCOUNTS, KEYS, Key, Kind, RULES, Tables};
use super::merge::{self, Sources};
use toml::Value;

/// What holds, as a file that could be read again, with who said it behind each line. What could be a credential is not
/// shown: none belongs into the configuration, which does not keep one from being pasted there.
pub fn print(sources: &Sources) -> String {
    let merged = merge::merge(sources);
    let mut text = String::new();
    let mut group = "";
    // Members of a table come after everything that is not in one.
    let lists = |key: &Key| matches!(key.kind, Kind::Tables(_));
    let (mut rest, plain): (Vec<&Key>, Vec<&Key>) = KEYS.iter().partition(|key| key.name.contains('.') || lists(key));
    rest.sort_by_key(|key| lists(key));
    for key in plain.into_iter().chain(rest) {
        let Some((value, origin)) = merged.values.get(key.name) else { continue };
        if let (Kind::Tables(_), Value::Array(tables)) = (key.kind, value) {
            tables.iter().for_each(|table| print_table(&mut text, key.name, table, &origin.to_string()));
            continue;
        }
        let (table, member) = key.name.split_once('.').unwrap_or(("", key.name));
        if table != group {
            group = table;
            text.push_str(&format!("\n[{table}]\n"));
        }
        text.push_str(&format!("{member} = {}  # {origin}\n", redacted(value)));
    }
    text
}

fn print_table(text: &mut String, list: &str, table: &Value, origin: &str) {
    text.push_str(&format!("\n[[{list}]]  # {origin}\n"));
    for (name, value) in table.as_table().into_iter().flatten() {
        text.push_str(&format!("{name} = {}\n", redacted(value)));
    }
}

/// The value, with passwords in URLs and anything of the form of an AWS key blotted out.
fn redacted(value: &Value) -> String {
    match value {
        Value::String(text) => Value::String(blotted(text)).to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(redacted).collect::<Vec<_>>().join(", ")),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Table(_) => value.to_string(),
    }
}

fn blotted(text: &str) -> String {
    let key_id = ["AKIA", "ASIA"].iter().any(|start| text.contains(start));
    let long_word = |word: &str| word.len() >= 40 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte));
    let long = text.split([' ', ':', '@', '?', '&', '=']).any(long_word);
    let password = text.split_once("://").is_some_and(|(_, rest)| rest.split('/').next().is_some_and(|authority| authority.contains('@')));
    if key_id || long || password { "(not shown)".to_owned() } else { text.to_owned() }
}

/// `docs/configuration.md`.
pub fn document() -> String {
    let mut page = String::from(INTRODUCTION);
    page.push_str("| Key | Environment | Flag | Value | Default | Meaning |\n|---|---|---|---|---|---|\n");
    for key in KEYS {
        let default = if key.default.is_empty() { String::new() } else { format!("`{}`", key.default) };
        let row =
            format!("| `{}` | `{}` | `--{}` | {} | {default} | {} |\n", key.name, key.variable(), key.flag(), value(key), key.meaning);
        page.push_str(&row);
    }
    for (title, list, tables) in [("An account", "accounts", &ACCOUNTS), ("A rule", "auth.rules", &RULES)] {
        page.push_str(&members(title, list, tables));
    }
    page.push_str(CLOSE);
    page
}

fn members(title: &str, list: &str, tables: &Tables) -> String {
    let mut text = format!(
        "\n## {title}\n\nEach `[[{list}]]` of the file has these members. In the environment and behind the flag, all {} are one value: `{}`.\n\n| Member | Value | Meaning |\n|---|---|---|\n",
        tables.all, tables.example
    );
    for key in tables.keys {
        text.push_str(&format!("| `{}` | {} | {} |\n", key.name, value(key), key.meaning));
    }
    text
}

fn value(key: &Key) -> String {
    let unit = key.unit();
    let kind = key.kind.to_string().replace('|', "\\|");
    if unit.is_empty() || kind.contains(unit) { kind } else { format!("{kind} ({unit})") }
}

const INTRODUCTION: &str = "# Configuration

<!-- Written by `cargo test -p backend --test config` from the table of keys, with TALLY_BLESS=1 in the environment. -->

`tally serve`, `tally check`, `tally config print` and `tally config check` read a TOML file (`--config FILE`, or `TALLY_CONFIG`), over which the environment wins, over which flags win.
A key that is not in the table is refused, and so is what would be unsafe: `tally config check` says everything at once, each with its fix; `tally config print` shows what holds and who said it.

```toml
danger_single_user = true
single_user_role = \"operator\"

[[accounts]]
name = \"main\"
regions = [\"eu-west-1\", \"us-west-2\"]
expected_account_id = \"123456789012\"
profile = \"ivs-console\"
```

## Keys

";

const CLOSE: &str = "
## Credentials

No credential stands in the configuration. They come from where the AWS SDK looks: the environment (`AWS_ACCESS_KEY_ID` …), the profile (keys, `aws sso login`, a `credential_process`
where the profile names one), web identity, the ECS task role, the instance's role. `assume_role_arn` is assumed with them.
";
