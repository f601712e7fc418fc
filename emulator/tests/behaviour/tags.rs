//! Line 14: tags.

use crate::fixture::{Fixture, code, error};
use std::collections::HashMap;

fn map(pairs: &[(&str, &str)]) -> HashMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn line_14_tags_of_every_character_merge_and_go() {
    let fixture = Fixture::new().await;
    let (arn, _) = fixture.channel().await;
    let odd = map(&[("a b", "1"), ("x+y", "2"), ("ü:/=+-@_.", "ä ö"), ("plain", "")]);
    fixture.ivs.tag_resource().resource_arn(&arn).set_tags(Some(odd.clone())).send().await.expect("tagged");
    fixture.ivs.tag_resource().resource_arn(&arn).tags("plain", "new").tags("more", "m").send().await.expect("merged");
    let tags = async || fixture.ivs.list_tags_for_resource().resource_arn(&arn).send().await.expect("tags").tags;
    let mut expected = odd;
    expected.extend(map(&[("plain", "new"), ("more", "m")]));
    assert_eq!(tags().await, expected);
    let channel = fixture.ivs.get_channel().arn(&arn).send().await.expect("it").channel.expect("it");
    assert_eq!(channel.tags, Some(expected), "they are the channel's");

    let untag = fixture.ivs.untag_resource().resource_arn(&arn);
    untag.tag_keys("a b").tag_keys("x+y").tag_keys("ü:/=+-@_.").tag_keys("absent").send().await.expect("untagged");
    assert_eq!(tags().await, map(&[("plain", "new"), ("more", "m")]));
    let none = fixture.ivs.untag_resource().resource_arn(&arn).set_tag_keys(Some(vec![])).send().await;
    assert_eq!(code(none), error(400, "ValidationException"), "no key at all");
    let ampersand = fixture.ivs.tag_resource().resource_arn(&arn).tags("x&y", "").send().await;
    assert_eq!(code(ampersand), error(400, "ValidationException"), "& is no character of a key");
}

#[tokio::test]
async fn line_14_an_arn_may_hold_its_slash_either_way() {
    let fixture = Fixture::new().await;
    let (arn, _) = fixture.channel().await;
    fixture.ivs.tag_resource().resource_arn(&arn).tags("a", "1").send().await.expect("tagged");
    for path in [
        format!("/tags/{}", arn.replace(':', "%3A").replace('/', "%2F")),
        format!("/tags/{arn}"),
        format!("/tags/{}", arn.replace('/', "%2f")),
    ] {
        assert_eq!(fixture.raw("GET", &path, "").await.json()["tags"]["a"], "1", "{path}");
    }
}

#[tokio::test]
async fn line_14_the_51st_tag_is_refused() {
    let fixture = Fixture::new().await;
    let (arn, _) = fixture.channel().await;
    let fifty: HashMap<String, String> = (0..50).map(|n| (format!("k{n}"), String::new())).collect();
    fixture.ivs.tag_resource().resource_arn(&arn).set_tags(Some(fifty)).send().await.expect("50");
    fixture.ivs.tag_resource().resource_arn(&arn).tags("k0", "again").send().await.expect("one of them again");
    assert_eq!(code(fixture.ivs.tag_resource().resource_arn(&arn).tags("more", "").send().await), error(400, "ValidationException"));
    assert_eq!(code(fixture.ivs.create_channel().tags("aws:mine", "").send().await), error(400, "ValidationException"), "reserved");
}

#[tokio::test]
async fn line_14_everything_that_has_an_arn_has_tags() {
    let fixture = Fixture::new().await;
    let (_, key) = fixture.channel().await;
    let policy = fixture.ivs.create_playback_restriction_policy().tags("a", "1").send().await.expect("made");
    let slate = fixture.ivs.create_failover_slate_configuration().tags("a", "1").send().await.expect("made");
    fixture.ivs.tag_resource().resource_arn(&key).tags("a", "1").send().await.expect("tagged");
    let (policy, slate) = (policy.playback_restriction_policy.expect("it").arn, slate.failover_slate_configuration.expect("it").arn);
    for arn in [key, policy, slate] {
        let tags = fixture.ivs.list_tags_for_resource().resource_arn(&arn).send().await.expect("tags").tags;
        assert_eq!(tags, map(&[("a", "1")]), "{arn}");
    }
}
