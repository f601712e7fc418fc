//! Scripts without what only their readers need.

/// The lines that are not comments from their first character to their last, without their indent. No more than that: what stands
/// behind code stays.
///
/// # Errors
/// When a text goes on over the end of its line: there an indent would be a part of it.
pub(super) fn without_comments(script: &str) -> anyhow::Result<String> {
    let mut kept = String::with_capacity(script.len());
    let mut comment = false;
    for line in script.lines().map(str::trim_start).filter(|line| !line.is_empty()) {
        comment |= line.starts_with("/**");
        if comment {
            comment = !line.trim_end().ends_with("*/");
        } else if !line.starts_with("//") {
            anyhow::ensure!(line.matches('`').count() % 2 == 0, "a text over several lines: {line}");
            kept += line;
            kept.push('\n');
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_their_own_lines_go() {
        let script = "// why\nlet a = \"//\"; // b\n\n  // c\n  /**\n   * @returns {number}\n   */\n  d(); /** e */\n/** f */\ng();\n";
        assert_eq!(without_comments(script).unwrap(), "let a = \"//\"; // b\nd(); /** e */\ng();\n");
    }

    #[test]
    fn a_text_over_several_lines_is_refused() {
        assert!(without_comments("let a = `b\n  c`;").is_err());
        assert!(without_comments("let a = `b${c}`;").is_ok());
    }
}
