//! A call of the console as a line for a shell.

use contract::Operation;

/// The same call with the AWS CLI. Its input is the request as on IVS's wire, which the CLI reads as it is.
pub(crate) fn line(operation: Operation, region: &str, json: &str) -> String {
    let quoted = json.replace('\'', r"'\''");
    format!("aws ivs {} --region {region} --cli-input-json '{quoted}'", kebab(operation.name()))
}

/// The CLI's name of an operation or a member: `CreateChannel` is `create-channel`.
pub(super) fn kebab(operation: &str) -> String {
    let mut name = String::with_capacity(operation.len() + 4);
    for letter in operation.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_have_the_clis_names() {
        assert_eq!(kebab("BatchGetStreamKey"), "batch-get-stream-key");
        assert_eq!(kebab("ListTagsForResource"), "list-tags-for-resource");
    }

    #[test]
    fn a_quote_cannot_leave_the_shells_quotes() {
        let line = line(Operation::PutMetadata, "eu-west-1", r#"{"metadata":"it's; rm -rf /"}"#);
        assert_eq!(line, r#"aws ivs put-metadata --region eu-west-1 --cli-input-json '{"metadata":"it'\''s; rm -rf /"}'"#);
    }
}
