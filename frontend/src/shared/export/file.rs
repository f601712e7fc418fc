//! What stands in the files.

use super::Line;
use crate::api::Json;
use crate::shared::as_code::{member, pretty};
use crate::shared::csv;
use contract::tag::{is_ours, is_reserved};

/// Comma-separated values: the names of the columns, and a line for each row.
pub(super) fn csv(head: &str, lines: &[Line]) -> String {
    let mut text = format!("{head}\r\n");
    for (row, beside) in lines {
        let cell = |path: &str| if member(row, first(path)).is_some() { cell(row, path) } else { cell(beside, path) };
        text.push_str(&csv::line(&head.split(',').map(cell).collect::<Vec<_>>()));
    }
    text
}

fn first(path: &str) -> &str {
    path.split_once('.').map_or(path, |(first, _)| first)
}

/// What an object has at a path. Of a list all, with semicolons between: no tag and no ARN has one in it.
fn cell(row: &Json, path: &str) -> String {
    let mut found = Vec::new();
    collect(row, path, &mut found);
    found.join("; ")
}

fn collect(value: &Json, path: &str, to: &mut Vec<String>) {
    match value {
        Json::List(items) => items.iter().for_each(|item| collect(item, path, to)),
        Json::Object(tags) if path.is_empty() => {
            let given = tags.iter().filter(|(key, _)| !is_ours(key) && !is_reserved(key));
            to.extend(given.map(|(key, value)| format!("{key}={}", cell(value, ""))));
        }
        Json::Object(_) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            member(value, first).into_iter().for_each(|inner| collect(inner, rest, to));
        }
        Json::Text(text) => to.push(text.clone()),
        Json::Bool(yes) => to.push(yes.to_string()),
        Json::Whole(number) => to.push(number.to_string()),
        Json::Null | Json::Broken => {}
    }
}

/// As IVS's own reply has them, under the same member.
pub(super) fn json(name: &str, lines: Vec<Line>, errors: Option<Json>) -> String {
    let mut reply = vec![(name.to_owned(), Json::List(lines.into_iter().map(|(row, _)| row).collect()))];
    reply.extend(errors.map(|errors| ("errors".to_owned(), errors)));
    pretty(&Json::Object(reply)) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tree;

    const ROW: &str = r#"{"name":"=x","authorized":true,"tags":{"=team":"a","tally:op":"1","aws:x":"2","b":""},
        "s3":{"bucket":"b"},"list":[{"arn":"1"},{"arn":"2"}],"countries":["DE","NO"]}"#;

    #[test]
    fn a_row_is_a_line_and_none_of_its_cells_a_formula() {
        let head = "name,authorized,s3.bucket,list.arn,countries,state,gone.too,tags";
        let text = csv(head, &[(tree(ROW), tree(r#"{"state":"LIVE","tags":{"other":"x"}}"#))]);
        let line = "\"'=x\",\"true\",\"b\",\"1; 2\",\"DE; NO\",\"LIVE\",\"\",\"'=team=a; b=\"";
        assert_eq!(text, format!("{head}\r\n{line}\r\n"));
    }

    #[test]
    fn what_has_no_tags_has_not_those_of_what_stands_beside_it() {
        assert_eq!(csv("tags", &[(tree(r#"{"tags":{}}"#), tree(r#"{"tags":{"other":"x"}}"#))]), "tags\r\n\"\"\r\n");
    }

    #[test]
    fn json_is_the_reply_of_ivs() {
        let text = json("channels", vec![(tree(ROW), Json::Null)], Some(tree("[]")));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let row: serde_json::Value = serde_json::from_str(ROW).unwrap();
        assert_eq!(read, serde_json::json!({ "channels": [row], "errors": [] }));
    }
}
