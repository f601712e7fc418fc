//! Lower-case hexadecimal, as `sha256sum` prints it.

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
