//! The wasm without what only a debugger reads: the names of its functions are a third of it.

use anyhow::{Context as _, bail};

/// Magic number and version.
const HEADER: usize = 8;
/// The id of sections that no engine needs: `name`, `producers`, `target_features` and the like.
const CUSTOM: u8 = 0;

/// The module with all its sections but the custom ones.
///
/// # Errors
/// When it is no wasm module.
pub(super) fn strip(module: &[u8]) -> anyhow::Result<Vec<u8>> {
    let Some((header, mut rest)) = module.split_at_checked(HEADER).filter(|(header, _)| header.starts_with(b"\0asm")) else {
        bail!("this is no wasm module");
    };
    let mut stripped = header.to_vec();
    while let Some((id, after)) = rest.split_first() {
        let (size, width) = unsigned(after).context("a section has no size")?;
        let (section, next) = rest.split_at_checked(1 + width + size).context("a section ends early")?;
        if *id != CUSTOM {
            stripped.extend_from_slice(section);
        }
        rest = next;
    }
    Ok(stripped)
}

/// An unsigned LEB128 number, and how many bytes it takes.
fn unsigned(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_go_and_the_others_stay() {
        let header = *b"\0asm\x01\0\0\0";
        let (types, name, code) = ([1, 2, 7, 7], [0, 0x83, 0x00, 1, b'n', 9], [10, 1, 0]);
        let module = [&header[..], &types, &name, &code].concat();
        assert_eq!(strip(&module).unwrap(), [&header[..], &types, &code].concat());
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(strip(b"<!doctype html>").is_err());
        assert!(strip(b"\0asm\x01\0\0\0\x01\x7f").is_err());
    }
}
