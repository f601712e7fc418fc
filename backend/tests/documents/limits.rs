//! `docs/limits.md`, and the limits that the code has.

use backend::http::Limits;
use contract::{call, job, own};

const PAGE: &str = include_str!("../../../docs/limits.md");

/// How much the page says of something, as it stands in its row.
fn row(what: &str) -> &'static str {
    let row = PAGE.lines().find(|line| line.starts_with(&format!("| {what} |"))).unwrap_or_else(|| panic!("no row {what}"));
    row.trim_start_matches(&format!("| {what} | "))
}

fn thousands(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

#[test]
fn the_page_says_the_limits_that_are() {
    let limits = Limits::default();
    for (what, much) in [
        ("items of a job", thousands(job::MOST)),
        ("secrets that are revealed at once", format!("{} | and once in {} seconds", thousands(own::MOST_REVEALED), own::REVEALED_EVERY)),
        ("letters of a reason", call::REASON_MOST.to_string()),
        (
            "bytes of a request",
            format!("{} KiB | of one that starts a job {} MiB", limits.body.bytes / 1024, job::MOST_BYTES / 1024 / 1024),
        ),
        ("requests at once", limits.in_flight.to_string()),
        ("for the head of a request, for its body", format!("10 s, {} s", limits.body.wait.as_secs())),
        ("for an answer", format!("{} s", limits.deadline.as_secs())),
    ] {
        assert!(row(what).starts_with(&much), "{what}: {much} is what is, and the page says {}", row(what));
    }
}
