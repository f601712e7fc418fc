//! The ARNs that a request names, wherever in it they stand.

use contract::FieldErrors;
use contract::arn::Arn;
use contract::constraint::FieldError;
use serde::Serialize;
use serde_json::Value;

/// Each, with the path of its member. What is no ARN of IVS is left out: a tag may hold any text, an ad configuration
/// names resources of MediaTailor.
pub(crate) fn named(request: &impl Serialize) -> Vec<(String, Arn)> {
    let mut found = Vec::new();
    // A request that cannot be written names nothing; it is refused where it is sent.
    collect("", false, &serde_json::to_value(request).unwrap_or_default(), &mut found);
    found
}

/// `arn`: is the value in a member that holds ARNs?
fn collect(path: &str, arn: bool, value: &Value, found: &mut Vec<(String, Arn)>) {
    match value {
        Value::String(text) if arn => found.extend(Arn::parse(text).map(|arn| (path.to_owned(), arn))),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(&format!("{path}[{index}]"), arn, item, found);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let dot = if path.is_empty() { "" } else { "." };
                let lower = name.to_ascii_lowercase();
                collect(&format!("{path}{dot}{name}"), lower.ends_with("arn") || lower.ends_with("arns"), value, found);
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// IVS answers what is of another region as if it did not exist, which says nothing of the mistake.
///
/// # Errors
/// The members whose ARN is of another region than the call.
pub(crate) fn in_region(request: &impl Serialize, region: &str) -> Result<(), FieldErrors> {
    let elsewhere = named(request).into_iter().filter(|(_, arn)| arn.region != region);
    let errors: Vec<_> =
        elsewhere.map(|(field, arn)| FieldError { field, message: format!("Is of {}; this call goes to {region}.", arn.region) }).collect();
    if errors.is_empty() { Ok(()) } else { Err(FieldErrors(errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::channel::{BatchGetChannel, CreateChannel};

    fn arn(region: &str, kind: &str) -> String {
        format!("arn:aws:ivs:{region}:123456789012:{kind}/abcdABCDefgh")
    }

    #[test]
    fn an_arn_of_another_region_is_said_at_its_member() {
        let request = BatchGetChannel { arns: vec![arn("eu-west-1", "channel"), arn("us-west-2", "channel")] };
        let errors = in_region(&request, "eu-west-1").unwrap_err();
        assert_eq!(errors.at("arns[1]"), Some("Is of us-west-2; this call goes to eu-west-1."));
        assert_eq!(errors.0.len(), 1);
    }

    #[test]
    fn a_tag_may_hold_any_arn() {
        let tags = [("twinArn".to_owned(), "see below".to_owned()), ("twin".to_owned(), arn("us-west-2", "channel"))];
        let request = CreateChannel { tags: tags.into(), ..CreateChannel::default() };
        assert_eq!(in_region(&request, "eu-west-1"), Ok(()));
    }
}
