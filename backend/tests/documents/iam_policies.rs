//! `docs/iam-policies.md`: what the server's credentials need.

use backend::setup::policy;
use contract::Operation;
use contract::access::Role;
use std::collections::BTreeSet;

const INTRODUCTION: &str = "# IAM policies

<!-- Written by `cargo test -p backend --test documents` from the table of operations, with TALLY_BLESS=1 in the environment. -->

What the credentials of the server may do is the outer wall: no role in the console reaches further. Give them the smallest of these three that holds
everything the console shall do. `tally check`, and the Set-up page, name what is missing, with a policy of the same source to paste.

- Creates carry tags, the operation tag at least, so they need `ivs:TagResource` too.
- `sts:GetCallerIdentity` is how the console learns whose credentials it has; AWS answers it even where no policy says so.
- An account with `assume_role_arn` has its policy at that role. The credentials that assume it need `sts:AssumeRole` on it, and nothing else.
- `\"Resource\": \"*\"` may be narrowed to `arn:aws:ivs:REGION:ACCOUNT:*`, or for what exists to single ARNs.
- The first recording configuration of an account makes IVS create the service-linked role `AWSServiceRoleForIVSRecordToS3`: whoever creates it also needs
  `iam:CreateServiceLinkedRole`, and rights on the bucket. See
  [Using service-linked roles](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/security-service-linked-roles.html).

None of them has been tried against real AWS.
";

/// The title, who it is for, and the highest role of its console.
const POLICIES: [(&str, &str, Role); 3] = [
    ("Read-only", "Everything can be looked at; nothing is changed.", Role::Viewer),
    ("Operator", "Live streams, viewers and stream keys as well.", Role::Operator),
    ("Full", "Everything that the console can do.", Role::Admin),
];

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for (title, meaning, role) in POLICIES {
        let policy = policy::allowing(&policy::of_role(role));
        page.push_str(&format!("\n## {title}\n\n{meaning} The highest role is `{}`.\n\n```json\n{policy}\n```\n", role.as_str()));
    }
    let carriers: Vec<String> = Operation::ALL
        .iter()
        .filter(|operation| operation.reads() && operation.secret())
        .map(|operation| format!("`ivs:{operation}`"))
        .collect();
    page.push_str(&format!(
        "\n## Secrets\n\nThe replies of {} carry stream keys or SRT passphrases. The console takes them out for everyone but who holds `secret-reader`. Without \
         `ivs:GetStreamKey` and `ivs:BatchGetStreamKey` no stream key can be revealed at all; `tally check` then names the two as missing.\n",
        carriers.join(", ")
    ));
    page
}

#[test]
fn the_page_is_written_from_the_table() {
    super::compare("iam-policies.md", &page());
}

fn actions(role: Role) -> BTreeSet<String> {
    let policy: serde_json::Value = serde_json::from_str(&policy::allowing(&policy::of_role(role))).expect("JSON");
    assert_eq!((&policy["Version"], &policy["Statement"][0]["Effect"]), (&"2012-10-17".into(), &"Allow".into()));
    let actions = policy["Statement"][0]["Action"].as_array().expect("a list");
    actions.iter().map(|action| action.as_str().expect("text").to_owned()).collect()
}

#[test]
fn each_policy_is_as_small_as_its_role_and_as_large_as_it_needs() {
    let [reads, operates, all] = [Role::Viewer, Role::Operator, Role::Admin].map(actions);
    assert!(reads.is_subset(&operates) && operates.is_subset(&all));
    assert_eq!(all.len(), Operation::ALL.len() + 1, "each operation and who one is");
    assert_eq!(reads.len(), Operation::ALL.iter().filter(|operation| operation.reads()).count() + 1);
    assert!([&reads, &operates, &all].iter().all(|actions| actions.contains("sts:GetCallerIdentity")));
    // Named by hand: an operator's new stream key carries the operation tag.
    let beside: Vec<&str> = operates.difference(&reads).map(String::as_str).collect();
    let expected = [
        "ivs:BatchStartViewerSessionRevocation",
        "ivs:CreateStreamKey",
        "ivs:DeleteStreamKey",
        "ivs:InsertAdBreak",
        "ivs:PutMetadata",
        "ivs:StartViewerSessionRevocation",
        "ivs:StopStream",
        "ivs:TagResource",
    ];
    assert_eq!(beside, expected);
}

#[test]
fn what_is_missing_is_pasted_from_the_same_source() {
    let missing = policy::allowing(&policy::actions([Operation::ListStreams, Operation::GetStream]));
    assert!(missing.contains("\"ivs:GetStream\",\n        \"ivs:ListStreams\"") && !missing.contains("TagResource"), "{missing}");
}
