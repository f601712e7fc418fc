//! What a file says: rows of cells, or requests as they are sent.

use super::{columns, name};
use crate::api;
use crate::shared::csv;
use contract::channel::CreateChannel;
use contract::constraint::Check;
use contract::job::MOST_KEYS;
use contract::tag::{is_ours, is_reserved};
use std::collections::{BTreeMap, BTreeSet};

/// A channel has a dozen settings and at most fifty tags.
pub(super) const MOST_COLUMNS: usize = 100;

/// Of some more than are created at once, the dry run says how many they are, and which of them are wrong.
const MOST_ROWS: usize = 2 * MOST_KEYS;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    /// Nothing yet.
    Empty,
    /// Cells below their first line; each with the line of the file on which it begins.
    Cells { head: Vec<String>, rows: Vec<(usize, Vec<String>)> },
    /// Requests, or why one is none; and what of them is not taken over.
    Requests(Vec<Result<CreateChannel, String>>, BTreeSet<&'static str>),
    /// It is neither.
    Unreadable(String),
    /// The first line names so many columns, which are too many to be drawn.
    TooWide(usize),
    /// There are so many rows, which are far more than can be created.
    TooLong(usize),
}

impl Source {
    pub(super) fn head(&self) -> &[String] {
        if let Self::Cells { head, .. } = self { head } else { &[] }
    }
}

/// A channel that would be created.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Of the file: its line, or its place in the list.
    pub(super) number: usize,
    pub(super) request: CreateChannel,
    /// What is wrong with it.
    pub(super) wrong: Vec<String>,
    /// What is to be known of it.
    pub(super) note: Option<&'static str>,
}

/// What IVS says of a channel, and nobody asks for: the console's own export has it.
const SAID_BY_IVS: [&str; 4] = ["arn", "ingestEndpoint", "playbackUrl", "srt"];

/// Reads CSV, or JSON where it begins like that: a list of requests, or what IVS and the export answer, `{"channels": […]}`.
pub(super) fn read(text: &str) -> Source {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if begins.is_empty() {
        return Source::Empty;
    }
    if begins.starts_with(['[', '{']) {
        return match api::read_each::<CreateChannel>(begins, "channels", &SAID_BY_IVS) {
            Ok(requests) if requests.len() > MOST_ROWS => Source::TooLong(requests.len()),
            Ok(requests) => {
                let mut left_out = BTreeSet::new();
                let requests = requests.into_iter().map(|request| known(request, &mut left_out)).collect();
                Source::Requests(requests, left_out)
            }
            Err(why) => Source::Unreadable(format!("This is no list of requests: {why}")),
        };
    }
    let mut records = csv::records(text).into_iter();
    let Some((_, head)) = records.next() else { return Source::Empty };
    if head.len() > MOST_COLUMNS {
        return Source::TooWide(head.len());
    }
    let rows: Vec<_> = records.collect();
    if rows.len() > MOST_ROWS {
        return Source::TooLong(rows.len());
    }
    if rows.is_empty() {
        return Source::Unreadable("There is a first line, and no row below it.".to_owned());
    }
    Source::Cells { head, rows }
}

/// A request whose members are all IVS's.
fn known(
    (names, request): (Vec<String>, Result<CreateChannel, String>),
    left_out: &mut BTreeSet<&'static str>,
) -> Result<CreateChannel, String> {
    let said = |name: &str| SAID_BY_IVS.into_iter().find(|said| *said == name);
    left_out.extend(names.iter().filter_map(|name| said(name)));
    if let Some(name) = names.iter().find(|name| !columns::is_member(name) && said(name).is_none()) {
        return Err(format!("{name} is no member of CreateChannel."));
    }
    let mut request = request?;
    let all = request.tags.len();
    request.tags.retain(|key, _| !is_ours(key) && !is_reserved(key));
    if request.tags.len() < all {
        left_out.insert("tags of AWS and of the console");
    }
    // IVS says so of a type that has none, and does not take it.
    request.preset = request.preset.filter(|preset| !preset.as_str().is_empty());
    Ok(request)
}

/// What each row becomes. `there`: the names that channels of the region have.
pub(super) fn rows(source: &Source, columns: &[String], pattern: &str, there: &BTreeSet<String>) -> Vec<Row> {
    let mut rows: Vec<Row> = match source {
        Source::Empty | Source::Unreadable(_) | Source::TooWide(_) | Source::TooLong(_) => Vec::new(),
        Source::Requests(requests, _) => requests.iter().zip(1..).map(|(request, number)| requested(request, number)).collect(),
        Source::Cells { head, rows } => {
            rows.iter().zip(1..).map(|((line, cells), row)| row_of(head, columns, cells, pattern, (*line, row))).collect()
        }
    };
    let mut seen = BTreeMap::<String, usize>::new();
    for row in &rows {
        *seen.entry(row.request.name.clone().unwrap_or_default()).or_default() += 1;
    }
    for row in &mut rows {
        if let Err(errors) = row.request.check() {
            row.wrong.extend(errors.0.into_iter().map(|error| format!("{}: {}", error.field, error.message)));
        }
        let name = row.request.name.clone().unwrap_or_default();
        row.note = if name.is_empty() {
            Some("It gets no name.")
        } else if there.contains(&name) {
            Some("A channel has that name already.")
        } else {
            (seen.get(&name).is_some_and(|times| *times > 1)).then_some("Another row has that name.")
        };
    }
    rows
}

fn requested(request: &Result<CreateChannel, String>, number: usize) -> Row {
    let (request, wrong) = match request {
        Ok(request) => (request.clone(), Vec::new()),
        Err(why) => (CreateChannel::default(), vec![why.clone()]),
    };
    Row { number, request, wrong, note: None }
}

