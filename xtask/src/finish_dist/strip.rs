//! The wasm without what only a debugger reads: the names of its functions are a third of it. What it imports gets shorter names.

use anyhow::Context as _;
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use super::names::Names;

/// The module with all its sections but the custom ones, and its imports by these names.
///
/// # Errors
/// When it is no wasm module.
pub(super) fn strip(module: &[u8], names: &Names) -> anyhow::Result<Vec<u8>> {
    let mut stripped = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context("this is no wasm module")?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Payload::ImportSection(section) = payload {
            let mut imports = ImportSection::new();
            for import in section.into_imports() {
                let import = import?;
                imports.import(import.module, names.short(import.name), RoundtripReencoder.entity_type(import.ty)?);
            }
            stripped.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            stripped.section(&RawSection { id, data: module.get(range).context("a section ends early")? });
        }
    }
    Ok(stripped.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CustomSection, EntityType, TypeSection};

    const LONG: &str = "__wbg_log_0123456789abcdef";

    fn module(custom: bool, import: &str) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        module.section(&types);
        if custom {
            module.section(&CustomSection { name: "name".into(), data: (&[1, 2, 3]).into() });
        }
        let mut imports = ImportSection::new();
        imports.import("./frontend_bg.js", import, EntityType::Function(0)).import("__wasm_split", "load", EntityType::Function(0));
        module.section(&imports);
        module.finish()
    }

    #[test]
    fn custom_sections_go_the_others_stay_and_imports_are_called_as_in_the_bindings() {
        let names = Names::of(&format!("{{ {LONG}: function() {{}} }}")).unwrap();
        assert_ne!(names.short(LONG), LONG);
        assert_eq!(strip(&module(true, LONG), &names).unwrap(), module(false, names.short(LONG)));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(strip(b"<!doctype html>", &Names::of("").unwrap()).is_err());
        assert!(strip(b"\0asm\x01\0\0\0\x01\x7f", &Names::of("").unwrap()).is_err());
    }
}
