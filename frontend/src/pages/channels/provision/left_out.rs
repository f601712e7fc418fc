//! What of a file is not taken over: a list that was exported says more of a channel than can be asked for.

use super::rows::Source;
use crate::view::prelude::*;

/// Columns of the export of the channels that no request has.
const OF_THE_LIST: [&str; 7] = ["arn", "state", "health", "viewerCount", "ingestEndpoint", "srt.endpoint", "playbackUrl"];

/// What is not taken over, and what the file does not say. `columns`: what each column is.
fn said(source: &Source, columns: &[String]) -> String {
    let mut said = String::new();
    let left_out: Vec<&str> = match source {
        Source::Cells { head, .. } => {
            let unused = head.iter().zip(columns).filter(|(_, member)| member.is_empty()).map(|(head, _)| head.as_str());
            unused.filter(|head| OF_THE_LIST.contains(head)).collect()
        }
        Source::Requests(_, left_out) => left_out.iter().copied().collect(),
        Source::Empty | Source::Unreadable(_) | Source::TooWide(_) | Source::TooLong(_) => Vec::new(),
    };
    if !left_out.is_empty() {
        said = format!("Not taken over: {}.", left_out.join(", "));
    }
    let head = source.head();
    let has = |name: &str| head.iter().any(|head| head == name);
    if has("arn") && has("latencyMode") && !has("containerFormat") {
        said.push_str(" No containerFormat is said: each channel gets TS. The export has it with all fields.");
    }
    said
}

/// The note that says so.
pub(super) fn note(source: Memo<Source>, columns: RwSignal<Vec<String>>) -> View {
    let text = Memo::new(move |_| source.with(|source| columns.with(|columns| said(source, columns))));
    let show = move || {
        let text = text.get();
        (!text.is_empty()).then(|| view! { <p class="note">{text}</p> })
    };
    view! { <div role="status">{show}</div> }
}

#[cfg(test)]
mod tests {
    use super::super::{columns, rows};
    use super::*;

    fn of(text: &str) -> String {
        let source = rows::read(text);
        let columns: Vec<String> = source.head().iter().map(|head| columns::meant(head).to_owned()).collect();
        said(&source, &columns)
    }

    #[test]
    fn what_the_export_says_beside_a_request_is_named() {
        assert_eq!(of("name,arn,latencyMode,containerFormat,other\na,x,LOW,TS,y\n"), "Not taken over: arn.");
        assert!(of("name,arn,state,latencyMode\na,x,LIVE,LOW\n").ends_with("The export has it with all fields."));
        assert_eq!(of("name,type\na,BASIC\n"), "");
        assert_eq!(of(r#"{"channels":[{"name":"a","arn":"x"}]}"#), "Not taken over: arn.");
        assert_eq!(of(""), "");
    }
}