fn row_of(head: &[String], columns: &[String], cells: &[String], pattern: &str, (number, row): (usize, usize)) -> Row {
    let (mut request, mut wrong) = (CreateChannel::default(), Vec::new());
    // The console's own export puts an apostrophe before what a spreadsheet would run.
    let cell = |at: usize| cells.get(at).map(|cell| csv::plain(cell)).unwrap_or_default();
    for (at, (head, member)) in head.iter().zip(columns).enumerate() {
        wrong.extend(columns::put(&mut request, member, head, &cell(at)).err());
    }
    if cells.len() > head.len() {
        wrong.push("There are more cells than columns.".to_owned());
    }
    match name::name(pattern, row, |column| head.iter().position(|head| head == column).map(cell)) {
        Ok(name) => request.name = Some(name).filter(|name| !name.is_empty()),
        Err(why) => wrong.push(why),
    }
    Row { number, request, wrong, note: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::channel::ChannelType;

    fn of(text: &str, pattern: &str) -> Vec<Row> {
        let source = read(text);
        let columns: Vec<String> = source.head().iter().map(|head| columns::meant(head).to_owned()).collect();
        rows(&source, &columns, pattern, &BTreeSet::from(["taken".to_owned()]))
    }

    #[test]
    fn a_row_of_cells_is_a_request() {
        let rows = of("event,type,tag:team\nfinals,BASIC,sports\nsemis,,\n", "{event}-{row:2}");
        let names: Vec<_> = rows.iter().map(|row| row.request.name.as_deref().unwrap()).collect();
        assert_eq!(names, ["finals-01", "semis-02"]);
        assert_eq!((rows[0].number, rows[0].request.kind.clone()), (2, Some(ChannelType::Basic)));
        assert_eq!(rows[0].request.tags["team"], "sports");
        assert_eq!((rows[1].request.kind.clone(), rows[1].request.tags.len()), (None, 0));
        assert!(rows.iter().all(|row| row.wrong.is_empty() && row.note.is_none()));
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said_of_it_alone() {
        let rows = of("name,type\nok,STANDARD\nnot a name!,STANDARD\nx,HUGE\ny,BASIC,more\n", "{name}");
        let wrong: Vec<usize> = rows.iter().map(|row| row.wrong.len()).collect();
        assert_eq!(wrong, [0, 1, 1, 1]);
        assert!(rows[1].wrong[0].starts_with("name: ") && rows[2].wrong[0].starts_with("type: "));
    }

    #[test]
    fn names_that_others_have_are_told_of() {
        let notes: Vec<_> = of("name\ntaken\na\na\nb\n", "{name}").into_iter().map(|row| row.note.is_some()).collect();
        assert_eq!(notes, [true, true, true, false]);
    }

    #[test]
    fn json_is_a_list_of_requests() {
        let rows = of(r#"[{"name":"a","type":"BASIC"},{"nome":"b"}]"#, "");
        assert_eq!(rows[0].request.name.as_deref(), Some("a"));
        assert!(rows[0].wrong.is_empty() && rows[1].wrong[0].contains("nome"));
        assert_eq!(rows[1].note, Some("It gets no name."));
        assert!(matches!(read("{\"a\":"), Source::Unreadable(_)));
        assert_eq!(read("  \n"), Source::Empty);
        assert!(matches!(read("name\n"), Source::Unreadable(_)));
    }

    #[test]
    fn the_export_of_the_channels_is_taken_and_what_ivs_says_is_left_out() {
        let text = r#"{"channels":[{"arn":"arn:x","name":"a","type":"STANDARD","preset":"","ingestEndpoint":"x","srt":{"endpoint":"y"},
            "containerFormat":"FRAGMENTED_MP4","recordingConfigurationArn":"","tags":{"team":"a","tally:op":"1","aws:x":"2"}}],"errors":[]}"#;
        let source = read(text);
        let rows = rows(&source, &[], "", &BTreeSet::new());
        assert_eq!((rows.len(), rows[0].request.name.as_deref(), rows[0].wrong.clone()), (1, Some("a"), Vec::<String>::new()));
        assert_eq!(rows[0].request.tags.keys().collect::<Vec<_>>(), ["team"]);
        let Source::Requests(_, left_out) = source else { panic!("{source:?}") };
        assert_eq!(left_out.into_iter().collect::<Vec<_>>(), ["arn", "ingestEndpoint", "srt", "tags of AWS and of the console"]);
    }

    #[test]
    fn what_is_far_too_large_is_refused_before_it_is_shown() {
        let columns = |many: usize| read(&format!("{}\nx\n", vec!["a"; many].join(",")));
        assert_eq!((columns(100).head().len(), columns(101)), (100, Source::TooWide(101)));
        let rows = |many: usize| read(&format!("name\n{}", "x\n".repeat(many)));
        assert_eq!((rows(2_000).head().len(), rows(2_001)), (1, Source::TooLong(2_001)));
        let requests = |many: usize| read(&format!("[{}]", vec!["{}"; many].join(",")));
        assert!(matches!(requests(2_000), Source::Requests(requests, _) if requests.len() == 2_000));
        assert_eq!(requests(2_001), Source::TooLong(2_001));
    }

    #[test]
    fn json_that_is_cut_off_or_too_deep_says_so() {
        for text in [r#"[{"name":"a"},{"na"#.to_owned(), "[".repeat(1_000)] {
            assert!(matches!(read(&text), Source::Unreadable(why) if why.starts_with("This is no list of requests: ")), "{text}");
        }
    }
}
