//! How channels are called: a pattern with columns and the number of the row in it.

/// The name of a row. `{row}` is its number, counted from 1, `{row:3}` with so many digits; anything else in braces is a column.
///
/// # Errors
/// What in the pattern means nothing.
pub(super) fn name(pattern: &str, row: usize, cell: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut name = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        name.push_str(before);
        let (inside, after) = after.split_once('}').ok_or_else(|| "A brace is not closed.".to_owned())?;
        rest = after;
        // A column may be called `row`, too.
        if let Some(text) = cell(inside) {
            name.push_str(&text);
        } else if let Some(digits) = digits(inside) {
            name.push_str(&format!("{row:0digits$}"));
        } else {
            return Err(format!("There is no column {inside}."));
        }
    }
    name.push_str(rest);
    Ok(name)
}

/// Of `row` and `row:3`: how many digits it has at least.
fn digits(inside: &str) -> Option<usize> {
    match inside.split_once(':') {
        None => (inside == "row").then_some(1),
        Some(("row", digits)) => digits.parse().ok().filter(|digits| (1..=9).contains(digits)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> Result<String, String> {
        name(pattern, 7, |column| (column == "event").then(|| "finals".to_owned()))
    }

    #[test]
    fn columns_and_numbers_are_put_in() {
        assert_eq!(of("{event}-stage-{row:3}"), Ok("finals-stage-007".to_owned()));
        assert_eq!(of("{row}{row:1}"), Ok("77".to_owned()));
        assert_eq!(of("plain"), Ok("plain".to_owned()));
        assert_eq!(of(""), Ok(String::new()));
    }

    #[test]
    fn what_means_nothing_is_said() {
        assert_eq!(of("{stage}"), Err("There is no column stage.".to_owned()));
        assert_eq!(of("{row:x}"), Err("There is no column row:x.".to_owned()));
        assert_eq!(of("a{event"), Err("A brace is not closed.".to_owned()));
    }
}
