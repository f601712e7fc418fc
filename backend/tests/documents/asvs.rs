//! `docs/security.md`: the tests that it names are there, each requirement stands once, and what it says at its top is what its rows say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../../../docs/security.md");

const KINDS: [&str; 4] = ["test", "review", "deployer", "open"];

/// A requirement, and how it is met.
struct Row {
    number: &'static str,
    level: &'static str,
    kind: &'static str,
    how: &'static str,
}

impl Row {
    fn read(line: &'static str) -> Self {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, _, how] = cells[..] else { panic!("not three cells: {line}") };
        let (number, level) = number.split_once(' ').unwrap_or_else(|| panic!("a number without its level: {line}"));
        let (kind, how) = how.split_once(": ").unwrap_or_else(|| panic!("not said how: {line}"));
        assert!(["L1", "L2"].contains(&level) && KINDS.contains(&kind), "{line}");
        Self { number, level, kind, how }
    }

    /// What stands in code: a test, or a path.
    fn named(&self) -> impl Iterator<Item = &'static str> {
        self.how.split('`').skip(1).step_by(2)
    }
}

fn rows() -> Vec<Row> {
    PAGE.lines().filter(|line| line.starts_with("| V")).map(Row::read).collect()
}

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Is there a test of this name in the file? In Rust a function that is marked as one, in the browser's tests a title.
fn is_a_test(path: &str, name: &str) -> bool {
    let Ok(text) = std::fs::read_to_string(at(path)) else { return false };
    if path.ends_with(".ts") {
        return text.contains(&format!("test(\"{name}\""));
    }
    let Some(begin) = text.find(&format!("fn {name}(")) else { return false };
    let before = text[..begin].trim_end();
    let before = before.strip_suffix("async").unwrap_or(before).trim_end();
    let mark = before.lines().last().unwrap_or_default().trim();
    mark == "#[test]" || mark.starts_with("#[tokio::test")
}

#[test]
fn the_tests_that_it_names_are_there() {
    for row in rows().iter().filter(|row| row.kind == "test") {
        assert!(row.named().next().is_some(), "{} names no test", row.number);
        for named in row.named() {
            let (path, name) = named.split_once("::").unwrap_or_else(|| panic!("{}: {named} is no test", row.number));
            assert!(is_a_test(path, name), "{}: there is no test {named}", row.number);
        }
    }
}

/// The control: a name that is nobody's, and a function that is no test.
#[test]
fn what_is_no_test_is_not_taken_for_one() {
    assert!(is_a_test("backend/tests/documents/asvs.rs", "what_is_no_test_is_not_taken_for_one"));
    for (path, name) in [
        ("backend/tests/documents/asvs.rs", "is_a_test"),
        ("backend/tests/documents/asvs.rs", "what_is_no_test"),
        ("backend/tests/documents/nothing.rs", "what_is_no_test_is_not_taken_for_one"),
        ("e2e/tests/sign-in.spec.ts", "who opens a link"),
    ] {
        assert!(!is_a_test(path, name), "{path}::{name}");
    }
}

#[test]
fn the_files_that_it_names_are_there() {
    for row in rows().iter().filter(|row| ["review", "deployer"].contains(&row.kind)) {
        // A review names its file first, a deployer's duty the page last; what else stands in code is no path.
        let path = if row.kind == "review" { row.named().next() } else { row.named().last() };
        let path = path.unwrap_or_else(|| panic!("{} names no file", row.number));
        assert!(at(path).is_file(), "{}: there is no {path}", row.number);
        assert!(row.kind == "review" || path.starts_with("docs/deploying/"), "{}: {path} is not for deployers", row.number);
    }
}

#[test]
fn each_requirement_stands_once() {
    let mut seen = BTreeSet::new();
    for row in rows() {
        assert!(seen.insert(row.number), "{} stands twice", row.number);
    }
    assert!(!seen.is_empty(), "there are no rows");
}

#[test]
fn the_counts_at_its_top_are_those_of_its_rows() {
    let rows = rows();
    for level in ["L1", "L2"] {
        let counts = KINDS.map(|kind| rows.iter().filter(|row| row.level == level && row.kind == kind).count());
        let cells = counts.map(|count| count.to_string()).join(" | ");
        let line = format!("| {level} | {cells} | {} |", counts.iter().sum::<usize>());
        assert!(PAGE.lines().any(|said| said == line), "docs/security.md does not say: {line}");
    }
    let concern = format!("{} of them concern", rows.len());
    assert!(PAGE.contains(&concern), "docs/security.md does not say: {concern}");
}

#[test]
fn what_is_open_is_said_at_its_top_again() {
    for level in ["L1", "L2"] {
        let rows = rows();
        let open: Vec<&str> = rows.iter().filter(|row| row.level == level && row.kind == "open").map(|row| row.number).collect();
        let line = format!("- {level}: {}.", if open.is_empty() { "none".to_owned() } else { open.join(", ") });
        assert!(PAGE.lines().any(|said| said == line), "docs/security.md does not say: {line}");
    }
}
