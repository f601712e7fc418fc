//! Comma-separated values (RFC 4180): written so that no spreadsheet runs them, and read as spreadsheets write them.

/// What a formula begins with. Spreadsheets of some countries read the full-width signs as the others, and some drop a tab or the end
/// of a line before them.
const SIGNS: [char; 10] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\t', '\r'];

/// What a cell ends with elsewhere: a spreadsheet that separates by semicolons or tabs sees no quotes that begin after a comma.
const ENDS: [char; 4] = [';', '\t', '\n', '\r'];

/// Would a spreadsheet take it for a formula? What only looks like one for the apostrophes before it is counted too, so that
/// [`plain`] finds the text again; and spaces, which some drop.
fn is_formula(text: &str) -> bool {
    // IVS counts from -1, where it does not know: that is a number.
    text.trim_start_matches(['\'', ' ']).starts_with(SIGNS) && text.parse::<i64>().is_err()
}

/// In quotes. What a spreadsheet would take for a formula is made a text by an apostrophe, wherever its cell would begin: anybody who
/// may name or tag something could else have something run where the file is opened.
pub(crate) fn cell(text: &str) -> String {
    let mut cell = String::from("\"");
    for part in text.split_inclusive(ENDS) {
        if is_formula(part) {
            cell.push('\'');
        }
        cell.push_str(&part.replace('"', "\"\""));
    }
    cell.push('"');
    cell
}

/// The text that [`cell`] made the cell of.
pub(crate) fn plain(cell: &str) -> String {
    let plain = |part| str::strip_prefix(part, '\'').filter(|text| is_formula(text)).unwrap_or(part);
    cell.split_inclusive(ENDS).map(plain).collect()
}

/// A line of cells.
pub(crate) fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell that is being read. What stands in quotes is the cell's, white space too; what stands around them is not.
#[derive(Default)]
struct Cell {
    text: String,
    /// Is a quote open?
    open: bool,
    /// So much of the text is the cell's in any case, once it has had quotes.
    kept: Option<usize>,
}

impl Cell {
    fn is_blank(&self) -> bool {
        self.text.is_empty() && self.kept.is_none()
    }

    /// A quote opens, closes, or is a letter.
    fn quote(&mut self) {
        if self.open {
            (self.open, self.kept) = (false, Some(self.text.len()));
        } else if self.is_blank() {
            (self.open, self.kept) = (true, Some(0));
        } else {
            self.text.push('"');
        }
    }

    fn push(&mut self, letter: char) {
        if !self.is_blank() || !letter.is_whitespace() {
            self.text.push(letter);
        }
    }

    /// What is in it; the next one is empty.
    fn end(&mut self) -> String {
        let Self { mut text, open, kept } = std::mem::take(self);
        if !open {
            text.truncate(text.trim_end().len().max(kept.unwrap_or_default()));
        }
        text
    }
}

/// The records of a text: the number of the line on which each begins, counted from 1, and its cells without the white space
/// around them. Empty lines are none. Spreadsheets of some countries put semicolons or tabs between the cells.
pub(crate) fn records(text: &str) -> Vec<(usize, Vec<String>)> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let between = [',', ';', '\t'].into_iter().find(|mark| first.contains(*mark)).unwrap_or(',');
    let (mut records, mut cells, mut cell) = (Vec::new(), Vec::new(), Cell::default());
    let (mut number, mut begun) = (1, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if cell.open && letters.peek() == Some(&'"') => cell.text.extend(letters.next()),
            '"' => cell.quote(),
            '\n' if !cell.open => {
                cells.push(cell.end());
                end(&mut records, &mut cells, begun);
                begun = number + 1;
            }
            mark if mark == between && !cell.open => cells.push(cell.end()),
            other => cell.push(other),
        }
        number += usize::from(letter == '\n');
    }
    cells.push(cell.end());
    end(&mut records, &mut cells, begun);
    records
}

