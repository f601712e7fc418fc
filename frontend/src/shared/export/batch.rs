//! What the list call does not say, looked up before it is saved: some at a time, never all for one.

use super::{Export, Format};
use crate::api::{Json, Problem, Scope};
use crate::shared::as_code::text;
use crate::view::prelude::*;
use futures::future::LocalBoxFuture;

/// What IVS answers, once it does.
type Reply = LocalBoxFuture<'static, Result<Json, Problem>>;

/// How it is looked up.
#[derive(Clone, Copy)]
pub(crate) struct Full {
    pub(crate) scope: Memo<Scope>,
    /// What says so: a choice, where the list can be saved without.
    pub(crate) choice: Option<&'static str>,
    /// What to know of it.
    pub(crate) help: &'static str,
    /// The columns of the comma-separated values that come to those of the list.
    pub(crate) more: &'static str,
    /// So many with one call.
    pub(crate) at_once: usize,
    /// Asks for those of these ARNs.
    pub(crate) ask: fn(&Scope, Vec<String>) -> Reply,
}

/// How far it is. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// How many are looked up, of how many, while it goes on.
    pub(super) far: RwSignal<Option<(usize, usize)>>,
    /// Those that IVS named among the last ones as not found, each with why.
    pub(super) missing: RwSignal<Vec<(String, String)>>,
    pub(super) problem: RwSignal<Option<Problem>>,
}

impl Run {
    pub(super) fn new() -> Self {
        Self { far: RwSignal::new(None), missing: RwSignal::new(Vec::new()), problem: RwSignal::new(None) }
    }

    /// Looks up all, then saves them. A call that fails ends it, and nothing is saved.
    pub(super) async fn save(self, export: Export, full: Full, indices: Vec<usize>, format: Format) {
        let scope = full.scope.get_untracked();
        let arns: Vec<String> = export.lines(&indices).iter().map(|(row, _)| text(row, "arn").unwrap_or_default().to_owned()).collect();
        let (mut lines, mut errors) = (Vec::with_capacity(arns.len()), Vec::new());
        self.missing.set(Vec::new());
        self.problem.set(None);
        for (at, some) in arns.chunks(full.at_once).enumerate() {
            // Whoever has left the page wants no file.
            if !self.far.try_set(Some((at * full.at_once, arns.len()))) {
                return;
            }
            match (full.ask)(&scope, some.to_vec()).await {
                Ok(reply) => {
                    let (found, failed) = read(reply, export.member);
                    let of = indices.iter().skip(at * full.at_once).copied().collect::<Vec<_>>();
                    lines.extend(
                        in_order(found, some).into_iter().map(|(row, at)| (row, of.get(at).map_or(Json::Null, |of| export.beside(*of)))),
                    );
                    errors.extend(failed);
                }
                Err(problem) => {
                    self.far.try_set(None);
                    self.problem.try_set(Some(problem));
                    return;
                }
            }
        }
        if self.far.try_set(None) {
            self.missing.set(errors.iter().map(why).collect());
            let errors = (full.at_once > 1).then_some(Json::List(errors));
            export.give(&format!("{}{}", export.head, full.more), lines, errors, format);
        }
    }
}

/// Those that were found, and what is said of the others.
fn read(reply: Json, name: &str) -> (Vec<Json>, Vec<Json>) {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    let Json::Object(members) = reply else { return (found, errors) };
    for (member, value) in members {
        match value {
            Json::List(items) if member == name => found = items,
            Json::List(items) if member == "errors" => errors = items,
            Json::List(_) | Json::Object(_) | Json::Text(_) | Json::Bool(_) | Json::Whole(_) | Json::Null | Json::Broken => {}
        }
    }
    (found, errors)
}

/// In the order in which they were asked for, each with its place in it.
fn in_order(found: Vec<Json>, asked: &[String]) -> Vec<(Json, usize)> {
    let place = |row: &Json| asked.iter().position(|arn| Some(arn.as_str()) == text(row, "arn")).unwrap_or_default();
    let mut placed: Vec<(Json, usize)> = found
        .into_iter()
        .map(|row| {
            let at = place(&row);
            (row, at)
        })
        .collect();
    placed.sort_by_key(|(_, at)| *at);
    placed
}

/// The ARN, and what IVS said of it.
fn why(error: &Json) -> (String, String) {
    let said = [text(error, "code"), text(error, "message")].into_iter().flatten().collect::<Vec<_>>().join(": ");
    (text(error, "arn").unwrap_or_default().to_owned(), if said.is_empty() { "IVS does not say why.".to_owned() } else { said })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tree;

    #[test]
    fn rows_come_in_the_order_of_the_list_and_errors_by_arn() {
        let reply = tree(r#"{"channels":[{"arn":"b"},{"arn":"a"}],"errors":[{"arn":"c","code":"404","message":"gone"},{"arn":"d"}]}"#);
        let (found, errors) = read(reply, "channels");
        let asked = ["a", "c", "b"].map(str::to_owned);
        let order: Vec<_> =
            in_order(found, &asked).iter().map(|(row, at)| (text(row, "arn").unwrap_or_default().to_owned(), *at)).collect();
        assert_eq!(order, [("a".to_owned(), 0), ("b".to_owned(), 2)]);
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(errors.iter().map(why).collect::<Vec<_>>(), [pair("c", "404: gone"), pair("d", "IVS does not say why.")]);
    }
}
