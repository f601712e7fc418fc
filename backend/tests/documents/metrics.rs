//! The page of metrics.

use backend::metrics::page::document;
use backend::metrics::table::{ALL, Kind};
use std::collections::BTreeSet;

#[test]
fn the_page_is_written_from_the_table() {
    super::compare("metrics.md", &document());
}

#[test]
fn names_are_prometheus_s_and_no_label_is_of_a_person() {
    let labels: BTreeSet<_> = ALL.iter().flat_map(|metric| metric.labels).copied().collect();
    assert_eq!(
        labels.into_iter().collect::<Vec<_>>(),
        ["code", "lane", "operation", "outcome", "permission", "route", "status", "version"]
    );
    let names: BTreeSet<_> = ALL.iter().map(|metric| metric.name).collect();
    assert_eq!(names.len(), ALL.len());
    for metric in ALL {
        assert!(metric.name.starts_with("tally_") && metric.help.ends_with('.'), "{metric:?}");
        assert_eq!(metric.kind == Kind::Counter, metric.name.ends_with("_total"), "{metric:?}");
    }
}
