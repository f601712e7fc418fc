//! The log: one line an event, to standard error, for people or for machines.

use serde::Deserialize;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, FilterFn, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// How lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// Crates that write requests, replies or headers at DEBUG or TRACE, secrets among them: the SDK prints every reply that
/// it does not know to be sensitive. Prefixes.
const TALKATIVE: [&str; 5] = ["aws_", "hyper", "h2", "rustls", "tower"];

/// Starts logging for the whole process. `filter` is in the notation of `RUST_LOG`; whatever it says, the talkative crates
/// stay at INFO unless `sdk_trace`.
///
/// # Errors
/// The filter cannot be read, in words, or logging has been started already.
pub fn start(filter: &str, format: Format, sdk_trace: bool) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| error.to_string())?;
    let layers = tracing_subscriber::registry().with(filter).with(clamp(sdk_trace));
    // No colours: the writer below would print their codes as text.
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Escaping(io::stderr()));
    let started = match format {
        Format::Human => layers.with(lines).try_init(),
        Format::Json => layers.with(lines.json().flatten_event(true).with_current_span(true).with_span_list(false)).try_init(),
    };
    started.map_err(|error| error.to_string())?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let message = panic.payload_as_str().unwrap_or("no message");
        PANICS.fetch_add(1, Ordering::Relaxed);
        tracing::error!(place, message, "panicked");
    }));
    Ok(())
}

/// How often something panicked in this process since logging was started.
static PANICS: AtomicU64 = AtomicU64::new(0);

/// How often something has panicked.
pub fn panics() -> u64 {
    PANICS.load(Ordering::Relaxed)
}

/// Lets through what may be written.
pub fn clamp(sdk_trace: bool) -> FilterFn<impl Fn(&Metadata<'_>) -> bool> {
    filter_fn(move |event| sdk_trace || *event.level() <= Level::INFO || !TALKATIVE.iter().any(|name| event.target().starts_with(name)))
}

/// Writes text with every control character but the closing line end as an escape: names, tags and encoder strings come
/// from strangers, and must not begin a line or move a terminal's cursor.
#[derive(Debug)]
pub struct Escaping<W>(pub W);

impl<W: Write> Write for Escaping<W> {
    /// Takes a whole event at once, as the formatter hands it over.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        if line.chars().any(char::is_control) {
            let escaped: String = line.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.into() }).collect();
            self.0.write_all(escaped.as_bytes())?;
            self.0.write_all(&text.as_bytes()[line.len()..])?;
        } else {
            self.0.write_all(event)?;
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[test]
    fn no_event_can_begin_a_line_or_move_the_cursor() {
        let mut written = Vec::new();
        Escaping(&mut written).write_all("a\nb\r\x1b[2J\u{9b}é\n".as_bytes()).expect("written");
        assert_eq!(String::from_utf8(written).expect("text"), "a\\nb\\r\\u{1b}[2J\\u{9b}é\n");
    }

    /// What is written of three events at TRACE.
    fn written(sdk_trace: bool) -> String {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = lines.clone();
        let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || Shared(sink.clone()));
        let layers = tracing_subscriber::registry().with(EnvFilter::new("trace")).with(clamp(sdk_trace)).with(layer);
        tracing::subscriber::with_default(layers, || {
            tracing::debug!(target: "aws_smithy_runtime::client", "canary of the SDK");
            tracing::info!(target: "hyper_util::client", "an ordinary event");
            tracing::trace!(target: "backend::ivs", "ours");
        });
        let lines = lines.lock().expect("lines");
        String::from_utf8(lines.clone()).expect("text")
    }

    #[derive(Debug)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, event: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("lines").write(event)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn no_filter_opens_the_talkative_crates() {
        let text = written(false);
        assert!(!text.contains("canary") && text.contains("an ordinary event") && text.contains("ours"), "{text}");
        assert!(written(true).contains("canary"), "what danger_sdk_trace is for");
    }
}
