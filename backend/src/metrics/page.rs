//! The page that Prometheus reads: its text format 0.0.4, of which the console needs three kinds of line. Written by hand: the
//! libraries bring a registry of their own beside the table, and more code than this.

use super::instruments::{BOUNDS, Counts, Times};
use super::table::{Kind, Metric};
use std::fmt::{Display, Write as _};

/// As the page is declared.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A page that is being written.
#[derive(Debug, Default)]
pub struct Page(String);

impl Page {
    /// A metric without labels.
    pub fn one(&mut self, metric: Metric, value: impl Display) {
        self.head(metric);
        self.sample(metric.name, &[], value);
    }

    /// The same, where it is known.
    pub fn known(&mut self, metric: Metric, value: Option<impl Display>) {
        if let Some(value) = value {
            self.one(metric, value);
        }
    }

    /// A metric that only its label says something with.
    pub fn info(&mut self, metric: Metric, label: &str) {
        self.head(metric);
        self.sample(metric.name, &labelled(metric, &[label]), 1);
    }

    /// Counters.
    pub fn counts<const N: usize>(&mut self, metric: Metric, counts: &Counts<N>) {
        self.head(metric);
        for (labels, count) in counts.read() {
            self.sample(metric.name, &labelled(metric, &labels), count);
        }
    }

    /// Histograms. Each bucket has those of the smaller ones too.
    pub fn times(&mut self, metric: Metric, times: &Times) {
        self.head(metric);
        let [bucket, sum, count] = ["bucket", "sum", "count"].map(|part| format!("{}_{part}", metric.name));
        for (label, spread) in times.read() {
            let labels = labelled(metric, &[label]);
            let mut below = 0;
            for (bound, more) in BOUNDS.iter().zip(spread.up_to) {
                below += more;
                self.sample(&bucket, &[&*labels, &[("le", &bound.to_string())]].concat(), below);
            }
            self.sample(&bucket, &[&*labels, &[("le", "+Inf")]].concat(), spread.count);
            self.sample(&sum, &labels, spread.seconds);
            self.sample(&count, &labels, spread.count);
        }
    }

    /// All that was written.
    pub fn text(self) -> String {
        self.0
    }

    fn head(&mut self, Metric { name, kind, help, .. }: Metric) {
        // Writing into a text does not fail.
        let _ = writeln!(self.0, "# HELP {name} {}\n# TYPE {name} {}", escaped(help), kind.as_str());
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let labels: Vec<String> =
            labels.iter().map(|(label, text)| format!("{label}=\"{}\"", escaped(text).replace('"', "\\\""))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }
}

fn labelled<'a>(metric: Metric, texts: &[&'a str]) -> Vec<(&'static str, &'a str)> {
    debug_assert_eq!(metric.labels.len(), texts.len(), "{}", metric.name);
    metric.labels.iter().copied().zip(texts.iter().copied()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

/// `docs/metrics.md`.
pub fn document() -> String {
    let mut page = String::from(INTRODUCTION);
    for metric in super::table::ALL {
        let labels: Vec<String> = metric.labels.iter().map(|label| format!("`{label}`")).collect();
        let kind = match metric.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram, seconds",
        };
        let _ = writeln!(page, "| `{}` | {kind} | {} | {} |", metric.name, labels.join(", "), metric.help);
    }
    page.push_str(CLOSE);
    page
}

const INTRODUCTION: &str = "# Metrics

<!-- Written by `cargo test -p backend --test documents` from the table of metrics, with TALLY_BLESS=1 in the environment. -->

With `metrics_listen = \"127.0.0.1:9464\"` the console answers `GET /metrics` there, for Prometheus, in its text format 0.0.4, and nothing else; its own address never has them.
[Deploying](deploying/README.md#metrics-and-alerts) says how to read them, and has alert rules.

No label names a person, a resource, an account or a region, and none holds anything that a request brought.

| Metric | Kind | Labels | Meaning |
|---|---|---|---|
";

const CLOSE: &str = "
## Labels

- `route`: an operation of IVS or a route of the console by its name in the journal; `sign-in` and `callback` for going to the provider and back, `logout` for its word of an end, `probe`, `file` for all that is no route of the API, `unknown` for a route that there is not.
- `status`: `2xx` and the like.
- `code`: as in the answer and in the journal. A code that this build does not know is `other`.
    - Not from the console's own page, or not by its name: `CrossOrigin`, `HostRefused`.
    - Not through the proxy as it should: `ProxyRefused`, of each request that is refused so.
    - Too much at once: `Overloaded` for the console, `Busy` for IVS's call rate, `TooManyRequests` for one person, many stream keys at once among it.
- `outcome` of a sign-in: `ok`; `token` for a launch token that is not the one; else why, as the sign-in page has it in its address. Behind a proxy `ok` is somebody who was not seen for long, and `no-access` each request of somebody without a role.
- `outcome` of an item of a job: `done`, `refused`, `unknown`.
- `lane`: `change`, `click`, `poll`.
";
