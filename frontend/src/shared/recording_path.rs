//! Where in its bucket a recording lies, as far as anybody can know (`docs/ivs-behaviour.md` 2.7): the id behind it is IVS's own.

/// The path of a channel's recordings of a time: year, month, day, hour and minute in UTC, or the first of these. IVS pads no number.
pub(crate) fn recording_path(account: &str, channel: &str, time: &[u32]) -> String {
    let time = time.iter().map(|part| format!("{part}/")).collect::<String>();
    format!("ivs/v1/{account}/{channel}/{time}")
}

#[cfg(test)]
mod tests {
    use super::recording_path;

    #[test]
    fn the_path_is_that_of_the_documentation() {
        let path = |time: &[u32]| recording_path("123456789012", "AbCdef1G2hij", time);
        assert_eq!(path(&[2020, 6, 23, 20, 12]), "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/");
        assert_eq!(path(&[2020, 6, 23]), "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/");
    }
}
