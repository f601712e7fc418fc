//! Looking something up: all that a query does while it waits, once for all types.

use super::asked::{Asked, Kind};
use super::store::Entry;
use super::{Problem, client, json};
use std::any::Any;
use std::rc::Rc;

/// Looks up what the entry is of. A whole list shows its first page at once and the others as they come; looked up
/// again, it is replaced only when its last page is there, so that nothing on the screen disappears meanwhile.
///
/// # Errors
/// As [`client::call`].
pub(super) async fn look(entry: Rc<Entry>) -> Result<(), Problem> {
    let Asked { path, request, kind, .. } = &entry.asked;
    match *kind {
        Kind::Own(read) => {
            let reply = client::post(path, request.clone()).await?;
            entry.found(read(reply)?, js_sys::Date::now());
        }
        Kind::One(read) => {
            let (response, receipt) = client::call(path, client::body(request)).await?;
            entry.found(read(response)?, millis(receipt.at));
        }
        Kind::Pages(member, read) => {
            let again = entry.whole.get();
            let (mut pages, mut token): (Option<Rc<dyn Any>>, _) = (None, None::<String>);
            loop {
                let page = token.as_ref().map_or_else(|| request.clone(), |token| next(request, token));
                let (mut response, receipt) = client::call(path, client::body(&page)).await?;
                token = json::read(json::take(&mut response, "nextToken"))?;
                let last = token.is_none();
                let now = read(pages, json::take(&mut response, member), last)?;
                pages = Some(Rc::clone(&now));
                if !again || last {
                    entry.found(now, millis(receipt.at));
                }
                if last {
                    entry.whole.set(true);
                    break;
                }
            }
        }
    }
    Ok(())
}

/// The request, which is a JSON object, for the page of this token.
fn next(request: &str, token: &str) -> String {
    let rest = request.trim_start_matches('{');
    let comma = if rest == "}" { "" } else { "," };
    format!(r#"{{"nextToken":{}{comma}{rest}"#, json::write(token))
}

/// Milliseconds since 1970 fit a float exactly for the next 285,000 years.
#[expect(clippy::cast_precision_loss, reason = "see above")]
fn millis(at: u64) -> f64 {
    at as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::stream_key::ListStreamKeys;

    #[test]
    fn the_next_page_is_asked_for_as_the_first_was() {
        assert_eq!(next("{}", "t"), r#"{"nextToken":"t"}"#);
        let mut keys = ListStreamKeys { channel_arn: "{arn}".to_owned(), max_results: Some(50), next_token: None };
        let second: ListStreamKeys = serde_json::from_str(&next(&json::write(&keys), "a\"b")).expect("a request");
        keys.next_token = Some("a\"b".to_owned());
        assert_eq!(second, keys);
    }
}
