//! What the wasm imports, by short names. `wasm-bindgen` calls each function `__wbg_…_0123456789abcdef`: some two hundred hashes
//! that nothing can compress, once in the bindings and once more in the wasm.

use std::collections::BTreeMap;

/// What such a name begins with.
const BEGIN: &str = "__wbg_";
/// How many hexadecimal digits it ends with.
const HASH: usize = 16;

/// The short name of each.
#[derive(Debug)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Of everything in these bindings that has a hash.
    ///
    /// # Errors
    /// When a short name is a word of the bindings already.
    pub(super) fn of(bindings: &str) -> anyhow::Result<Self> {
        let mut names: BTreeMap<String, String> =
            words(bindings).filter(|word| hashed(word)).map(|word| (word.to_owned(), String::new())).collect();
        // In the order of the long names, so that one build is like another.
        for (at, short) in names.values_mut().enumerate() {
            *short = format!("_{at:x}");
        }
        let taken = words(bindings).find(|word| names.values().any(|short| short == word));
        anyhow::ensure!(taken.is_none(), "{taken:?} is a name of the bindings already");
        Ok(Self(names))
    }

    /// What this is called from now on; itself where it had no hash.
    pub(super) fn short<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// The bindings with the short names in them.
    pub(super) fn shorten(&self, bindings: &str) -> String {
        words(bindings).map(|word| self.short(word)).collect()
    }
}

/// The identifiers of a script, and what is between them.
fn words(script: &str) -> impl Iterator<Item = &str> {
    let part = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'_' || letter == b'$';
    script.as_bytes().chunk_by(move |a, b| part(*a) == part(*b)).scan(0, |at, chunk| {
        let from = *at;
        *at += chunk.len();
        script.get(from..*at)
    })
}

fn hashed(word: &str) -> bool {
    let hash = word.strip_prefix(BEGIN).and_then(|rest| rest.rsplit_once('_')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == HASH && hash.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINDINGS: &str = "a.__wbg_get_00112233445566ff = function(é) { __wbg_get_00112233445566fe(\"ü\"); return __wbg_ptr; }";

    #[test]
    fn what_has_a_hash_is_called_otherwise_everywhere_and_nothing_else_is() {
        let names = Names::of(BINDINGS).unwrap();
        assert_eq!(names.shorten(BINDINGS), "a._1 = function(é) { _0(\"ü\"); return __wbg_ptr; }");
        assert_eq!(names.short("__wbg_get_00112233445566ff"), "_1");
        for same in ["__wbg_ptr", "__wbindgen_malloc", "memory", "__wbg_x_0011"] {
            assert_eq!(names.short(same), same);
        }
        assert!(Names::of(&format!("{BINDINGS} let _1;")).is_err(), "two things of one name");
    }
}
