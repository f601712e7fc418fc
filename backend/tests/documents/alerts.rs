//! The alert rules, held against the table of metrics. That they fire, promtool shows (`cargo xtask test`).

use backend::metrics::table::ALL;
use std::collections::BTreeSet;
use std::path::Path;

/// A rule about a metric that is not there never fires, and nothing says so.
#[test]
fn the_alerts_ask_for_metrics_that_there_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/deploying");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("readable");
    for name in ["alerts.yml", "alerts_test.yml"] {
        let text = read(name);
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let asked: BTreeSet<_> = words.filter(|word| word.starts_with("tally_")).collect();
        assert!(asked.len() > 5, "{asked:?}");
        for word in asked {
            let histogram = |word: &str| ["_bucket", "_sum", "_count"].iter().find_map(|part| word.strip_suffix(part)).map(str::to_owned);
            let plain = histogram(word).unwrap_or_else(|| word.to_owned());
            assert!(ALL.iter().any(|metric| metric.name == plain), "{name} asks for {word}");
        }
    }
    let alerts = read("alerts.yml");
    let said: BTreeSet<_> = alerts.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    let proven = read("alerts_test.yml");
    let tested: BTreeSet<_> = proven
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- alertname: ").or_else(|| line.trim().strip_prefix("alertname: ")))
        .collect();
    assert_eq!(said, tested, "each alert is seen to fire by promtool");
}
