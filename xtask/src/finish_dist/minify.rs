//! Style sheets and scripts without their comments and the space that only a reader needs.

use anyhow::anyhow;

/// A style sheet.
///
/// # Errors
/// When it cannot be read as one.
pub(super) fn css(sheet: &str) -> anyhow::Result<String> {
    minifier::css::minify(sheet)
        .map(|minified| minified.to_string().trim().to_owned())
        .map_err(|error| anyhow!("the style sheet cannot be minified: {error}"))
}

/// A script. Names stay as they are.
///
/// # Errors
/// When it cannot be read as one.
pub(super) fn js(script: &str) -> anyhow::Result<String> {
    minifier::js::minify(script).map(|minified| minified.to_string()).map_err(|error| anyhow!("the script cannot be minified: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_a_reader_needs_goes_and_the_rest_means_the_same() {
        let sheet = "/* why */\n.a {\n  width: calc(100% - 2 * var(--s));\n  &:has(> .b) > .c { color: light-dark(white, oklch(17% 0.03 24)); }\n}\n";
        assert_eq!(css(sheet).unwrap(), ".a{width:calc(100% - 2 * var(--s));&:has(>.b)>.c{color:light-dark(white,oklch(17% 0.03 24));}}");
        let script = "// why\nexport const a = `one  two ${ 1 + 1 }`; /* and */ const b = /\\/\\/ x/.test('// y');\n";
        let small = js(script).unwrap();
        assert!(small.contains("one  two") && small.contains("'// y'") && !small.contains("why") && !small.contains("and"), "{small}");
    }
}