fn end(records: &mut Vec<(usize, Vec<String>)>, cells: &mut Vec<String>, begun: usize) {
    let cells = std::mem::take(cells);
    if cells.iter().any(|cell| !cell.is_empty()) {
        records.push((begun, cells));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        records(text)
    }

    fn record(number: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=HYPERLINK(\"a\")"), "\"'=HYPERLINK(\"\"a\"\")\"");
        assert_eq!((cell("-1"), cell("-x"), cell("a\"b")), ("\"-1\"".into(), "\"'-x\"".into(), "\"a\"\"b\"".into()));
        assert_eq!(line(&["a".to_owned(), "@b".to_owned()]), "\"a\",\"'@b\"\r\n");
        for sign in ["=", "+", "-", "@", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}"] {
            assert_eq!(cell(&format!("{sign}x")), format!("\"'{sign}x\""));
            assert_eq!(cell(&format!("  {sign}x")), format!("\"'  {sign}x\""));
            assert_eq!(cell(&format!("x{sign}y")), format!("\"x{sign}y\""), "inside it is a letter");
            for end in [";", "; ", "\t", "\n", "\r", "\r\n"] {
                let (mark, space) = end.split_at(end.trim_end_matches(' ').len());
                assert_eq!(cell(&format!("a{end}{sign}x{end}b")), format!("\"a{mark}'{space}{sign}x{end}b\""));
            }
        }
        assert_eq!((cell("\tx"), cell("\rx")), ("\"'\tx\"".into(), "\"'\rx\"".into()));
        assert_eq!(cell("DE; NO\r\n1"), "\"DE; NO\r\n1\"");
    }

    #[test]
    fn a_text_comes_back_from_its_cell() {
        let plain_of = |text: &str| records(&cell(text)).iter().flat_map(|(_, cells)| cells).map(|cell| plain(cell)).collect::<Vec<_>>();
        for text in ["=x", "-abc", "-1", "'=x", "''+1", "'plain", "a", "@b", "it's", " a ", "\u{ff1d}x", "a;b", "a\"\"b"] {
            assert_eq!(plain_of(text), [text]);
            for other in ["=x", "'=x", "' =x", "-1", "'-1", "'", "", " b ", "\t", "\r", "@"] {
                for end in [";", "; ", "\t", "\n", "\r", "\r\n"] {
                    let text = format!("{text}{end}{other}");
                    assert_eq!(plain_of(&text), [text]);
                }
            }
        }
    }

    #[test]
    fn lines_are_read_as_spreadsheets_write_them() {
        assert_eq!(read("\u{feff}a,b\r\n\r\nc , d\n"), [record(1, &["a", "b"]), record(3, &["c", "d"])]);
        assert_eq!(read("\"a,\"\"b\"\"\",c"), [record(1, &["a,\"b\"", "c"])]);
        assert_eq!(read("a;b\nc;d,e"), [record(1, &["a", "b"]), record(2, &["c", "d,e"])]);
        assert_eq!(read("a\tb"), [record(1, &["a", "b"])]);
        assert_eq!(read(""), []);
        assert_eq!(read(" \n,,\n"), []);
    }

    #[test]
    fn white_space_in_quotes_is_the_cells() {
        assert_eq!(read("arena,\" ann \",1"), [record(1, &["arena", " ann ", "1"])]);
        assert_eq!(read(" \" a\" , \"b \"\t\r\n"), [record(1, &[" a", "b "])]);
        assert_eq!(read("\" a\" b ,\"\" ,\" \"\"\""), [record(1, &[" a b", "", " \""])]);
        assert_eq!(read("\" \""), [record(1, &[" "])]);
        assert_eq!(read("a,\" b "), [record(1, &["a", " b "])]);
    }

    #[test]
    fn as_much_as_may_be_read_is_read_in_no_time() {
        // A look back from each quote over all that stands before it would take hours.
        assert_eq!(read(&"\" ".repeat(2_000_000)).len(), 1);
        assert_eq!(read(&" ".repeat(4_000_000)), []);
    }

    #[test]
    fn a_record_is_numbered_by_the_line_on_which_it_begins() {
        assert_eq!(read("\"a\nb\",c\nd,e"), [record(1, &["a\nb", "c"]), record(3, &["d", "e"])]);
        assert_eq!(read("a,\"never closed\nb"), [record(1, &["a", "never closed\nb"])]);
        assert_eq!(read("5\" pipe,b"), [record(1, &["5\" pipe", "b"])], "a quote inside is a letter");
    }
}
