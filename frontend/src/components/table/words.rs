//! What is typed into a filter, as words: apart by spaces, but for what stands in double quotes. A word that names a field
//! (`type:BASIC`, `tag:team="winter sports"`) becomes a chip as soon as it is complete.

/// Does a word name a field? It is asked in lower case.
pub(crate) type Names = fn(&str) -> bool;

/// Where the first word of a text that begins with one ends.
fn end(text: &str) -> usize {
    let mut quoted = false;
    let ends = |(_, letter): &(usize, char)| {
        quoted ^= *letter == '"';
        !quoted && letter.is_whitespace()
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

/// The words as they were typed, each with whether something follows it.
fn typed(text: &str) -> Vec<(&str, bool)> {
    let (mut words, mut rest) = (Vec::new(), text.trim_start());
    while !rest.is_empty() {
        let (word, after) = rest.split_at(end(rest));
        words.push((word, !after.is_empty()));
        rest = after.trim_start();
    }
    words
}

/// What ends a field that is complete: a value that is still being typed may go on.
pub(crate) const WHOLE: char = '\n';

/// The words to look for, without quotes; a field that is complete ends with [`WHOLE`].
pub(super) fn words(text: &str, names: Names) -> Vec<String> {
    let word = |(word, complete): (&str, bool)| {
        let mut plain = word.replace('"', "");
        if complete && names(&word.to_ascii_lowercase()) {
            plain.push(WHOLE);
        }
        plain
    };
    typed(text).into_iter().map(word).filter(|word| !word.is_empty()).collect()
}

/// Is this word in a text, with nothing but spaces around it?
pub(crate) fn has(text: &str, word: &str) -> bool {
    typed(text).iter().any(|(there, _)| *there == word)
}

/// A word for the filter that stays one, whatever is in it.
pub(crate) fn quoted(field: &str, value: &str) -> String {
    let value = value.replace('"', "");
    if value.contains(char::is_whitespace) { format!("{field}\"{value}\"") } else { format!("{field}{value}") }
}

/// The complete fields that a filter begins with, and what is still being typed.
pub(super) fn chips(filter: &str, names: Names) -> (Vec<String>, String) {
    let (mut chips, mut rest) = (Vec::new(), filter);
    loop {
        let word = rest.trim_start();
        let (word, after) = word.split_at(end(word));
        let Some(after) = after.strip_prefix(char::is_whitespace).filter(|_| names(&word.to_ascii_lowercase())) else { break };
        chips.push(word.to_owned());
        rest = after;
    }
    (chips, rest.to_owned())
}

/// The filter of these chips and what is typed now. Fields in it that are complete, each with something behind it, go to the front;
/// where there is none, what is typed stays as it is to the last space.
pub(super) fn filter(chips: &[String], now: &str, names: Names) -> String {
    let (fields, others): (Vec<_>, Vec<_>) =
        typed(now).into_iter().partition(|(word, complete)| *complete && names(&word.to_ascii_lowercase()));
    let mut text = String::new();
    for chip in chips.iter().map(String::as_str).chain(fields.iter().map(|(word, _)| *word)) {
        text.push_str(chip);
        text.push(' ');
    }
    if fields.is_empty() {
        text.push_str(now);
    } else {
        text.push_str(&others.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" "));
        // Whoever goes on typing begins another word.
        if !others.is_empty() && now.ends_with(char::is_whitespace) {
            text.push(' ');
        }
    }
    text
}

/// The filter with every field in it complete, the last one too; as it is where there is none.
pub(super) fn complete(text: &str, names: Names) -> String {
    let (chips, rest) = chips(&filter(&[], &format!("{text} "), names), names);
    if chips.is_empty() { text.to_owned() } else { filter(&chips, rest.trim_end(), names) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(word: &str) -> bool {
        word == "live" || word.starts_with("tag:")
    }

    #[test]
    fn quotes_keep_a_value_in_one_piece() {
        let words = |text| words(text, field);
        assert_eq!(words("arena  tag:team=\"winter sports\" \" \" x"), ["arena", "tag:team=winter sports\n", " ", "x"]);
        assert_eq!(words("tag:a=\"never closed "), ["tag:a=never closed "]);
        assert_eq!(words("live tag:a"), ["live\n", "tag:a"], "what is typed last may go on");
        assert!(has("x tag:a=b", "tag:a=b") && !has("tag:a=bc", "tag:a=b"));
        assert_eq!(quoted("tag:team=", "winter sports"), "tag:team=\"winter sports\"");
        assert_eq!(quoted("tag:team=", "a\"b"), "tag:team=ab");
    }

    #[test]
    fn a_field_is_a_chip_once_something_follows_it() {
        let chips = |text| chips(text, field);
        assert_eq!(chips("tag:a=b"), (vec![], "tag:a=b".to_owned()));
        assert_eq!(chips("tag:a=b "), (vec!["tag:a=b".to_owned()], String::new()));
        assert_eq!(chips("Live tag:a=\"b c\" arena live"), (vec!["Live".to_owned(), "tag:a=\"b c\"".to_owned()], "arena live".to_owned()));
    }

    #[test]
    fn what_is_typed_stays_as_it_is_until_a_field_in_it_is_complete() {
        let typed = |now| filter(&["live".to_owned()], now, field);
        assert_eq!(typed("arena  x"), "live arena  x");
        assert_eq!(typed("arena tag:a=b"), "live arena tag:a=b");
        assert_eq!(typed("arena tag:a=b  x"), "live tag:a=b arena x");
        assert_eq!(typed("arena tag:a=b "), "live tag:a=b arena ");
        assert_eq!(typed("tag:a=b "), "live tag:a=b ");
        assert_eq!(filter(&[], "", field), "");
    }

    #[test]
    fn a_filter_that_is_pasted_has_all_its_chips() {
        assert_eq!(complete("arena tag:a=b live", field), "tag:a=b live arena");
        assert_eq!(chips(&complete("live", field), field).0, ["live"]);
        assert_eq!(complete("arena x", field), "arena x");
    }

    #[test]
    fn chips_and_rest_are_the_filter_again() {
        for text in ["live tag:a=\"b c\" arena", "arena", "live ", "tag:x=1 live  y"] {
            let (chips, rest) = chips(text, field);
            assert_eq!(words(&filter(&chips, &rest, field), field), words(text, field), "{text}");
        }
    }
}
